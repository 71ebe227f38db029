"""Wire forms of ladders: measures, reviews, referrals, facts, rules."""

from marshmallow import Schema, fields, validate

from anfang.kit.pages import PageQuery
from anfang.kit.validation import some_text
from anfang.ladders.models import MeasureState, Nature, ReferralState, ReviewOutcome

_CODE = validate.Length(1, 40)
_TEXT = some_text(4000)
_OPTIONAL = validate.Length(max=4000)
_TITLE = some_text(120)
_STATE = validate.OneOf([one.value for one in MeasureState])
_NATURE = validate.OneOf([one.value for one in Nature])
_OUTCOME = validate.OneOf([one.value for one in ReviewOutcome])
_REFERRAL_STATE = validate.OneOf([one.value for one in ReferralState])


class LadderNameSchema(Schema):
    """Something mentioned by id and name."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class MeasureCaseSchema(Schema):
    """A case on which a measure rests."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    title = fields.String(required=True)


class MeasureReviewSchema(Schema):
    """A review of a conclusion; `outcome` is null until it is decided, by `decide_by`."""

    id = fields.UUID(required=True)
    text = fields.String(required=True)
    asked_at = fields.AwareDateTime(required=True)
    decide_by = fields.AwareDateTime(required=True)
    outcome = fields.String(required=True, allow_none=True, validate=_OUTCOME)
    answer = fields.String(required=True)
    correction = fields.String(required=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    decided_by = fields.String(required=True, allow_none=True)


class DeskMeasureSchema(Schema):
    """A measure as its unit reads it; until `review_until` it may ask for a review."""

    id = fields.UUID(required=True)
    nature = fields.String(required=True, validate=_NATURE)
    ladder = fields.String(required=True)
    step = fields.String(required=True)
    step_kind = fields.String(required=True)
    title = fields.String(required=True)
    position = fields.Integer(required=True, allow_none=True)
    state = fields.String(required=True, validate=_STATE)
    reason = fields.String(required=True)
    unit = fields.Nested(LadderNameSchema, required=True)
    cases = fields.List(fields.Nested(MeasureCaseSchema), required=True)
    in_force_at = fields.AwareDateTime(required=True, allow_none=True)
    due_at = fields.AwareDateTime(required=True, allow_none=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    ending = fields.String(required=True)
    review_until = fields.AwareDateTime(required=True, allow_none=True)
    review = fields.Nested(MeasureReviewSchema, required=True, allow_none=True)


class MeasureSchema(DeskMeasureSchema):
    """A measure; a unit's account gets what `DeskMeasureSchema` lists."""

    campaign_id = fields.UUID()
    facts = fields.Dict(keys=fields.String())
    skips = fields.Boolean()
    skip_reason = fields.String()
    skip_approval = fields.String()
    decision_note = fields.String()
    proposed_at = fields.AwareDateTime()
    proposed_by = fields.String(allow_none=True)
    decided_at = fields.AwareDateTime(allow_none=True)
    decided_by = fields.String(allow_none=True)


class MeasureQuerySchema(PageQuery):
    """Filters of the measures."""

    state = fields.String(validate=_STATE)
    nature = fields.String(validate=_NATURE)
    campaign = fields.UUID()
    unit = fields.UUID()
    case = fields.UUID()


class NewMeasureSchema(Schema):
    """A step to propose against the unit of some cases; skipping steps needs its reason."""

    case_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=50))
    ladder = fields.String(required=True, validate=_CODE)
    step = fields.String(required=True, validate=_CODE)
    reason = fields.String(required=True, validate=_TEXT)
    skip_reason = fields.String(validate=_OPTIONAL)


class NewRewardSchema(Schema):
    """A reward to propose for a unit."""

    campaign_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    reward = fields.String(required=True, validate=_CODE)
    reason = fields.String(required=True, validate=_TEXT)


class MeasureDecisionSchema(Schema):
    """A second person's word; `skip_approval` where the measure skips steps."""

    approved = fields.Boolean(required=True)
    note = fields.String(required=True, validate=_TEXT)
    skip_approval = fields.String(validate=_OPTIONAL)


class MeasureTextSchema(Schema):
    """What was done, or why it is taken back, or why it should be looked at again."""

    text = fields.String(required=True, validate=_TEXT)


class MeasureReviewDecisionSchema(Schema):
    """What a review comes to; `lightened_to` names the lower step that is left."""

    outcome = fields.String(required=True, validate=_OUTCOME)
    answer = fields.String(required=True, validate=_TEXT)
    lightened_to = fields.String(validate=_CODE)
    correction = fields.String(validate=_OPTIONAL)


