"""Wire forms of checklists."""

from typing import Any

from marshmallow import Schema, fields, validate

from anfang.checklists.items import KINDS, PHOTO_RULES
from anfang.kit.pages import PageQuery
from anfang.kit.validation import CODE

_TITLE = validate.Length(1, 120)
_TEXT = validate.Length(1, 400)
_ITEMS_AT_MOST = 200


class ChecklistOptionSchema(Schema):
    """One answer of a `choice` or `choices` item."""

    value = fields.String(required=True, validate=CODE)
    label = fields.String(required=True, validate=_TEXT)
    label_en = fields.String(validate=_TEXT)


class ChecklistItemSchema(Schema):
    """One item as PROTOCOL §3 writes it; members without meaning for its kind are left out.

    `min` and `max` are on the answer's scale: a value ×10^`scale`.
    """

    id = fields.String(required=True, validate=CODE)
    text = fields.String(required=True, validate=_TEXT)
    text_en = fields.String(validate=_TEXT)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    min = fields.Integer(strict=True)
    max = fields.Integer(strict=True)
    scale = fields.Integer(strict=True, validate=validate.Range(0, 6))
    unit = fields.String(validate=validate.Length(1, 20))
    options = fields.List(fields.Nested(ChecklistOptionSchema), validate=validate.Length(2, 40))
    points = fields.Integer(strict=True, load_default=0, validate=validate.Range(0, 1000))
    veto = fields.Boolean(load_default=False)
    photo = fields.String(load_default="never", validate=validate.OneOf(PHOTO_RULES))


def _items_field(*, required: bool) -> fields.List[Any]:
    return fields.List(
        fields.Nested(ChecklistItemSchema),
        required=required,
        validate=validate.Length(max=_ITEMS_AT_MOST),
    )


class ChecklistVersionSummarySchema(Schema):
    """A version in a list; `published_at` is null for a draft."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    title = fields.String(required=True)
    published_at = fields.AwareDateTime(required=True, allow_none=True)


class ChecklistSchema(Schema):
    """A checklist with its versions, oldest first."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    title = fields.String(required=True)
    versions = fields.List(fields.Nested(ChecklistVersionSummarySchema), required=True)


class NewChecklistSchema(Schema):
    """A checklist to begin, empty or with the items of its first draft."""

    code = fields.String(required=True, validate=CODE)
    title = fields.String(required=True, validate=_TITLE)
    items = _items_field(required=False)


class ChecklistQuerySchema(PageQuery):
    """Filters of the list of checklists."""

    q = fields.String(validate=validate.Length(max=80))


class ChecklistVersionSchema(ChecklistVersionSummarySchema):
    """A version with its items."""

    checklist_id = fields.UUID(required=True)
    code = fields.String(required=True, attribute="checklist.code")
    items = _items_field(required=True)


class ChecklistVersionChangeSchema(Schema):
    """A draft's title and items, whole."""

    title = fields.String(required=True, validate=_TITLE)
    items = _items_field(required=True)


class ShippedChecklistSchema(Schema):
    """A checklist that comes with the product, to begin one's own from."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    title_en = fields.String(required=True)
    items = _items_field(required=True)


class ShippedChecklistsSchema(Schema):
    """All checklists that come with the product."""

    items = fields.List(fields.Nested(ShippedChecklistSchema), required=True)
