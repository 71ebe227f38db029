"""Wire forms of complaints: the office's, and the unit desk's by its own allow-list."""

from enum import StrEnum

from marshmallow import Schema, fields, validate

from anfang.cases.models import CaseClass
from anfang.complaints.words import Channel, Extension, Kind, State, Step, Verdict
from anfang.kit.deadlines import DeadlineSchema
from anfang.kit.pages import PageQuery
from anfang.kit.validation import some_text


def _one_of(words: type[StrEnum]) -> validate.OneOf:
    return validate.OneOf([one.value for one in words])


MOST_WORDS = 8000
_WORDS = some_text(MOST_WORDS)
_REASON = some_text(2000)
_NOTE = validate.Length(max=2000)
_LINE = validate.Length(max=200)
_CODE = validate.Length(max=40)


class ComplaintNameSchema(Schema):
    """Something mentioned by id and name."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class InformantSchema(Schema):
    """Who complains, on its way into the box: never answered by any address of complaints."""

    name = fields.String(load_default="", validate=validate.Length(max=60))
    phone = fields.String(load_default="", validate=validate.Length(max=40))
    address = fields.String(load_default="", validate=_LINE)


class NewComplaintSchema(Schema):
    """A complaint as the office's desk takes it down."""

    campaign_id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=_one_of(Kind))
    channel = fields.String(
        required=True,
        validate=validate.OneOf([one.value for one in Channel if one is not Channel.PAGE]),
    )
    text = fields.String(required=True, validate=_WORDS)
    topic = fields.String(load_default="", validate=_CODE)
    about = fields.String(load_default="", validate=_LINE)
    happened = fields.String(load_default="", validate=_LINE)
    informant = fields.Nested(InformantSchema, load_default=dict)
    unit_id = fields.UUID(load_default=None, allow_none=True)


class ComplaintReceiptSchema(Schema):
    """The number, and the receipt code, which is told this once; read it out twice."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    receipt_code = fields.String(required=True)


class ComplaintQuerySchema(PageQuery):
    """What narrows the list; `unit` takes the units beneath it too."""

    campaign = fields.UUID()
    state = fields.List(fields.String(validate=_one_of(State)))
    channel = fields.String(validate=_one_of(Channel))
    kind = fields.String(validate=_one_of(Kind))
    verdict = fields.String(validate=_one_of(Verdict))
    unit = fields.UUID()
    overdue = fields.Boolean()
    extension = fields.String(validate=_one_of(Extension))
    q = fields.String(validate=validate.Length(1, 80))


class ComplaintSummarySchema(Schema):
    """A complaint in the office's list; `deadline` is null once it has ended."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    campaign_id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=_one_of(Kind))
    channel = fields.String(required=True, validate=_one_of(Channel))
    topic = fields.String(required=True)
    topic_title = fields.String(required=True)
    excerpt = fields.String(required=True)
    named = fields.Boolean(required=True)
    unit = fields.Nested(ComplaintNameSchema, required=True, allow_none=True)
    state = fields.String(required=True, validate=_one_of(State))
    received_at = fields.AwareDateTime(required=True)
    due_step = fields.String(required=True, validate=_one_of(Step))
    due_at = fields.AwareDateTime(required=True, allow_none=True)
    deadline = fields.Nested(DeadlineSchema, required=True, allow_none=True)
    finish_due_at = fields.AwareDateTime(required=True)
    extension = fields.String(required=True, validate=_one_of(Extension))
    verdict = fields.String(required=True, allow_none=True)
    satisfaction = fields.String(required=True, allow_none=True)
    merged = fields.Integer(required=True)


class ComplaintEntrySchema(Schema):
    """What happened; `by` is null where the complainant wrote it, or at a unit's desk."""

    kind = fields.String(required=True)
    text = fields.String(required=True)
    unit = fields.String(required=True, allow_none=True)
    by = fields.String(required=True, allow_none=True)
    at = fields.AwareDateTime(required=True)
    number = fields.String(required=True)