class LadderStepSchema(Schema):
    """A step of a ladder; all of `when` must hold."""

    code = fields.String(required=True)
    kind = fields.String(required=True)
    title = fields.String(required=True)
    position = fields.Integer(required=True)
    working_days = fields.Integer(required=True, allow_none=True)
    when = fields.List(fields.String(), required=True)


class OfferedStepSchema(LadderStepSchema):
    """A step for some cases: taken already, the next one, and what its conditions still lack."""

    taken = fields.Boolean(required=True)
    next = fields.Boolean(required=True)
    missing = fields.List(fields.String(), required=True)


class OfferedLadderSchema(Schema):
    """A ladder for some cases; while `waiting`, a step of it waits to be decided or enforced."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    waiting = fields.Boolean(required=True)
    steps = fields.List(fields.Nested(OfferedStepSchema), required=True)


class OfferSchema(Schema):
    """What may be proposed against the unit of some cases; none while one of them is unheard."""

    unit = fields.Nested(LadderNameSchema, required=True)
    unheard = fields.List(fields.String(), required=True)
    facts = fields.Dict(keys=fields.String(), required=True)
    ladders = fields.List(fields.Nested(OfferedLadderSchema), required=True)


class OfferQuerySchema(Schema):
    """The cases that a step would rest on."""

    case = fields.List(fields.UUID(), required=True, validate=validate.Length(1, 50))


class LadderSchema(Schema):
    """A ladder of the rulebook."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    categories = fields.List(fields.String(), required=True)
    steps = fields.List(fields.Nested(LadderStepSchema), required=True)


class LadderWordSchema(Schema):
    """A word of the rulebook."""

    code = fields.String(required=True)
    title = fields.String(required=True)


class AccountabilitySchema(Schema):
    """A rule of accountability; `own` is a unit's, stricter than the campaign's or beside it."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    ladder = fields.String(required=True)
    step = fields.String(required=True)
    own = fields.Boolean(required=True)


class LadderRulesSchema(Schema):
    """What a campaign's rulebook says about ladders."""

    ladders = fields.List(fields.Nested(LadderSchema), required=True)
    rewards = fields.List(fields.Nested(LadderStepSchema), required=True)
    facts = fields.List(fields.Nested(LadderWordSchema), required=True)
    bodies = fields.List(fields.Nested(LadderWordSchema), required=True)
    accountability = fields.List(fields.Nested(AccountabilitySchema), required=True)


class LadderRulesQuerySchema(Schema):
    """Whose rules: the campaign's, with a unit that unit's own too."""

    campaign = fields.UUID(required=True)
    unit = fields.UUID(load_default=None)


class NewUnitRuleSchema(Schema):
    """A unit's rule; with `rule` a stricter form of the campaign's."""

    campaign_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    title = fields.String(required=True, validate=_TITLE)
    ladder = fields.String(required=True, validate=_CODE)
    step = fields.String(required=True, validate=_CODE)
    rule = fields.String(validate=validate.Length(max=40))


class NewFactSchema(Schema):
    """A fact about a unit to attest, with what it rests on."""

    campaign_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    code = fields.String(required=True, validate=_CODE)
    basis = fields.String(required=True, validate=_TEXT)


class AttestedFactSchema(Schema):
    """An attested fact."""

    id = fields.UUID(required=True)
    unit = fields.Nested(LadderNameSchema, required=True)
    code = fields.String(required=True)
    basis = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True, allow_none=True)


class FactQuerySchema(PageQuery):
    """Whose facts."""

    campaign = fields.UUID(required=True)
    unit = fields.UUID(load_default=None)


class NewReferralSchema(Schema):
    """A case to refer to a competent body of the rulebook."""

    case_id = fields.UUID(required=True)
    body = fields.String(required=True, validate=_CODE)
    basis = fields.String(required=True, validate=_TEXT)


class ReferralDecisionSchema(Schema):
    """A second person's word on a referral."""

    approved = fields.Boolean(required=True)
    note = fields.String(required=True, validate=_TEXT)


class ReferralSchema(Schema):
    """A referral."""

    id = fields.UUID(required=True)
    case = fields.Nested(MeasureCaseSchema, required=True)
    unit = fields.Nested(LadderNameSchema, required=True)
    body = fields.String(required=True)
    basis = fields.String(required=True)
    state = fields.String(required=True, validate=_REFERRAL_STATE)
    proposed_at = fields.AwareDateTime(required=True)
    proposed_by = fields.String(required=True, allow_none=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    decided_by = fields.String(required=True, allow_none=True)
    decision_note = fields.String(required=True)


class ReferralQuerySchema(PageQuery):
    """Filters of the referrals."""

    state = fields.String(validate=_REFERRAL_STATE)
