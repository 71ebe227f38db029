"""Wire forms of templates."""

from typing import Final

from marshmallow import Schema, fields, validate

from anfang.documents.content import NoticeKind
from anfang.documents.content_schemas import ParagraphSchema
from anfang.kit.pages import PageQuery

_KIND: Final = validate.OneOf([kind.value for kind in NoticeKind])
_TEXT: Final = validate.Length(max=4000)


class OwnFieldSchema(Schema):
    """A field that the office adds: the drafter is asked for it under its label."""

    name = fields.String(required=True, validate=validate.Regexp(r"\w{1,40}$"))
    label = fields.String(required=True, validate=validate.Length(1, 80))


class TemplateContentSchema(Schema):
    """Text and fields of a template; `phrases` are said once for each finding, case or change."""

    title = fields.String(required=True, validate=validate.Length(1, 400))
    body = fields.List(
        fields.Nested(ParagraphSchema), required=True, validate=validate.Length(1, 200)
    )
    phrases = fields.Dict(
        keys=fields.String(validate=validate.Length(1, 40)),
        values=fields.String(validate=_TEXT),
        required=True,
    )
    fields_ = fields.List(
        fields.Nested(OwnFieldSchema),
        data_key="fields",
        attribute="fields",
        required=True,
        validate=validate.Length(max=40),
    )


class TemplateChangeSchema(Schema):
    """What replaces a draft."""

    content = fields.Nested(TemplateContentSchema, required=True)
    note = fields.String(load_default="", validate=validate.Length(max=400))


class NewTemplateVersionSchema(Schema):
    """Which kind's next version is drafted."""

    kind = fields.String(required=True, validate=_KIND)


class KnownFieldSchema(Schema):
    """A field that the kind offers: its name for ``${name}`` and what it stands for."""

    name = fields.String(required=True)
    label = fields.String(required=True)


class PhraseSchema(Schema):
    """A phrase of the kind: what it says, and the fields that it may use."""

    name = fields.String(required=True)
    label = fields.String(required=True)
    fields_ = fields.List(fields.String(), data_key="fields", attribute="fields", required=True)


class TemplateSummarySchema(Schema):
    """A version in a list; `made_by` is null for what came with the product."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=_KIND)
    version = fields.Integer(required=True)
    note = fields.String(required=True)
    made_by = fields.String(required=True, allow_none=True)
    made_at = fields.AwareDateTime(required=True)
    published_by = fields.String(required=True, allow_none=True)
    published_at = fields.AwareDateTime(required=True, allow_none=True)
    current = fields.Boolean(required=True)


class TemplateSchema(TemplateSummarySchema):
    """A version whole, with the fields, blocks and phrases that its kind offers."""

    content = fields.Nested(TemplateContentSchema, required=True)
    known_fields = fields.List(fields.Nested(KnownFieldSchema), required=True)
    blocks = fields.List(fields.Nested(KnownFieldSchema), required=True)
    phrases = fields.List(fields.Nested(PhraseSchema), required=True)


class TemplateQuerySchema(PageQuery):
    """Filters of the list of versions."""

    kind = fields.String(validate=_KIND)
    current = fields.Boolean()
