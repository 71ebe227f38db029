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


class RulebookInvalid(Problem):
    """The text is no rulebook by the published schema; `pointers` name line, column and rule."""

    code = "rulebook-invalid"
    status = 422


class RulebookReasonMissing(Problem):
    """A rulebook is frozen while a stage runs: another version needs a reason."""

    code = "rulebook-reason-missing"
    status = 422


class RulebookPassed(Problem):
    """Somebody else loaded a version meanwhile."""

    code = "rulebook-passed"
    status = 409


class RulebookMissing(Problem):
    """The campaign has no rulebook."""

    code = "rulebook-missing"
    status = 409


class RulebookUnknown(Problem):
    """No rulebook of that code comes with the product."""

    code = "rulebook-unknown"
    status = 404


class RulebookOfAnother(Problem):
    """Once a stage has been entered, only versions of the same rulebook can follow."""

    code = "rulebook-of-another"
    status = 409


class StagesEnteredMissing(Problem):
    """A new version must keep the stages that have been entered, in their places."""

    code = "stages-entered-missing"
    status = 409


class StageDaysDisordered(Problem):
    """A stage begins before the one in front of it, ends before it begins, or lies outside."""

    code = "stage-days-disordered"
    status = 422


class ActorUnknown(Problem):
    """The rulebook has no part of this code."""

    code = "actor-unknown"
    status = 422


class ActorOutOfScope(Problem):
    """A unit stands elsewhere than the rulebook says, e.g. not one level below its superior."""

    code = "actor-out-of-scope"
    status = 422


class StageOver(Problem):
    """What belongs to a stage that has been left no longer changes."""

    code = "stage-over"
    status = 409


class NoNextStage(Problem):
    """The campaign is in its last stage, or its rulebook has none."""

    code = "no-next-stage"
    status = 409


class StageTooEarly(Problem):
    """The stage's first day has not come."""

    code = "stage-too-early"
    status = 409


class StageGatesShut(Problem):
    """What the next stage asks for is not there; `pointers` name each gate and what it lacks."""

    code = "stage-gates-shut"
    status = 409


class StageOwnConfirmation(Problem):
    """Who confirmed what a gate asks for does not open the stage as well."""

    code = "stage-own-confirmation"
    status = 409


class PointCountShort(Problem):
    """A key point asks for a number, and fewer were reported."""

    code = "point-count-short"
    status = 422


class TopicThemeUnknown(Problem):
    """A topic belongs to one of the campaign's themes."""

    code = "topic-theme-unknown"
    status = 422


class TopicDecided(Problem):
    """A topic is decided once."""

    code = "topic-decided"
    status = 409


class TopicOwnDecision(Problem):
    """Who entered a topic does not decide it."""

    code = "topic-own-decision"
    status = 409


class TopicReasonMissing(Problem):
    """A topic is dropped only with a reason."""

    code = "topic-reason-missing"
    status = 422


class IndicatorUnknown(Problem):
    """The rulebook has no such indicator of a goal."""

    code = "indicator-unknown"
    status = 422
