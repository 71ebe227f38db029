"""Wire forms of topics and goals."""

from marshmallow import Schema, fields, validate

from anfang.campaigns.topic_models import TopicState
from anfang.kit.pages import PageQuery

_CODE = validate.Length(1, 40)
_STATE = validate.OneOf([state.value for state in TopicState])


class NewTopicSchema(Schema):
    """A problem to bring in; `raised_by` is the group or unit that found it."""

    theme = fields.String(required=True, validate=_CODE)
    title = fields.String(required=True, validate=validate.Length(1, 200))
    raised_by = fields.String(required=True, validate=validate.Length(1, 120))
    detail = fields.String(load_default="", validate=validate.Length(max=4000))


class TopicSchema(NewTopicSchema):
    """A topic as it stands."""

    id = fields.UUID(required=True)
    detail = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    state = fields.String(required=True, validate=_STATE)
    reason = fields.String(required=True, allow_none=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)


class TopicQuerySchema(PageQuery):
    """Filters of the list of topics."""

    theme = fields.String(validate=_CODE)
    state = fields.String(validate=_STATE)


class TopicDecisionSchema(Schema):
    """Whether the campaign takes it up; dropping needs a reason."""

    approved = fields.Boolean(required=True)
    reason = fields.String(load_default="", validate=validate.Length(max=1000))


class GoalReadingSchema(Schema):
    """A value on a day, and where it comes from."""

    value = fields.Float(required=True)
    day = fields.Date(required=True)
    source = fields.String(required=True, validate=validate.Length(1, 200))


class NewGoalReadingSchema(GoalReadingSchema):
    """A value of an indicator."""

    goal = fields.String(required=True, validate=_CODE)
    indicator = fields.String(required=True, validate=_CODE)


class GoalIndicatorSchema(Schema):
    """An indicator; `met` is null where nothing was read or no bound is set."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    unit = fields.String(required=True)
    at_least = fields.Float(required=True, allow_none=True)
    at_most = fields.Float(required=True, allow_none=True)
    reading = fields.Nested(GoalReadingSchema, required=True, allow_none=True)
    met = fields.Boolean(required=True, allow_none=True)


class GoalSchema(Schema):
    """A goal with its indicators."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    indicators = fields.List(fields.Nested(GoalIndicatorSchema), required=True)


class GoalsSchema(Schema):
    """All goals of a campaign's rulebook."""

    items = fields.List(fields.Nested(GoalSchema), required=True)
