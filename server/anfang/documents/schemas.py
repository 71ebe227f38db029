"""Wire forms of documents."""

from typing import Any, Final

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from anfang.documents.content import Layout, NoticeKind
from anfang.documents.content_schemas import LINE, MOST, NAME, TEXT, ContentSchema, LetterheadSchema
from anfang.documents.kinds import RULES, Audience
from anfang.documents.models import NoticeState
from anfang.kit.pages import PageQuery

_COMPOSED = validate.OneOf([kind.value for kind in RULES])
_AUDIENCE = validate.OneOf([audience.value for audience in Audience])
_KIND = validate.OneOf([kind.value for kind in NoticeKind])
_STATE = validate.OneOf([state.value for state in NoticeState])
_LAYOUT = validate.OneOf([layout.value for layout in Layout])
_SHA256 = validate.Regexp(r"[0-9a-f]{64}$")


_REQUIRED: Final = {
    NoticeKind.EXPOSURE.value: ("theme", "coverage"),
    NoticeKind.RECTIFICATION.value: ("subject", "basis", "demands"),
    NoticeKind.SUPERVISION.value: ("subject", "matter"),
    NoticeKind.BULLETIN.value: ("theme",),
    NoticeKind.REPLY.value: ("subject", "outcome"),
}
_REPLY_READERS: Final = (Audience.UNIT.value, Audience.RAISER.value)


class NewNoticeSchema(Schema):
    """A document to draft from cases; each kind asks for its own members.

    `exposure`: theme, coverage, view, report_by. `rectification`: subject, basis, demands,
    report_by. `supervision`: subject, matter, history, supporting, report_by. `bulletin`: theme,
    view (its lead), achievements. `reply`: subject, raised_on, outcome, audience (the unit, or who
    raised the matter). `fields` are those that the template asks for itself.
    """

    kind = fields.String(load_default=NoticeKind.EXPOSURE.value, validate=_COMPOSED)
    case_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(1, 200))
    theme = fields.String(validate=NAME)
    coverage = fields.String(validate=LINE)
    view = fields.String(load_default="", validate=validate.Length(max=400))
    report_by = fields.Date(load_default=None, allow_none=True)
    subject = fields.String(validate=NAME)
    basis = fields.String(validate=LINE)
    demands = fields.List(fields.String(validate=LINE), validate=validate.Length(1, 50))
    matter = fields.String(validate=LINE)
    history = fields.String(validate=TEXT)
    supporting = fields.List(fields.String(validate=NAME), validate=MOST)
    achievements = fields.List(fields.String(validate=LINE), validate=validate.Length(max=50))
    outcome = fields.String(validate=validate.And(TEXT, validate.Regexp(r"\s*\S")))
    raised_on = fields.Date(allow_none=True)
    audience = fields.String(validate=validate.OneOf(_REPLY_READERS))
    fields_ = fields.Dict(
        keys=fields.String(), values=fields.String(validate=TEXT), data_key="fields"
    )
    letterhead = fields.Nested(LetterheadSchema, load_default=None, allow_none=True)

    @validates_schema
    def _kind_has_its_members(self, data: dict[str, Any], **_: Any) -> None:
        missing = [name for name in _REQUIRED[data["kind"]] if not data.get(name)]
        if missing:
            raise ValidationError({name: ["missing-for-kind"] for name in missing})
        if "audience" in data and data["kind"] != NoticeKind.REPLY.value:
            raise ValidationError("fixed-by-kind", "audience")


class ChosenPictureSchema(Schema):
    """A picture that the notice shows: a finding's, by the hash of its original."""

    finding_id = fields.UUID(required=True)
    sha256 = fields.String(required=True, validate=_SHA256)
    caption = fields.String(required=True, validate=LINE)


class NoticeChangeSchema(Schema):
    """What may change about a draft; absent members stay, `content` is replaced whole."""

    title = fields.String(validate=LINE)
    content = fields.Nested(ContentSchema)
    pictures = fields.List(fields.Nested(ChosenPictureSchema), validate=validate.Length(max=60))


class ReasonSchema(Schema):
    """Why a notice goes back or is withdrawn, or why a decision is taken back."""

    reason = fields.String(required=True, validate=LINE)


class LegalCheckSchema(Schema):
    """What the legal check found; one that does not pass gives the document back."""

    passed = fields.Boolean(required=True)
    remark = fields.String(load_default="", validate=validate.Length(max=400))

    @validates_schema
    def _failure_says_why(self, data: dict[str, Any], **_: Any) -> None:
        if not data["passed"] and not data["remark"].strip():
            raise ValidationError("remark-needed", "remark")


class ReceiptSchema(Schema):
    """What a unit adds to its signature of receipt, if anything."""

    remark = fields.String(load_default="", validate=validate.Length(max=400))


class PassageSchema(Schema):
    """One passage of a published notice: as it was, as it should be."""

    was = fields.String(required=True, validate=validate.Length(1, 2000))
    now = fields.String(required=True, validate=validate.Length(1, 2000))


