"""Wire forms of registers."""

from typing import Any

from marshmallow import Schema, fields, validate

from anfang.kit.pages import PageQuery
from anfang.registers.rules import ColumnType

_CODE = validate.Length(1, 40)
_REASON = validate.Length(max=2000)


class ValuesField(fields.Dict):
    """A row's values by column: text, number, day, true or false, or the id of a unit or site."""

    def __init__(self, **options: Any) -> None:
        super().__init__(keys=fields.String(), values=fields.Raw(allow_none=True), **options)


class RegisterQuerySchema(Schema):
    """Which campaign's registers."""

    campaign = fields.UUID(required=True)


class RegisterColumnSchema(Schema):
    """A column; `choices` are those that may be entered."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    type = fields.String(required=True, validate=validate.OneOf([one.value for one in ColumnType]))
    note = fields.String(required=True)
    required = fields.Boolean(required=True)
    public = fields.Boolean(required=True)
    choices = fields.List(fields.String(), required=True)
    at_least = fields.Float(required=True, allow_none=True)
    at_most = fields.Float(required=True, allow_none=True)
    unit = fields.String(required=True)


class RegisterStateSchema(Schema):
    """A state and how many rows are in it."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    count = fields.Integer(required=True)


class RegisterQuotaSchema(Schema):
    """A quota beside what is there."""

    title = fields.String(required=True)
    found = fields.Float(required=True)
    exactly = fields.Integer(required=True, allow_none=True)
    at_least = fields.Integer(required=True, allow_none=True)
    at_most = fields.Integer(required=True, allow_none=True)
    met = fields.Boolean(required=True)


class RegisterSchema(Schema):
    """A register: what it holds, how far it is.

    `percent` is that of the rows that are done among those that count; `reached` is null where no
    share is asked for, or for a unit's account.
    """

    campaign_id = fields.UUID(required=True)
    code = fields.String(required=True)
    title = fields.String(required=True)
    note = fields.String(required=True)
    public = fields.Boolean(required=True)
    may_file = fields.Boolean(required=True)
    draw_weight = fields.Boolean(required=True)
    columns = fields.List(fields.Nested(RegisterColumnSchema), required=True)
    states = fields.List(fields.Nested(RegisterStateSchema), required=True)
    rows = fields.Integer(required=True)
    done = fields.Integer(required=True)
    percent = fields.Integer(required=True)
    at_least_percent = fields.Integer(required=True, allow_none=True)
    complete_by = fields.Date(required=True, allow_none=True)
    reached = fields.Boolean(required=True, allow_none=True)
    overdue = fields.Integer(required=True)
    quotas = fields.List(fields.Nested(RegisterQuotaSchema), required=True)


class RegistersSchema(Schema):
    """A campaign's registers that the caller sees."""

    items = fields.List(fields.Nested(RegisterSchema), required=True)


class RegisterRowQuerySchema(PageQuery):
    """What narrows a register's rows; `unit` takes the units beneath it too."""

    unit = fields.UUID()
    state = fields.String(validate=_CODE)
    overdue = fields.Boolean()
    q = fields.String(validate=validate.Length(max=80))


class NewRegisterRowSchema(Schema):
    """A row to file for a unit."""

    unit_id = fields.UUID(required=True)
    values = ValuesField(required=True)


class RegisterRowChangeSchema(Schema):
    """All values of a row anew; what is left out becomes empty."""

    values = ValuesField(required=True)


class RegisterMoveSchema(Schema):
    """Where to take a row, and why."""

    to = fields.String(required=True, validate=_CODE)
    reason = fields.String(load_default="", validate=_REASON)


class RegisterUnitSchema(Schema):
    """A unit by id and name."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class RegisterRowStateSchema(Schema):
    """The state of a row; `outcome` is `done`, `void` or empty."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    outcome = fields.String(required=True)


class RegisterWaySchema(Schema):
    """Where the caller may take a row; `missing` are the columns that it must fill first."""

    to = fields.String(required=True)
    title = fields.String(required=True)
    reason = fields.Boolean(required=True)
    second_person = fields.Boolean(required=True)
    missing = fields.List(fields.String(), required=True)


class RegisterRowSchema(Schema):
    """A row; `names` are those of the units and sites that its values mention."""

    id = fields.UUID(required=True)
    campaign_id = fields.UUID(required=True)
    register = fields.String(required=True)
    unit = fields.Nested(RegisterUnitSchema, required=True)
    values = ValuesField(required=True)
    names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    state = fields.Nested(RegisterRowStateSchema, required=True)
    due_at = fields.AwareDateTime(required=True, allow_none=True)
    overdue = fields.Boolean(required=True)
    may_change = fields.Boolean(required=True)
    ways = fields.List(fields.Nested(RegisterWaySchema), required=True)
    revision = fields.Integer(required=True)


class RegisterValueSchema(Schema):
    """A value in words, with its column's heading."""

    title = fields.String(required=True)
    value = fields.String(required=True)


class RegisterVersionSchema(Schema):
    """What a row said once; `by` is null for a unit's account."""

    number = fields.Integer(required=True)
    state = fields.String(required=True)
    values = fields.List(fields.Nested(RegisterValueSchema), required=True)
    reason = fields.String(required=True)
    by = fields.String(required=True, allow_none=True)
    at = fields.AwareDateTime(required=True)


class RegisterHistorySchema(RegisterRowSchema):
    """A row with all it has said."""

    versions = fields.List(fields.Nested(RegisterVersionSchema), required=True)


class RegisterWeightSchema(Schema):
    """An object's weight, in the form in which a draw takes it."""

    object_id = fields.UUID(required=True)
    weight = fields.Integer(required=True)


class RegisterWeightsSchema(Schema):
    """The weights of a register's sites or units."""

    items = fields.List(fields.Nested(RegisterWeightSchema), required=True)


class RegisterSheetChangeSchema(Schema):
    """A cell that differs; of a row that is new, one that is filled."""

    row = fields.Integer(required=True)
    column = fields.String(required=True)
    before = fields.String(required=True)
    after = fields.String(required=True)
    filed = fields.Boolean(required=True)


class RegisterSheetFaultSchema(Schema):
    """What is wrong with a row of the sheet; row 0 is the sheet as a whole."""

    row = fields.Integer(required=True)
    column = fields.String(required=True, allow_none=True)
    code = fields.String(required=True)
    text = fields.String(required=True)


class RegisterSheetSchema(Schema):
    """What a sheet does; with a fault nothing of it can be done."""

    register = fields.String(required=True)
    rows = fields.Integer(required=True)
    changes = fields.List(fields.Nested(RegisterSheetChangeSchema), required=True)
    faults = fields.List(fields.Nested(RegisterSheetFaultSchema), required=True)
    digest = fields.String(required=True)
    done = fields.Boolean(required=True)
