"""Problems of cases."""

from anfang.kit.errors import Problem


class FindingInCase(Problem):
    """A finding belongs to one case; `number` names it."""

    code = "finding-in-case"
    status = 409


class FindingWithdrawn(Problem):
    """A finding that no longer stands opens no case."""

    code = "finding-withdrawn"
    status = 409


class FindingOfOtherUnit(Problem):
    """A case holds findings of its unit and the units beneath it only: the unit reads them."""

    code = "finding-of-other-unit"
    status = 422


class FindingOfOtherCampaign(Problem):
    """The findings of a case come from one campaign."""

    code = "finding-of-other-campaign"
    status = 422


class PublicExplanationMissing(Problem):
    """What is put right step by step needs an explanation to the public."""

    code = "public-explanation-missing"
    status = 422


class DefenceWindowShortened(Problem):
    """The time to state a defence may grow, never shrink."""

    code = "defence-window-shortened"
    status = 409


class CaseClosed(Problem):
    """A closed case takes no statement and no change."""

    code = "case-closed"
    status = 409


class NothingToSendBack(Problem):
    """Only a reported rectification can be found insufficient."""

    code = "nothing-to-send-back"
    status = 409


class UnitNotWaitedFor(Problem):
    """The unit has reported or the case is closed: there is nothing to remind of."""

    code = "unit-not-waited-for"
    status = 409


class RemindedToday(Problem):
    """A unit is reminded once a day."""

    code = "reminded-today"
    status = 409


class OwnerUnsuitable(Problem):
    """A case is followed up by an active reviewer or lead of the office."""

    code = "owner-unsuitable"
    status = 422


class ThemeOfOtherCampaign(Problem):
    """A case belongs to a theme of its own campaign."""

    code = "theme-of-other-campaign"
    status = 422


class DueBeforeOpening(Problem):
    """A deadline lies on a day after the day of the opening."""

    code = "due-before-opening"
    status = 422


class ViewNameTaken(Problem):
    """One person's saved views have different names."""

    code = "view-name-taken"
    status = 409


class ViewNotShareable(Problem):
    """Views are shared within the office; a unit's account keeps its own."""

    code = "view-not-shareable"
    status = 403


class ImportFaulty(Problem):
    """A sheet with faults is imported not at all."""

    code = "import-faulty"
    status = 409


class ImportChanged(Problem):
    """The sheet or a case changed since the preview: look at it again."""

    code = "import-changed"
    status = 409


class ExportTooLarge(Problem):
    """More cases match than one workbook takes; `most` says how many it takes."""

    code = "export-too-large"
    status = 422
