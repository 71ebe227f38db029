"""Wire forms of scoring: schemes, runs, results with their explanations, what follows."""

from marshmallow import Schema, fields, validate

from anfang.kit.pages import PageQuery
from anfang.kit.validation import CODE, some_text
from anfang.scoring.models import ConsequenceState, RunState

_TEXT = some_text(4000)
_OPTIONAL = validate.Length(max=4000)
_STATE = validate.OneOf([one.value for one in RunState])
_FOLLOWS = validate.OneOf([one.value for one in ConsequenceState])


class ScoredUnitSchema(Schema):
    """A unit by id and name."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class ScoreComponentSchema(Schema):
    """A part of a scheme; `weight` in percent."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    weight = fields.Float(required=True)


class ScoreSchemeSchema(Schema):
    """A scheme of the rulebook."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    categories = fields.List(fields.String(), required=True)
    published = fields.Boolean(required=True)
    components = fields.List(fields.Nested(ScoreComponentSchema), required=True)
    deductions = fields.List(fields.String(), required=True)
    vetoes = fields.List(fields.String(), required=True)
    consequences = fields.List(fields.String(), required=True)


class ScoreSchemesSchema(Schema):
    """All schemes of a campaign."""

    items = fields.List(fields.Nested(ScoreSchemeSchema), required=True)


class ScoreSchemeQuerySchema(Schema):
    """Whose schemes."""

    campaign = fields.UUID(required=True)


class ScoreRunQuerySchema(PageQuery):
    """Filters of the runs."""

    campaign = fields.UUID()
    scheme = fields.String(validate=CODE)
    state = fields.String(validate=_STATE)


class NewScoreRunSchema(Schema):
    """A run to compute; days included at both ends. A correction says what and why."""

    campaign_id = fields.UUID(required=True)
    scheme = fields.String(required=True, validate=CODE)
    title = fields.String(required=True, validate=some_text(120))
    since = fields.Date(required=True)
    until = fields.Date(required=True)
    corrects_id = fields.UUID()
    reason = fields.String(validate=_OPTIONAL)


class ScoreRunSchema(Schema):
    """A run; `corrected_by_id` names the published run that took its place."""

    id = fields.UUID(required=True)
    campaign_id = fields.UUID(required=True)
    scheme = fields.String(required=True)
    title = fields.String(required=True)
    since = fields.Date(required=True)
    until = fields.Date(required=True)
    state = fields.String(required=True, validate=_STATE)
    figures_sha256 = fields.String(required=True)
    computed_at = fields.AwareDateTime(required=True)
    computed_by = fields.String(required=True, allow_none=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    decided_by = fields.String(required=True, allow_none=True)
    decision_note = fields.String(required=True)
    published_at = fields.AwareDateTime(required=True, allow_none=True)
    published_by = fields.String(required=True, allow_none=True)
    corrects_id = fields.UUID(required=True, allow_none=True)
    corrected_by_id = fields.UUID(required=True, allow_none=True)
    reason = fields.String(required=True)


class ScoreBandSchema(Schema):
    """A word for a score."""

    code = fields.String(required=True)
    title = fields.String(required=True)


class ScoreResultSchema(Schema):
    """What a unit came to; scores are decimals as text. `why_not`: why it has no rank."""

    unit = fields.Nested(ScoredUnitSchema, required=True)
    category = fields.String(required=True)
    score = fields.String(required=True, allow_none=True)
    rank = fields.Integer(required=True, allow_none=True)
    rank_before = fields.Integer(required=True, allow_none=True)
    ranked_of = fields.Integer(required=True)
    band = fields.Nested(ScoreBandSchema, required=True, allow_none=True)
    why_not = fields.String(required=True)
    vetoes = fields.List(fields.String(), required=True)


class ScoreCaseSchema(Schema):
    """The case in which a unit is heard; `unheard` while its right of reply runs."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    title = fields.String(required=True)
    unheard = fields.Boolean(required=True)


