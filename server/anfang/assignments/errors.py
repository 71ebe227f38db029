"""Problems of assignments."""

from anfang.kit.errors import Problem


class AssignmentNotOpen(Problem):
    """Only an open assignment can be cancelled."""

    code = "assignment-not-open"
    status = 409


class AssignmentDaysReversed(Problem):
    """The last day is before the first."""

    code = "assignment-days-reversed"
    status = 422


class AssignmentPlaceMissing(Problem):
    """An assignment names a site or at least a unit, and a site's own unit."""

    code = "assignment-place-missing"
    status = 422


class AssignmentPlaceClosed(Problem):
    """The site or unit is no longer in service."""

    code = "assignment-place-closed"
    status = 409


class ChecklistNotInCampaign(Problem):
    """The campaign does not use this checklist version."""

    code = "checklist-not-in-campaign"
    status = 422


class InspectorInactive(Problem):
    """The inspector no longer makes visits."""

    code = "inspector-inactive"
    status = 409


class DrawStratumTooSmall(Problem):
    """A stratum has fewer objects than are to be drawn from it."""

    code = "draw-stratum-too-small"
    status = 422


class DrawObjectTwice(Problem):
    """Two strata share an object or a code: its chance would not be the one that is stated."""

    code = "draw-object-twice"
    status = 422


class DrawInspectorsTooFew(Problem):
    """For a unit there are not enough inspectors without conflict of interest or rotation."""

    code = "draw-inspectors-too-few"
    status = 422


class DrawReasonMissing(Problem):
    """These objects were drawn for these days; another draw replaces that one, with a reason."""

    code = "draw-reason-missing"
    status = 409


class DrawNotReplaceable(Problem):
    """A draw of another campaign, or one that is replaced or published, is not replaced."""

    code = "draw-not-replaceable"
    status = 409


class DrawMade(Problem):
    """A draw is made once; what it gave is not drawn again."""

    code = "draw-made"
    status = 409


class DrawNotMade(Problem):
    """Nothing has been drawn yet."""

    code = "draw-not-made"
    status = 409


class DrawTooEarly(Problem):
    """The visits could still be picked out: the campaign's delay has not passed since."""

    code = "draw-too-early"
    status = 409


class DrawVisitsOutstanding(Problem):
    """The public half appears after the visits: none is open any more, or their days are over."""

    code = "draw-visits-outstanding"
    status = 409


class ConflictKnown(Problem):
    """The conflict of interest has been declared before."""

    code = "conflict-known"
    status = 409


class VisitKindNotAllowed(Problem):
    """The campaign's rulebook does not allow visits of this mode and kind."""

    code = "visit-kind-not-allowed"
    status = 422


class MandateTwice(Problem):
    """The inspector has, or had, a mandate in this campaign."""

    code = "mandate-twice"
    status = 409


class MandateEnded(Problem):
    """The mandate was ended."""

    code = "mandate-ended"
    status = 409


class OutsideMandate(Problem):
    """An invited supervisor makes visits within the mandate only."""

    code = "outside-mandate"
    status = 409


class VisitThemeUnknown(Problem):
    """The campaign has no theme of this code."""

    code = "visit-theme-unknown"
    status = 422
