"""Problems of registers."""

from anfang.kit.errors import Problem


class RegisterUnknown(Problem):
    """The campaign's rulebook declares no register of this code."""

    code = "register-unknown"
    status = 404


class RowFaulty(Problem):
    """A row's values do not fit their columns; `pointers` name the columns."""

    code = "register-row-faulty"
    status = 422


class RowTwice(Problem):
    """Another row of the register has the same key."""

    code = "register-row-twice"
    status = 409


class RowNotYours(Problem):
    """The caller's role or unit may not file, change or move this row in its state."""

    code = "register-row-not-yours"
    status = 403


class NoSuchWay(Problem):
    """No transition leads from the row's state to the one asked for."""

    code = "register-no-such-way"
    status = 409


class ReasonMissing(Problem):
    """This transition asks for a reason."""

    code = "register-reason-missing"
    status = 422


class SecondPersonNeeded(Problem):
    """Whoever filed the row, changed it last or brought it here may not take it on."""

    code = "register-second-person"
    status = 409


class NeedsUnmet(Problem):
    """The row does not say yet what this transition asks for; `pointers` name the columns."""

    code = "register-needs-unmet"
    status = 409


class CampaignOver(Problem):
    """A closed campaign's registers stay as they are."""

    code = "register-campaign-over"
    status = 409


class NoDrawWeight(Problem):
    """The register declares no column as a weight of draws, or names no site."""

    code = "register-no-draw-weight"
    status = 409


class SheetFaulty(Problem):
    """A sheet with faults is imported not at all."""

    code = "register-sheet-faulty"
    status = 409


class SheetChanged(Problem):
    """The sheet or a row changed since the preview: look at it again."""

    code = "register-sheet-changed"
    status = 409
