"""Wire forms of supervision."""

from typing import Any, Final

from marshmallow import Schema, fields, post_load, validate

from anfang.kit.pages import PageQuery
from anfang.kit.validation import some_text
from anfang.supervision.importing import Matter, Step
from anfang.supervision.joint import Flow
from anfang.supervision.rules import Colour

_COLOUR: Final = validate.OneOf([one.value for one in Colour])
_FLOW: Final = validate.OneOf([one.value for one in Flow])
_NAME: Final = validate.Length(1, 120)
_OPTIONAL_NAME: Final = validate.Length(max=120)
_LIMIT: Final = validate.Range(0, 1000)
_MOST: Final = 2000


class MatterQuerySchema(PageQuery):
    """What narrows the matters; `unit` takes the units beneath it too."""

    unit = fields.UUID()
    colour = fields.String(validate=_COLOUR)
    finished = fields.Boolean()
    excessive = fields.Boolean()
    flow = fields.String(validate=_FLOW)
    q = fields.String(validate=validate.Length(max=80))


class CardQuerySchema(PageQuery):
    """What narrows the cards."""

    unit = fields.UUID()
    colour = fields.String(validate=_COLOUR)


class SupervisedUnitSchema(Schema):
    """A unit by id and name."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class StuckSchema(Schema):
    """The step that took longest, in working days, and whose it is or was: department, post."""

    step = fields.String(required=True)
    department = fields.String(required=True)
    handler = fields.String(required=True)
    working_days = fields.Integer(required=True)
    open = fields.Boolean(required=True)


class ApprovalMatterSchema(Schema):
    """A matter against its limits; `excessive`: it promises more than the rulebook's share.

    `flow`: the way through several departments (parallel, early, serial), empty where one has it;
    `lead_post` leads them.
    """

    id = fields.UUID(required=True)
    unit = fields.Nested(SupervisedUnitSchema, required=True)
    number = fields.String(required=True)
    item = fields.String(required=True)
    accepted_on = fields.Date(required=True)
    legal_working_days = fields.Integer(required=True)
    promised_working_days = fields.Integer(required=True)
    paused_working_days = fields.Integer(required=True)
    promised_until = fields.Date(required=True)
    legal_until = fields.Date(required=True)
    finished_on = fields.Date(required=True, allow_none=True)
    lead_post = fields.String(required=True)
    flow = fields.String(required=True)
    excessive = fields.Boolean(required=True)
    colour = fields.String(required=True)
    stuck = fields.Nested(StuckSchema, required=True, allow_none=True)


class SupervisionCardSchema(Schema):
    """A card that was dealt."""

    id = fields.UUID(required=True)
    unit = fields.Nested(SupervisedUnitSchema, required=True)
    number = fields.String(required=True)
    item = fields.String(required=True)
    colour = fields.String(required=True, validate=_COLOUR)
    points = fields.Integer(required=True)
    step = fields.String(required=True)
    department = fields.String(required=True)
    handler = fields.String(required=True)
    dealt_at = fields.AwareDateTime(required=True)
    case_id = fields.UUID(required=True, allow_none=True)
    withdrawn_at = fields.AwareDateTime(required=True, allow_none=True)
    withdrawn_reason = fields.String(required=True, allow_none=True)


class CardWithdrawalSchema(Schema):
    """Why a card is withdrawn."""

    reason = fields.String(required=True, validate=some_text(2000))


class BoardRowSchema(Schema):
    """A unit's matters under way by colour, and the points of its standing cards."""

    unit = fields.Nested(SupervisedUnitSchema, required=True)
    matters = fields.Integer(required=True)
    running = fields.Integer(required=True)
    blue = fields.Integer(required=True)
    yellow = fields.Integer(required=True)
    red = fields.Integer(required=True)
    points = fields.Integer(required=True)


class FlowsSchema(Schema):
    """How many matters went side by side, with early involvement, one department after another."""

    parallel = fields.Integer(required=True)
    early = fields.Integer(required=True)
    serial = fields.Integer(required=True)


class BoardSchema(Schema):
    """The board, units by code; `promised_share_percent` is the rulebook's.

    `flows` is null where the rulebook asks nothing of approvals by several departments.
    """

    promised_share_percent = fields.Integer(required=True)
    flows = fields.Nested(FlowsSchema, required=True, allow_none=True)
    units = fields.List(fields.Nested(BoardRowSchema), required=True)


class NewStepSchema(Schema):
    """A step of a matter; `handler` is a post, `department` empty for the accepting window.

    `early`: the department is involved, its examination has not begun.
    """

    name = fields.String(required=True, validate=_NAME)
    department = fields.String(load_default="", validate=_OPTIONAL_NAME)
    early = fields.Boolean(load_default=False)
    handler = fields.String(load_default="", validate=_OPTIONAL_NAME)
    entered_on = fields.Date(required=True)
    left_on = fields.Date(load_default=None, allow_none=True)

    @post_load
    def _step(self, data: dict[str, Any], **_: Any) -> Step:
        left = data["left_on"]
        days = (data["entered_on"].isoformat(), left.isoformat() if left else "")
        return Step(**{**data, "entered_on": days[0], "left_on": days[1]})


class NewMatterSchema(Schema):
    """A matter as an approval system tells it; limits are working days."""

    unit_code = fields.String(required=True, validate=_NAME)
    number = fields.String(required=True, validate=_NAME)
    item = fields.String(required=True, validate=_NAME)
    accepted_on = fields.Date(required=True)
    legal_working_days = fields.Integer(required=True, strict=True, validate=_LIMIT)
    promised_working_days = fields.Integer(required=True, strict=True, validate=_LIMIT)
    paused_working_days = fields.Integer(load_default=0, strict=True, validate=_LIMIT)
    finished_on = fields.Date(load_default=None, allow_none=True)
    lead_post = fields.String(load_default="", validate=_OPTIONAL_NAME)
    steps = fields.List(
        fields.Nested(NewStepSchema), load_default=list, validate=validate.Length(max=100)
    )


class NewMattersSchema(Schema):
    """Matters to take over, whole or not at all."""

    matters = fields.List(
        fields.Nested(NewMatterSchema), required=True, validate=validate.Length(1, _MOST)
    )

    @post_load
    def _matters(self, data: dict[str, Any], **_: Any) -> list[Matter]:
        return [
            Matter(place=place, **{**one, "steps": tuple(one["steps"])})
            for place, one in enumerate(data["matters"])
        ]


class SupervisionFaultSchema(Schema):
    """What is wrong with a row; row 0 is the sheet as a whole."""

    row = fields.Integer(required=True)
    column = fields.String(required=True, allow_none=True)
    code = fields.String(required=True)
    text = fields.String(required=True)


class SupervisionPlanSchema(Schema):
    """What was sent does; with a fault nothing of it is taken."""

    matters = fields.Integer(required=True)
    new = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    excessive = fields.Integer(required=True)
    serial = fields.Integer(required=True)
    faults = fields.List(fields.Nested(SupervisionFaultSchema), required=True)
    digest = fields.String(required=True)
    done = fields.Boolean(required=True)


class SupervisionCaseSchema(Schema):
    """The case that a card opened."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