class ScoreConsequenceSchema(Schema):
    """What follows from a place: a step of a ladder that rests on a case, or a reward."""

    id = fields.UUID(required=True)
    run_id = fields.UUID(required=True)
    rule = fields.String(required=True)
    title = fields.String(required=True)
    unit = fields.Nested(ScoredUnitSchema, required=True)
    ladder = fields.String(required=True)
    step = fields.String(required=True)
    reward = fields.String(required=True)
    case = fields.Nested(ScoreCaseSchema, required=True, allow_none=True)
    measure_id = fields.UUID(required=True, allow_none=True)
    state = fields.String(required=True, validate=_FOLLOWS)
    note = fields.String(required=True)


class WholeScoreRunSchema(ScoreRunSchema):
    """A run with its results and what follows; ranks before are those of `before_id`."""

    scheme_title = fields.String(required=True)
    publishable = fields.Boolean(required=True)
    before_id = fields.UUID(required=True, allow_none=True)
    results = fields.List(fields.Nested(ScoreResultSchema), required=True)
    consequences = fields.List(fields.Nested(ScoreConsequenceSchema), required=True)


class ScoreNodeSchema(Schema):
    """A line of an explanation; the points of `children` add up to its own, exactly."""

    kind = fields.String(required=True)
    code = fields.String(required=True)
    title = fields.String(required=True)
    points = fields.String(required=True)
    weight = fields.String(required=True, allow_none=True)
    mark = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True, allow_none=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    object_kind = fields.String(required=True)
    object_id = fields.UUID(required=True, allow_none=True)
    note = fields.String(required=True)
    children = fields.List(fields.Nested(lambda: ScoreNodeSchema()), required=True)


class ScoreTargetSchema(Schema):
    """Where a line leads: `page_id` on the console's page of objects of the kind `page`."""

    object_id = fields.UUID(required=True)
    label = fields.String(required=True)
    page = fields.String(required=True)
    page_id = fields.UUID(required=True)


class ScoreExplanationSchema(Schema):
    """What a score comes from, the units in it, and where its lines lead."""

    explanation = fields.Nested(ScoreNodeSchema, required=True)
    units = fields.List(fields.Nested(ScoredUnitSchema), required=True)
    targets = fields.List(fields.Nested(ScoreTargetSchema), required=True)


class ExplainedScoreSchema(ScoreExplanationSchema, ScoreResultSchema):
    """A result down to the records, rounds and complaints that it comes from."""


class OwnScoreRunSchema(Schema):
    """A published run, as a unit hears of it."""

    id = fields.UUID(required=True)
    title = fields.String(required=True)
    since = fields.Date(required=True)
    until = fields.Date(required=True)


class OwnScoreSchema(ScoreResultSchema):
    """What the unit itself came to; `corrected`: another run has taken this one's place."""

    run = fields.Nested(OwnScoreRunSchema, required=True)
    scheme_title = fields.String(required=True)
    campaign = fields.String(required=True)
    published_at = fields.AwareDateTime(required=True)
    corrected = fields.Boolean(required=True)


class OwnExplainedScoreSchema(ScoreExplanationSchema, OwnScoreSchema):
    """The same with its explanation; a line whose `page` is empty is told, but leads nowhere."""


class ScoreFigureSchema(Schema):
    """A figure as a run keeps it; `scored` is the unit that it counts for, `value` a decimal."""

    scored = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    source = fields.String(required=True)
    group = fields.String(required=True)
    item = fields.String(required=True)
    value = fields.String(required=True)
    count = fields.Integer(required=True)
    object_kind = fields.String(required=True)
    object_id = fields.UUID(required=True)


class ScoreFiguresSchema(Schema):
    """What a run was computed from; `sha256` is over the canonical JSON (RFC 8785) of `items`."""

    sha256 = fields.String(required=True)
    items = fields.List(fields.Nested(ScoreFigureSchema), required=True)


class ScoreDecisionSchema(Schema):
    """A second person's word on a run."""

    approved = fields.Boolean(required=True)
    note = fields.String(required=True, validate=_TEXT)


class ConsequenceProposalSchema(Schema):
    """Why the measure is proposed, and why steps beneath it are left out where they are."""

    reason = fields.String(required=True, validate=_TEXT)
    skip_reason = fields.String(validate=_OPTIONAL)


class ConsequenceDropSchema(Schema):
    """Why nothing follows."""

    note = fields.String(required=True, validate=_TEXT)
