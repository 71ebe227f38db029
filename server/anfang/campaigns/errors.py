"""Problems of campaigns."""

from anfang.kit.errors import Problem


class CampaignBasisMissing(Problem):
    """A campaign starts only with its legal basis and its plan on file (DOMAIN.md F2)."""

    code = "campaign-basis-missing"
    status = 409


class CampaignStarted(Problem):
    """What a campaign started with stays: basis, plan, first day, the checklists it uses."""

    code = "campaign-started"
    status = 409


class CampaignNotRunning(Problem):
    """Only a running campaign can be closed."""

    code = "campaign-not-running"
    status = 409


class CampaignClosed(Problem):
    """A closed campaign no longer changes."""

    code = "campaign-closed"
    status = 409


class ChecklistNotPublished(Problem):
    """A campaign uses published checklist versions only."""

    code = "checklist-not-published"
    status = 422


class CampaignDaysReversed(Problem):
    """The last day is before the first."""

    code = "campaign-days-reversed"
    status = 422


class ThemeTwice(Problem):
    """A theme's code, or a unit within one theme, stands twice."""

    code = "theme-twice"
    status = 422


class PlanEmpty(Problem):
    """The file of the plan holds nothing, or none was sent."""

    code = "plan-empty"
    status = 422


class PlanTooLarge(Problem):
    """The file of the plan is larger than allowed."""

    code = "plan-too-large"
    status = 413
