"""Wire forms of documents."""

from typing import Any, Final

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from anfang.documents.content import NoticeKind, Seal
from anfang.documents.models import NoticeState
from anfang.kit.pages import PageQuery

_KIND = validate.OneOf([kind.value for kind in NoticeKind])
_STATE = validate.OneOf([state.value for state in NoticeState])
_SEAL = validate.OneOf([seal.value for seal in Seal])
_ORGAN = validate.Regexp(r"[^\s\d\[\](){}〔〕【】（）〈〉]{1,20}$")
_NAME = validate.And(validate.Length(1, 120), validate.Regexp(r"\s*\S"))
_LINE = validate.And(validate.Length(1, 400), validate.Regexp(r"\s*\S"))
_TEXT = validate.Length(max=20_000)
_SHA256 = validate.Regexp(r"[0-9a-f]{64}$")
_MOST: Final = validate.Length(max=200)


class ParagraphSchema(Schema):
    """A paragraph; at levels 1 to 4 with a heading, which gets its number when it is set."""

    text = fields.String(load_default="", validate=_TEXT)
    heading = fields.String(load_default="", validate=validate.Length(max=400))
    level = fields.Integer(strict=True, load_default=0, validate=validate.Range(0, 4))

    @validates_schema
    def _heading_has_level(self, data: dict[str, Any], **_: Any) -> None:
        if (data["level"] > 0) != bool(data["heading"].strip()):
            raise ValidationError("heading-needs-level", "heading")


class ColumnSchema(Schema):
    """A table's column; `share` is its part of the width."""

    title = fields.String(required=True, validate=validate.Length(max=80))
    share = fields.Float(load_default=1.0, validate=validate.Range(0.1, 20))
    centred = fields.Boolean(load_default=False)


class TableSchema(Schema):
    """A table; every row has a cell for every column."""

    columns = fields.List(
        fields.Nested(ColumnSchema), required=True, validate=validate.Length(1, 12)
    )
    rows = fields.List(
        fields.List(fields.String(validate=validate.Length(max=2000))),
        required=True,
        validate=validate.Length(max=2000),
    )

    @validates_schema
    def _rows_are_whole(self, data: dict[str, Any], **_: Any) -> None:
        if any(len(row) != len(data["columns"]) for row in data["rows"]):
            raise ValidationError("row-not-whole", "rows")


class AnnexSchema(Schema):
    """An annex with text, a table or both."""

    title = fields.String(required=True, validate=_LINE)
    body = fields.List(fields.Nested(ParagraphSchema), load_default=list, validate=_MOST)
    table = fields.Nested(TableSchema, load_default=None, allow_none=True)


class ContactSchema(Schema):
    """The office's contact, printed under the text."""

    name = fields.String(required=True, validate=_NAME)
    phone = fields.String(required=True, validate=validate.Length(1, 40))


class ContentSchema(Schema):
    """The editable text of a notice; newlines in a text begin a new paragraph."""

    organ = fields.String(required=True, validate=_ORGAN)
    mark = fields.String(required=True, validate=_NAME)
    signatory = fields.String(required=True, validate=_NAME)
    printed_by = fields.String(required=True, validate=_NAME)
    addressees = fields.List(fields.String(validate=_NAME), load_default=list, validate=_MOST)
    copies_to = fields.List(fields.String(validate=_NAME), load_default=list, validate=_MOST)
    contact = fields.Nested(ContactSchema, load_default=None, allow_none=True)
    seal = fields.String(load_default=Seal.AREA.value, validate=_SEAL)
    body = fields.List(
        fields.Nested(ParagraphSchema), required=True, validate=validate.Length(1, 500)
    )
    annexes = fields.List(
        fields.Nested(AnnexSchema), load_default=list, validate=validate.Length(max=20)
    )


class LetterheadSchema(Schema):
    """Who issues the notice and to whom it goes; what is left out is as in the notice before."""

    organ = fields.String(validate=_ORGAN)
    office = fields.String(validate=_NAME)
    addressees = fields.List(fields.String(validate=_NAME), validate=_MOST)
    copies_to = fields.List(fields.String(validate=_NAME), validate=_MOST)
    contact = fields.Nested(ContactSchema)


class NewNoticeSchema(Schema):
    """An exposure notice to draft from cases."""

    case_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(1, 200))
    theme = fields.String(required=True, validate=_NAME)
    coverage = fields.String(required=True, validate=_LINE)
    view = fields.String(load_default="", validate=validate.Length(max=400))
    report_by = fields.Date(load_default=None, allow_none=True)
    letterhead = fields.Nested(LetterheadSchema, load_default=None, allow_none=True)


class ChosenPictureSchema(Schema):
    """A picture that the notice shows: a finding's, by the hash of its original."""

    finding_id = fields.UUID(required=True)
    sha256 = fields.String(required=True, validate=_SHA256)
    caption = fields.String(required=True, validate=_LINE)


class NoticeChangeSchema(Schema):
    """What may change about a draft; absent members stay, `content` is replaced whole."""

    title = fields.String(validate=_LINE)
    content = fields.Nested(ContentSchema)
    pictures = fields.List(fields.Nested(ChosenPictureSchema), validate=validate.Length(max=60))


class ReasonSchema(Schema):
    """Why a notice goes back or is withdrawn, or why a decision is taken back."""

    reason = fields.String(required=True, validate=_LINE)


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
    """A notice in a list; number, `published_at`, `pdf_sha256`, `public_url` once published."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=_KIND)
    state = fields.String(required=True, validate=_STATE)
    title = fields.String(required=True)
    number = fields.String(required=True, allow_none=True)
    year = fields.Integer(required=True, allow_none=True)
    serial = fields.Integer(required=True, allow_none=True)
    campaign = fields.Nested(NoticeNameSchema, required=True)
    drafted_by = fields.String(required=True, allow_none=True)
    drafted_at = fields.AwareDateTime(required=True)
    approved_by = fields.String(required=True, allow_none=True)
    approved_at = fields.AwareDateTime(required=True, allow_none=True)
    published_at = fields.AwareDateTime(required=True, allow_none=True)
    pdf_sha256 = fields.String(required=True, allow_none=True)
    public_url = fields.String(required=True, allow_none=True)


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
    reason = fields.String(required=True, allow_none=True)
    returned_reason = fields.String(required=True, allow_none=True)
    cases = fields.List(fields.Nested(NoticeCaseSchema), required=True)
    pictures = fields.List(fields.Nested(NoticePictureSchema), required=True)
    available_pictures = fields.List(fields.Nested(AvailablePictureSchema), required=True)
    original = fields.Nested(NoticeReferenceSchema, required=True, allow_none=True)
    successors = fields.List(fields.Nested(NoticeReferenceSchema), required=True)


class NoticeQuerySchema(PageQuery):
    """Filters of the list of notices."""

    state = fields.String(validate=_STATE)
    kind = fields.String(validate=_KIND)
    campaign = fields.UUID()
    case = fields.UUID()
    q = fields.String(validate=validate.Length(max=80))
