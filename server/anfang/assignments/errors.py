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
