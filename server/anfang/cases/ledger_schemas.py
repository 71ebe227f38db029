"""Wire forms of the ledger: filters, groups, bulk verbs, the Excel sheet, saved views."""

from typing import Any, Final

from marshmallow import Schema, fields, validate

from anfang.cases.ledger import GROUPINGS, SORTS, STOPPED
from anfang.cases.schemas import CASE_CLASS, HORIZON, SOURCE, STATE, TEXT, TITLE
from anfang.kit.deadlines import COLOURS
from anfang.kit.pages import PageQuery

_COLOUR_OR_STOPPED = validate.OneOf([*COLOURS, STOPPED])
_SORT = validate.OneOf([*SORTS, *(f"-{sort}" for sort in SORTS)])
_GROUPING = validate.OneOf(GROUPINGS)
_MOST_AT_ONCE: Final = 500


class CaseFiltersSchema(Schema):
    """What narrows the ledger; a repeated member means any of its values.

    `unit` takes the units beneath it too; days are the office's, both ends included.
    """

    state = fields.List(fields.String(validate=STATE))
    case_class = fields.List(fields.String(validate=CASE_CLASS), data_key="class")
    source = fields.List(fields.String(validate=SOURCE))
    colour = fields.List(fields.String(validate=_COLOUR_OR_STOPPED))
    unit = fields.UUID()
    campaign = fields.UUID()
    theme = fields.UUID()
    owner = fields.UUID()
    overdue = fields.Boolean()
    horizon = fields.String(validate=HORIZON)
    key_item = fields.Boolean()
    fast_track = fields.Boolean()
    recurring = fields.Boolean()
    quiet_days = fields.Integer(validate=validate.Range(1, 250))
    due_from = fields.Date()
    due_to = fields.Date()
    opened_from = fields.Date()
    opened_to = fields.Date()
    q = fields.String(validate=validate.Length(max=80))


class CaseQuerySchema(PageQuery, CaseFiltersSchema):
    """Filters and order of the list of cases; a leading `-` turns the order round."""

    sort = fields.String(load_default="due", validate=_SORT)


class CaseGroupQuerySchema(CaseFiltersSchema):
    """What to group the matching cases by."""

    by = fields.String(load_default="colour", validate=_GROUPING)


class CaseGroupSchema(Schema):
    """A group; `key` is what to filter by, `name` is null where the key says it all."""

    key = fields.String(required=True, allow_none=True)
    name = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True)
    overdue = fields.Integer(required=True)


class CaseGroupsSchema(Schema):
    """The groups of the matching cases, the largest first, and how many cases match."""

    by = fields.String(required=True, validate=_GROUPING)
    total = fields.Integer(required=True)
    groups = fields.List(fields.Nested(CaseGroupSchema), required=True)


class CaseOwnerSchema(Schema):
    """Somebody of the office who may follow cases up."""

    id = fields.UUID(required=True)
    name = fields.String(required=True, attribute="display_name")


class CaseOwnersSchema(Schema):
    """Everybody who may follow cases up, by name."""

    items = fields.List(fields.Nested(CaseOwnerSchema), required=True)


class BulkSchema(Schema):
    """The cases that a verb is meant for."""

    case_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(1, _MOST_AT_ONCE))


class BulkAssignmentSchema(BulkSchema):
    """Who of the office is to follow the cases up."""

    owner_id = fields.UUID(required=True)


class BulkReminderSchema(BulkSchema):
    """What the units are to read."""

    text = fields.String(required=True, validate=TEXT)


class BulkRowSchema(Schema):
    """What became of one case: done, or refused with a code and its text."""

    case_id = fields.UUID(required=True)
    number = fields.String(required=True, allow_none=True)
    done = fields.Boolean(required=True)
    code = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)


class BulkOutcomeSchema(Schema):
    """What became of each case, in the order asked."""

    rows = fields.List(fields.Nested(BulkRowSchema), required=True)


class CaseExportQuerySchema(CaseFiltersSchema):
    """Which cases go into the workbook, and in which order."""

    sort = fields.String(load_default="due", validate=_SORT)


class CaseImportChangeSchema(Schema):
    """A cell that differs from the case; `column` is its heading."""

    row = fields.Integer(required=True)
    number = fields.String(required=True)
    column = fields.String(required=True)
    before = fields.String(required=True)
    after = fields.String(required=True)


class CaseImportFaultSchema(Schema):
    """What is wrong with a row of the sheet; row 0 is the sheet as a whole."""

    row = fields.Integer(required=True)
    column = fields.String(required=True, allow_none=True)
    code = fields.String(required=True)
    text = fields.String(required=True)


class CaseImportSchema(Schema):
    """What a sheet changes; with a fault nothing of it can be done."""

    rows = fields.Integer(required=True)
    changes = fields.List(fields.Nested(CaseImportChangeSchema), required=True)
    faults = fields.List(fields.Nested(CaseImportFaultSchema), required=True)
    digest = fields.String(required=True)
    done = fields.Boolean(required=True)


class LedgerSettingsSchema(CaseFiltersSchema):
    """A way to look at the ledger."""

    sort = fields.String(validate=_SORT)
    by = fields.String(validate=_GROUPING, allow_none=True)


class StoredSettings(fields.Nested):
    """Settings that are JSON already: they were dumped when they were stored."""

    def _serialize(  # type: ignore[override]
        self,
        nested_obj: Any,
        attr: Any,  # noqa: ARG002
        obj: Any,  # noqa: ARG002
        **_: Any,
    ) -> Any:
        return nested_obj


class NewLedgerViewSchema(Schema):
    """A way to look at the ledger, to keep under a name."""

    name = fields.String(required=True, validate=validate.And(validate.Length(1, 60), TITLE))
    shared = fields.Boolean(load_default=False)
    settings = fields.Nested(LedgerSettingsSchema, required=True)


class LedgerViewSchema(NewLedgerViewSchema):
    """A saved view; `own`: the reader may change it."""

    id = fields.UUID(required=True)
    settings = StoredSettings(LedgerSettingsSchema, required=True)
    own = fields.Boolean(required=True)
    by = fields.String(required=True, allow_none=True)


class LedgerViewsSchema(Schema):
    """The reader's own views and those shared with them, by name."""

    items = fields.List(fields.Nested(LedgerViewSchema), required=True)