class CorrectionSchema(ReasonSchema):
    """What to correct in a published notice."""

    changes = fields.List(
        fields.Nested(PassageSchema), required=True, validate=validate.Length(1, 50)
    )


class NoticeNameSchema(Schema):
    """Something mentioned by id and name."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class NoticeSummarySchema(Schema):
    """A document in a list; number, `published_at` and `pdf_sha256` once it is issued.

    `public_url` for what everybody reads, `unit` and `received_at` for what a unit signs for.
    """

    id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=_KIND)
    state = fields.String(required=True, validate=_STATE)
    audience = fields.String(required=True, validate=_AUDIENCE)
    title = fields.String(required=True)
    number = fields.String(required=True, allow_none=True)
    year = fields.Integer(required=True, allow_none=True)
    serial = fields.Integer(required=True, allow_none=True)
    campaign = fields.Nested(NoticeNameSchema, required=True)
    unit = fields.Nested(NoticeNameSchema, required=True, allow_none=True)
    drafted_by = fields.String(required=True, allow_none=True)
    drafted_at = fields.AwareDateTime(required=True)
    checked_by = fields.String(required=True, allow_none=True)
    approved_by = fields.String(required=True, allow_none=True)
    approved_at = fields.AwareDateTime(required=True, allow_none=True)
    published_at = fields.AwareDateTime(required=True, allow_none=True)
    pdf_sha256 = fields.String(required=True, allow_none=True)
    public_url = fields.String(required=True, allow_none=True)
    received_at = fields.AwareDateTime(required=True, allow_none=True)


class DeskCaseSchema(Schema):
    """A case of the unit that a document is about."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)


class NoticeCaseSchema(Schema):
    """A case that the notice makes public."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    title = fields.String(required=True)
    unit = fields.Nested(NoticeNameSchema, required=True)


class NoticePictureSchema(ChosenPictureSchema):
    """A chosen picture; `released` is false if its redaction was taken back since."""

    png_sha256 = fields.String(required=True)
    released = fields.Boolean(required=True)


class AvailablePictureSchema(Schema):
    """A picture of the notice's cases that may be shown."""

    finding_id = fields.UUID(required=True)
    sha256 = fields.String(required=True)
    case_id = fields.UUID(required=True)
    text = fields.String(required=True)
    day = fields.Date(required=True, allow_none=True)
    decision = fields.String(required=True)
    png_sha256 = fields.String(required=True)
    url = fields.String(required=True)


class NoticeTemplateSchema(Schema):
    """The version of the template that a document was drafted by."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)


class NoticeReferenceSchema(Schema):
    """Another notice: what this one is about, or what was issued about it."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=_KIND)
    state = fields.String(required=True, validate=_STATE)
    number = fields.String(required=True, allow_none=True)
    title = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True)


class NoticeSchema(NoticeSummarySchema):
    """A notice whole; `original` for corrections and withdrawals, `successors` the other way."""

    content = fields.Nested(ContentSchema, required=True)
    template = fields.Nested(NoticeTemplateSchema, required=True)
    checked_at = fields.AwareDateTime(required=True, allow_none=True)
    check_remark = fields.String(required=True, allow_none=True)
    received_by = fields.String(required=True, allow_none=True)
    receipt_remark = fields.String(required=True, allow_none=True)
    layout = fields.String(required=True, validate=_LAYOUT)
    reason = fields.String(required=True, allow_none=True)
    returned_reason = fields.String(required=True, allow_none=True)
    cases = fields.List(fields.Nested(NoticeCaseSchema), required=True)
    pictures = fields.List(fields.Nested(NoticePictureSchema), required=True)
    available_pictures = fields.List(fields.Nested(AvailablePictureSchema), required=True)
    original = fields.Nested(NoticeReferenceSchema, required=True, allow_none=True)
    successors = fields.List(fields.Nested(NoticeReferenceSchema), required=True)


class DeskDocumentSchema(Schema):
    """A document as the unit sees that it was issued to; nothing of how it came about.

    `cases` are the numbers of its cases; `successors` what corrected or withdrew it.
    """

    id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=_KIND)
    state = fields.String(required=True, validate=_STATE)
    title = fields.String(required=True)
    number = fields.String(required=True)
    unit = fields.Nested(NoticeNameSchema, required=True)
    published_at = fields.AwareDateTime(required=True)
    cases = fields.List(fields.Nested(DeskCaseSchema), required=True)
    successors = fields.List(fields.String(), required=True)
    received_at = fields.AwareDateTime(required=True, allow_none=True)
    received_by = fields.String(required=True, allow_none=True)
    remark = fields.String(required=True, allow_none=True)
    document_url = fields.String(required=True)


class NoticeQuerySchema(PageQuery):
    """Filters of the list of notices."""

    state = fields.String(validate=_STATE)
    kind = fields.String(validate=_KIND)
    audience = fields.String(validate=_AUDIENCE)
    campaign = fields.UUID()
    case = fields.UUID()
    q = fields.String(validate=validate.Length(max=80))
