"""Problems of ladders."""

from anfang.kit.errors import Problem


class NoLadders(Problem):
    """The campaign's rulebook has no ladder, step, reward, fact, rule or body of this code."""

    code = "ladder-unknown"
    status = 422


class MeasureWithoutCase(Problem):
    """A sanction rests on cases: on what was found and on what was said to it."""

    code = "measure-without-case"
    status = 422


class CasesOfSeveralUnits(Problem):
    """A measure is against one unit, in one campaign."""

    code = "measure-cases-unlike"
    status = 422


class CaseOutOfReach(Problem):
    """A case that was merged or referred bears no measure; `numbers` name them."""

    code = "measure-case-ended"
    status = 409


class OtherCategory(Problem):
    """The ladder is for units of other categories."""

    code = "ladder-other-category"
    status = 422


class BeforeDefence(Problem):
    """No step before the right of reply; `numbers` are the cases that still wait for it."""

    code = "measure-before-defence"
    status = 409


class StepSkipped(Problem):
    """`next` comes first; to skip it needs a reason, and an approver who agrees to it."""

    code = "ladder-step-skipped"
    status = 409


class StepTaken(Problem):
    """The step was taken for one of the cases, or one waits to be."""

    code = "ladder-step-taken"
    status = 409


class StepNotDue(Problem):
    """The rulebook's conditions are not all met; `missing` names them."""

    code = "ladder-step-not-due"
    status = 409


class ExposureFieldsMissing(Problem):
    """An exposed case tells what the rulebook asks for; `fields` are the titles."""

    code = "exposure-fields-missing"
    status = 409


class OwnMeasure(Problem):
    """Nobody approves what they proposed."""

    code = "own-measure"
    status = 409


class SkipNeedsApproval(Problem):
    """The approver says expressly why steps may be skipped."""

    code = "skip-needs-approval"
    status = 409


class MeasureNotThere(Problem):
    """The measure is not in the state in which this can be done."""

    code = "measure-not-there"
    status = 409


class ReviewTooLate(Problem):
    """A review is asked for within `days` days after the measure came into force."""

    code = "review-too-late"
    status = 409


class ReviewAsked(Problem):
    """A conclusion is reviewed once."""

    code = "review-asked"
    status = 409


class ReviewWaits(Problem):
    """While a review waits for its decision, no further step is taken."""

    code = "review-waits"
    status = 409


class ReviewDecided(Problem):
    """A review is decided once."""

    code = "review-decided"
    status = 409


class ReviewerTookPart(Problem):
    """Whoever proposed, approved or enforced a measure does not review it."""

    code = "reviewer-took-part"
    status = 409


class ReviewHarsher(Problem):
    """A review lightens towards a lower step, never the other way."""

    code = "review-harsher"
    status = 422


class CorrectionMissing(Problem):
    """What was public is put right in public."""

    code = "correction-missing"
    status = 422


class ReferralWaits(Problem):
    """The case is referred, or about to be."""

    code = "referral-waits"
    status = 409


class ReferralDecided(Problem):
    """A referral is decided once."""

    code = "referral-decided"
    status = 409


class UnitRuleWeakens(Problem):
    """A unit's rule is as strict as the campaign's or stricter, on the same ladder."""

    code = "unit-rule-weakens"
    status = 422
