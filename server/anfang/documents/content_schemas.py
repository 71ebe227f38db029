"""Wire forms of a document's content: paragraphs, tables, annexes, letterhead."""

from typing import Any, Final

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from anfang.documents.content import Seal
from anfang.kit.validation import some_text

SEAL = validate.OneOf([seal.value for seal in Seal])
_ORGAN = validate.Regexp(r"[^\s\d\[\](){}〔〕【】（）〈〉]{1,20}$")
NAME = some_text(120)
LINE = some_text(400)
TEXT = validate.Length(max=20_000)
MOST: Final = validate.Length(max=200)


class ParagraphSchema(Schema):
    """A paragraph; at levels 1 to 4 with a heading, which gets its number when it is set."""

    text = fields.String(load_default="", validate=TEXT)
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

    title = fields.String(required=True, validate=LINE)
    body = fields.List(fields.Nested(ParagraphSchema), load_default=list, validate=MOST)
    table = fields.Nested(TableSchema, load_default=None, allow_none=True)


class ContactSchema(Schema):
    """The office's contact, printed under the text."""

    name = fields.String(required=True, validate=NAME)
    phone = fields.String(required=True, validate=validate.Length(1, 40))


class ContentSchema(Schema):
    """The editable text of a notice; newlines in a text begin a new paragraph."""

    organ = fields.String(required=True, validate=_ORGAN)
    mark = fields.String(required=True, validate=NAME)
    signatory = fields.String(required=True, validate=NAME)
    printed_by = fields.String(required=True, validate=NAME)
    addressees = fields.List(fields.String(validate=NAME), load_default=list, validate=MOST)
    copies_to = fields.List(fields.String(validate=NAME), load_default=list, validate=MOST)
    contact = fields.Nested(ContactSchema, load_default=None, allow_none=True)
    seal = fields.String(load_default=Seal.AREA.value, validate=SEAL)
    body = fields.List(
        fields.Nested(ParagraphSchema), required=True, validate=validate.Length(1, 500)
    )
    annexes = fields.List(
        fields.Nested(AnnexSchema), load_default=list, validate=validate.Length(max=20)
    )


class LetterheadSchema(Schema):
    """Who issues the notice and to whom it goes; what is left out is as in the notice before."""

    organ = fields.String(validate=_ORGAN)
    office = fields.String(validate=NAME)
    addressees = fields.List(fields.String(validate=NAME), validate=MOST)
    copies_to = fields.List(fields.String(validate=NAME), validate=MOST)
    contact = fields.Nested(ContactSchema)
