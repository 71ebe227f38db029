"""Wire forms of breaches."""

from marshmallow import Schema, fields, validate

from anfang.breaches.models import BreachState
from anfang.kit.pages import PageQuery

_CODE = validate.Length(1, 40)
_NOTE = validate.Length(1, 2000)


class NewBreachSchema(Schema):
    """That the case's unit breached a rule, and what shows it."""

    rule_set = fields.String(required=True, validate=_CODE)
    rule = fields.String(required=True, validate=_CODE)
    found_on = fields.Date(required=True)
    note = fields.String(required=True, validate=_NOTE)


class BreachUnitSchema(Schema):
    """The unit."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class BreachCaseSchema(Schema):
    """The case."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)


class BreachSchema(NewBreachSchema):
    """A breach as it stands; what follows from it is settled with the decision."""

    id = fields.UUID(required=True)
    case = fields.Nested(BreachCaseSchema, required=True)
    unit = fields.Nested(BreachUnitSchema, required=True)
    text = fields.String(required=True)
    state = fields.String(
        required=True, validate=validate.OneOf([state.value for state in BreachState])
    )
    repeated = fields.Boolean(required=True)
    defiant = fields.Boolean(required=True)
    verdict = fields.String(required=True, allow_none=True)
    at = fields.AwareDateTime(required=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)


class BreachQuerySchema(PageQuery):
    """Filters of the list of breaches."""

    campaign = fields.UUID()
    case = fields.UUID()


class BreachDecisionSchema(Schema):
    """Whether it is established, and why."""

    established = fields.Boolean(required=True)
    reason = fields.String(required=True, validate=_NOTE)


class VerdictsSchema(Schema):
    """The established breaches of a campaign that are a veto."""

    items = fields.List(fields.Nested(BreachSchema), required=True)
