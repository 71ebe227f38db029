"""Problems of sealed appraisals."""

from anfang.kit.errors import Problem


class AppraisalUnknown(Problem):
    """The campaign's rulebook declares no sealed appraisal of this code."""

    code = "ballot-appraisal-unknown"
    status = 404


class NobodyToJudge(Problem):
    """No unit plays a part that the appraisal judges."""

    code = "ballot-nobody-to-judge"
    status = 409


class CampaignNotRunning(Problem):
    """A box is set up for a campaign that runs."""

    code = "ballot-campaign-not-running"
    status = 409


class WrongStage(Problem):
    """The box is at another stage: what was asked for comes before or after."""

    code = "ballot-box-stage"
    status = 409


class WitnessesNeeded(Problem):
    """It takes `count` different witnesses of the office, none of whom set the box up."""

    code = "ballot-witnesses-needed"
    status = 422


class GroupUnknown(Problem):
    """The appraisal has no such group of raters."""

    code = "ballot-group-unknown"
    status = 422


class NotTheDay(Problem):
    """Ballots are cast on the day of the meeting alone."""

    code = "ballot-not-the-day"
    status = 409


class SlipUnknown(Problem):
    """No slip of the office has this code, or this number."""

    code = "ballot-slip-unknown"
    status = 404


class SlipSpent(Problem):
    """The slip's ballot is in the box: it counts once."""

    code = "ballot-slip-spent"
    status = 409


class SlipSpoilt(Problem):
    """The slip was declared spoilt."""

    code = "ballot-slip-spoilt"
    status = 409


class PaperIncomplete(Problem):
    """Marks are missing or are none of the scale's; `pointers` name the fields."""

    code = "ballot-paper-incomplete"
    status = 422


class BoxClosed(Problem):
    """The box was sealed: nothing is added any more."""

    code = "ballot-box-closed"
    status = 409


class StoreForged(Problem):
    """A row that the office did not write, or wrote otherwise: see the threat model."""

    code = "ballot-store-forged"
    status = 409


class DoesNotAddUp(Problem):
    """The box holds another number of ballots than slips were used."""

    code = "ballot-does-not-add-up"
    status = 409


class BoxTampered(Problem):
    """Ballots are not those that were sealed; `pointers` name them. Nothing was opened."""

    code = "ballot-box-tampered"
    status = 409
    keeps_changes = True


class NotOpened(Problem):
    """There is no tally before the box was opened."""

    code = "ballot-not-opened"
    status = 409
