"""Wire forms of cases: the office's, and the unit desk's by its own allow-list."""

from typing import Final

from marshmallow import Schema, fields, validate

from anfang.cases.models import (
    CaseClass,
    CaseSource,
    CaseState,
    Horizon,
    OutcomeKind,
    StatementKind,
)
from anfang.kit.deadlines import DeadlineSchema
from anfang.kit.pages import PageQuery
from anfang.kit.validation import some_text

STATE = validate.OneOf([state.value for state in CaseState])
CASE_CLASS = validate.OneOf([one.value for one in CaseClass])
SOURCE = validate.OneOf([one.value for one in CaseSource])
HORIZON = validate.OneOf([one.value for one in Horizon])
OUTCOME = validate.OneOf([one.value for one in OutcomeKind])
_SORT_KEY = validate.Range(1, 3)
_WORD = validate.Length(max=40)
TITLE = some_text(120)
TEXT = some_text(20_000)
_NOTE = validate.Length(max=4000)
_TERM = validate.Range(1, 250)
_DEFENCE_TERM = validate.Range(1, 60)
_ANSWERS: Final = (StatementKind.DEFENCE.value, StatementKind.RECTIFICATION.value)


class CaseNameSchema(Schema):
    """Something mentioned by id and name."""

    id = fields.UUID(required=True)
    name = fields.String(required=True, allow_none=True)


class DeskCaseSummarySchema(Schema):
    """A case in a unit's list; `deadline` is null once the unit's time no longer runs."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    title = fields.String(required=True)
    unit = fields.Nested(CaseNameSchema, required=True)
    case_class = fields.String(required=True, data_key="class", validate=CASE_CLASS)
    state = fields.String(required=True, validate=STATE)
    opened_on = fields.Date(required=True)
    due_at = fields.AwareDateTime(required=True)
    defence_until = fields.AwareDateTime(required=True)
    defence_stated = fields.Boolean(required=True)
    horizon = fields.String(required=True, validate=HORIZON)
    closed_at = fields.AwareDateTime(required=True, allow_none=True)
    deadline = fields.Nested(DeadlineSchema, required=True, allow_none=True)


class CaseSummarySchema(DeskCaseSummarySchema):
    """A case in a list; what a unit's account does not get is not required."""

    campaign = fields.Nested(CaseNameSchema)
    theme = fields.Nested(CaseNameSchema, allow_none=True)
    owner = fields.Nested(CaseNameSchema)
    source = fields.String(validate=SOURCE)
    key_item = fields.Boolean()
    fast_track = fields.Boolean()
    recurring = fields.Boolean()
    effort = fields.Integer()
    gravity = fields.Integer()
    opened_at = fields.AwareDateTime()
    moved_at = fields.AwareDateTime()
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


class NewCaseMembersSchema(Schema):
    """What a case may be opened with; terms are working days counted from its opening."""

    title = fields.String(validate=TITLE)
    summary = fields.String(validate=_NOTE)
    case_class = fields.String(data_key="class", validate=CASE_CLASS)
    public_explanation = fields.String(validate=_NOTE)
    responsible = fields.String(validate=validate.Length(max=120))
    source = fields.String(validate=SOURCE)
    theme_id = fields.UUID(allow_none=True)
    horizon = fields.String(validate=HORIZON)
    key_item = fields.Boolean()
    fast_track = fields.Boolean()
    effort = fields.Integer(strict=True, validate=_SORT_KEY)
    gravity = fields.Integer(strict=True, validate=_SORT_KEY)
    raised_by = fields.String(validate=validate.Length(max=400))
    topic = fields.String(validate=_WORD)
    channel = fields.String(validate=_WORD)
    fields_ = fields.Dict(
        keys=fields.String(validate=_WORD),
        values=fields.String(validate=_NOTE),
        data_key="fields",
        attribute="fields",
    )
    working_days = fields.Integer(strict=True, validate=_TERM)
    defence_working_days = fields.Integer(strict=True, validate=_DEFENCE_TERM)


class CaseChangeSchema(NewCaseMembersSchema):
    """What may change about a case; `due_on` names the last day instead of a term."""

    owner_id = fields.UUID()
    due_on = fields.Date()
    outcome = fields.String(validate=OUTCOME)
    outcome_text = fields.String(validate=_NOTE)


class NewCaseSchema(NewCaseMembersSchema):
    """A case to open; without findings it names its campaign, without a unit a theme."""

    finding_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=100))
    unit_id = fields.UUID(load_default=None, allow_none=True)
    campaign_id = fields.UUID()
    title = fields.String(required=True, validate=TITLE)
    case_class = fields.String(required=True, data_key="class", validate=CASE_CLASS)


class StatementSchema(Schema):
    """A unit's defence or rectification."""

    kind = fields.String(required=True, validate=validate.OneOf(_ANSWERS))
    text = fields.String(required=True, validate=TEXT)


class SendBackSchema(Schema):
    """What a rectification lacks; without a term the deadline stays where it is."""

    text = fields.String(required=True, validate=TEXT)
    working_days = fields.Integer(strict=True, load_default=None, allow_none=True, validate=_TERM)


class ReplySchema(Schema):
    """The office's reply, without which no case closes; `raiser_reply` goes to who raised it."""

    reply = fields.String(required=True, validate=TEXT)
    raiser_reply = fields.String(validate=validate.Length(max=20_000))
    outcome = fields.String(allow_none=True, validate=OUTCOME)
    outcome_text = fields.String(validate=_NOTE)


class OwnFindSchema(Schema):
    """What a unit reports of itself."""

    unit_id = fields.UUID(required=True)
    campaign_id = fields.UUID(required=True)
    title = fields.String(required=True, validate=TITLE)
    summary = fields.String(required=True, validate=validate.And(_NOTE, validate.Length(1)))
    topic = fields.String(validate=_WORD)
    horizon = fields.String(validate=HORIZON)
    case_class = fields.String(data_key="class", validate=CASE_CLASS)
    public_explanation = fields.String(validate=_NOTE)


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
