"""Wire forms of cases: the office's, and the unit desk's by its own allow-list."""

from typing import Any, Final

from marshmallow import Schema, fields, validate

from anfang.cases.ledger import GROUPINGS, SORTS, STOPPED
from anfang.cases.models import CaseClass, CaseSource, CaseState, StatementKind
from anfang.kit.pages import PageQuery

_STATE = validate.OneOf([state.value for state in CaseState])
_CLASS = validate.OneOf([one.value for one in CaseClass])
_SOURCE = validate.OneOf([one.value for one in CaseSource])
_COLOURS: Final = ("none", "blue", "yellow", "red")
_COLOUR = validate.OneOf(_COLOURS)
_COLOUR_OR_STOPPED = validate.OneOf([*_COLOURS, STOPPED])
_SORT = validate.OneOf([*SORTS, *(f"-{sort}" for sort in SORTS)])
_GROUPING = validate.OneOf(GROUPINGS)
_MOST_AT_ONCE: Final = 500
_TITLE = validate.And(validate.Length(1, 120), validate.Regexp(r"\s*\S"))
_TEXT = validate.And(validate.Length(1, 20_000), validate.Regexp(r"\s*\S"))
_NOTE = validate.Length(max=4000)
_TERM = validate.Range(1, 250)
_DEFENCE_TERM = validate.Range(1, 60)
_ANSWERS: Final = (StatementKind.DEFENCE.value, StatementKind.RECTIFICATION.value)


class CaseNameSchema(Schema):
    """Something mentioned by id and name."""

    id = fields.UUID(required=True)
    name = fields.String(required=True, allow_none=True)


class DeadlineSchema(Schema):
    """How near the deadline is; `provisional`: the official calendar may still move it."""

    colour = fields.String(required=True, validate=_COLOUR)
    code = fields.String(required=True)
    working_days_left = fields.Integer(required=True)
    provisional = fields.Boolean(required=True)


class DeskCaseSummarySchema(Schema):
    """A case in a unit's list; `deadline` is null once the unit's time no longer runs."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    title = fields.String(required=True)
    unit = fields.Nested(CaseNameSchema, required=True)
    case_class = fields.String(required=True, data_key="class", validate=_CLASS)
    state = fields.String(required=True, validate=_STATE)
    opened_on = fields.Date(required=True)
    due_at = fields.AwareDateTime(required=True)
    defence_until = fields.AwareDateTime(required=True)
    defence_stated = fields.Boolean(required=True)
    closed_at = fields.AwareDateTime(required=True, allow_none=True)
    deadline = fields.Nested(DeadlineSchema, required=True, allow_none=True)


class CaseSummarySchema(DeskCaseSummarySchema):
    """A case in a list; what a unit's account does not get is not required."""

    campaign = fields.Nested(CaseNameSchema)
    theme = fields.Nested(CaseNameSchema, allow_none=True)
    owner = fields.Nested(CaseNameSchema)
    source = fields.String(validate=_SOURCE)
    opened_at = fields.AwareDateTime()
    reminded_at = fields.AwareDateTime(allow_none=True)
    defence_over = fields.Boolean()


class DeskPictureSchema(Schema):
    """A picture that was redacted or expressly cleared."""

    sha256 = fields.String(required=True)
    url = fields.String(required=True)


class DeskFindingSchema(Schema):
    """A finding as its unit reads it: what, where, on which day."""

    item_text = fields.String(required=True)
    text = fields.String(required=True)
    veto = fields.Boolean(required=True)
    day = fields.Date(required=True, allow_none=True)
    site = fields.String(required=True, allow_none=True)
    pictures = fields.List(fields.Nested(DeskPictureSchema), required=True)


class DeskStatementSchema(Schema):
    """What was said in the case; a `reply` is the office's."""

    kind = fields.String(required=True)
    text = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    late = fields.Boolean(required=True)
    sha256 = fields.String(required=True)


class DeskCaseSchema(DeskCaseSummarySchema):
    """A case as its unit reads it."""

    summary = fields.String(required=True)
    public_explanation = fields.String(required=True)
    findings = fields.List(fields.Nested(DeskFindingSchema), required=True)
    statements = fields.List(fields.Nested(DeskStatementSchema), required=True)


class CasePictureSchema(Schema):
    """A finding's picture; `url` is null until a reviewer redacted or cleared it."""

    sha256 = fields.String(required=True)
    decision = fields.String(allow_none=True)
    png_sha256 = fields.String(allow_none=True)
    url = fields.String(required=True, allow_none=True)