class ComplaintMentionSchema(Schema):
    """Another complaint, by its number."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)


class ComplaintSchema(ComplaintSummarySchema):
    """A complaint whole, but for who brought it."""

    about = fields.String(required=True)
    happened = fields.String(required=True)
    text = fields.String(required=True)
    text_for_unit = fields.String(required=True)
    hints = fields.List(fields.String(), required=True)
    verdict_reason = fields.String(required=True)
    case_id = fields.UUID(required=True, allow_none=True)
    informant_erased_at = fields.AwareDateTime(required=True, allow_none=True)
    words_erased_at = fields.AwareDateTime(required=True, allow_none=True)
    merged_into = fields.Nested(ComplaintMentionSchema, required=True, allow_none=True)
    members = fields.List(fields.Nested(ComplaintMentionSchema), required=True)
    entries = fields.List(fields.Nested(ComplaintEntrySchema), required=True)
    bounced_by = fields.List(fields.String(), required=True)


class ComplaintReasonSchema(Schema):
    """Why; it says something."""

    reason = fields.String(required=True, validate=_REASON)


class ComplaintWordsSchema(Schema):
    """What is said; it says something."""

    text = fields.String(required=True, validate=_WORDS)


class TextForUnitSchema(ComplaintWordsSchema):
    """What the unit may read, and how the complaint is sorted."""

    topic = fields.String(validate=_CODE)
    site_id = fields.UUID()


class ComplaintTransferSchema(Schema):
    """To which unit, and what is asked of it."""

    unit_id = fields.UUID(required=True)
    note = fields.String(load_default="", validate=_NOTE)


class ComplaintMergeSchema(ComplaintReasonSchema):
    """Which complaints are taken over."""

    complaint_ids = fields.List(
        fields.UUID(), required=True, validate=validate.Length(min=1, max=100)
    )


class ComplaintVerdictSchema(ComplaintReasonSchema):
    """What the look at it showed; `unit_id` where no unit was given the complaint."""

    verdict = fields.String(required=True, validate=_one_of(Verdict))
    unit_id = fields.UUID()


class ComplaintExtensionSchema(Schema):
    """Whether a unit gets its longer term, and why; whoever complained reads why it does."""

    granted = fields.Boolean(required=True)
    text = fields.String(required=True, validate=_REASON)


class ComplaintCaseSchema(Schema):
    """The case to open."""

    title = fields.String(required=True, validate=some_text(120))
    case_class = fields.String(
        load_default=CaseClass.BY_DATE.value,
        data_key="class",
        validate=validate.OneOf([CaseClass.AT_ONCE.value, CaseClass.BY_DATE.value]),
    )
    unit_id = fields.UUID()


class ComplaintRulesQuerySchema(Schema):
    """Of which campaign."""

    campaign = fields.UUID(required=True)


class ComplaintWordSchema(Schema):
    """A word of the rulebook; a title that is empty is the catalogue's."""

    code = fields.String(required=True)
    title = fields.String(required=True)


class ComplaintLongerTermSchema(Schema):
    """A term, and who says so; one of the two is set."""

    days = fields.Integer(required=True, allow_none=True)
    working_days = fields.Integer(required=True, allow_none=True)
    source = fields.String(required=True)


class ComplaintTermSchema(ComplaintLongerTermSchema):
    """How long a step may take."""

    step = fields.String(required=True, validate=_one_of(Step))


class ComplaintRulesSchema(Schema):
    """What a campaign's rulebook says of complaints, defaults included."""

    channels = fields.List(fields.Nested(ComplaintWordSchema), required=True)
    topics = fields.List(fields.Nested(ComplaintWordSchema), required=True)
    terms = fields.List(fields.Nested(ComplaintTermSchema), required=True)
    extension = fields.Nested(ComplaintLongerTermSchema, required=True)


class DeskComplaintSummarySchema(Schema):
    """A complaint in a unit's list: neither channel nor time of day nor whether it is named."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    kind = fields.String(required=True, validate=_one_of(Kind))
    topic_title = fields.String(required=True)
    excerpt = fields.String(required=True)
    unit = fields.Nested(ComplaintNameSchema, required=True)
    state = fields.String(required=True, validate=_one_of(State))
    due_step = fields.String(required=True, validate=_one_of(Step))
    due_at = fields.AwareDateTime(required=True, allow_none=True)
    deadline = fields.Nested(DeadlineSchema, required=True, allow_none=True)


class DeskComplaintSchema(DeskComplaintSummarySchema):
    """What a unit may read of a complaint that it was given."""

    text = fields.String(required=True)
    entries = fields.List(fields.Nested(ComplaintEntrySchema), required=True)
    may_bounce = fields.Boolean(required=True)
    may_extend = fields.Boolean(required=True)
    extension = fields.String(required=True, validate=_one_of(Extension))


class DeskComplaintQuerySchema(PageQuery):
    """The unit's list has no filters."""