class CaseFindingSchema(Schema):
    """A finding in a case; a unit's account gets what `DeskFindingSchema` lists."""

    id = fields.UUID()
    record_id = fields.UUID()
    item = fields.String()
    item_text = fields.String(required=True)
    text = fields.String(required=True)
    answer = fields.Raw(allow_none=True)
    remark = fields.String(allow_none=True)
    points = fields.Integer()
    veto = fields.Boolean(required=True)
    day = fields.Date(required=True, allow_none=True)
    state = fields.String()
    unit = fields.Nested(CaseNameSchema, allow_none=True)
    site = fields.Raw(
        required=True,
        metadata={
            "type": ["object", "string", "null"],
            "properties": {"id": {"type": "string"}, "name": {"type": ["string", "null"]}},
            "description": "a unit's account gets the name alone",
        },
    )
    pictures = fields.List(fields.Nested(CasePictureSchema), required=True)


class CaseStatementSchema(DeskStatementSchema):
    """What was said in the case, and by whom."""

    id = fields.UUID()
    by = fields.String(allow_none=True)


class TimelineSchema(Schema):
    """One thing that happened; `text` is what was said, null where nothing was.

    `record_id`: the record that it is about, null where it is about the case itself.
    """

    at = fields.AwareDateTime(required=True)
    action = fields.String(required=True)
    by = fields.String(required=True, allow_none=True)
    text = fields.String(required=True, allow_none=True)
    late = fields.Boolean(required=True)
    record_id = fields.UUID(required=True, allow_none=True)


class CaseSchema(CaseSummarySchema):
    """A case whole; a unit's account gets what `DeskCaseSchema` lists."""

    summary = fields.String(required=True)
    public_explanation = fields.String(required=True)
    responsible = fields.String()
    findings = fields.List(fields.Nested(CaseFindingSchema), required=True)
    statements = fields.List(fields.Nested(CaseStatementSchema), required=True)
    timeline = fields.List(fields.Nested(TimelineSchema))


class NewCaseMembersSchema(Schema):
    """What a case may be opened with; terms are working days counted from its opening."""

    title = fields.String(validate=_TITLE)
    summary = fields.String(validate=_NOTE)
    case_class = fields.String(data_key="class", validate=_CLASS)
    public_explanation = fields.String(validate=_NOTE)
    responsible = fields.String(validate=validate.Length(max=120))
    source = fields.String(validate=_SOURCE)
    theme_id = fields.UUID(allow_none=True)
    working_days = fields.Integer(strict=True, validate=_TERM)
    defence_working_days = fields.Integer(strict=True, validate=_DEFENCE_TERM)


class CaseChangeSchema(NewCaseMembersSchema):
    """What may change about a case; `due_on` names the last day instead of a term."""

    owner_id = fields.UUID()
    due_on = fields.Date()


class NewCaseSchema(NewCaseMembersSchema):
    """A case to open from confirmed findings."""

    finding_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(1, 100))
    unit_id = fields.UUID(required=True)
    title = fields.String(required=True, validate=_TITLE)
    case_class = fields.String(required=True, data_key="class", validate=_CLASS)


class CaseFiltersSchema(Schema):
    """What narrows the ledger; a repeated member means any of its values.

    `unit` takes the units beneath it too; days are the office's, both ends included.
    """

    state = fields.List(fields.String(validate=_STATE))
    case_class = fields.List(fields.String(validate=_CLASS), data_key="class")
    source = fields.List(fields.String(validate=_SOURCE))
    colour = fields.List(fields.String(validate=_COLOUR_OR_STOPPED))
    unit = fields.UUID()
    campaign = fields.UUID()
    theme = fields.UUID()
    owner = fields.UUID()
    overdue = fields.Boolean()
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

    text = fields.String(required=True, validate=_TEXT)


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

    name = fields.String(required=True, validate=validate.And(validate.Length(1, 60), _TITLE))
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


class StatementSchema(Schema):
    """A unit's defence or rectification."""

    kind = fields.String(required=True, validate=validate.OneOf(_ANSWERS))
    text = fields.String(required=True, validate=_TEXT)


class SendBackSchema(Schema):
    """What a rectification lacks; without a term the deadline stays where it is."""

    text = fields.String(required=True, validate=_TEXT)
    working_days = fields.Integer(strict=True, load_default=None, allow_none=True, validate=_TERM)


class ReplySchema(Schema):
    """The office's reply, without which no case closes."""

    reply = fields.String(required=True, validate=_TEXT)


class WaitingFindingSchema(Schema):
    """A confirmed finding that no case takes care of yet."""

    id = fields.UUID(required=True)
    record_id = fields.UUID(required=True)
    campaign_id = fields.UUID(required=True)
    unit = fields.Nested(CaseNameSchema, required=True, allow_none=True)
    item_text = fields.String(required=True)
    text = fields.String(required=True)
    points = fields.Integer(required=True)
    veto = fields.Boolean(required=True)
    day = fields.Date(required=True, allow_none=True)


class WaitingFindingQuerySchema(PageQuery):
    """Filters of the findings without a case; `unit` takes the units beneath it too."""

    campaign = fields.UUID()
    unit = fields.UUID()
