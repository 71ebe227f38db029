"""What callers send to review: decisions, findings, remarks, rectangles."""

from marshmallow import Schema, fields, validate

_TEXT = validate.Length(1, 2000)
ITEM = validate.Length(1, 40)


class RecordQuerySchema(Schema):
    """What of a record is asked for; reading `private` is written down."""

    private = fields.Boolean(load_default=False)


class RectangleSchema(Schema):
    """A rectangle in pixels of the upright picture."""

    x = fields.Integer(strict=True, required=True, validate=validate.Range(0, 65535))
    y = fields.Integer(strict=True, required=True, validate=validate.Range(0, 65535))
    w = fields.Integer(strict=True, required=True, validate=validate.Range(1, 65535))
    h = fields.Integer(strict=True, required=True, validate=validate.Range(1, 65535))


class RedactionSchema(Schema):
    """What to black out; whole tiles of 32 pixels are filled."""

    rectangles = fields.List(
        fields.Nested(RectangleSchema), required=True, validate=validate.Length(1, 200)
    )


class ClearanceSchema(Schema):
    """Why nothing in the picture needs to be hidden."""

    reason = fields.String(required=True, validate=_TEXT)


class ReviewRemarkSchema(Schema):
    """A reviewer's remark on an item; an item of null speaks of the whole record."""

    item = fields.String(load_default=None, allow_none=True, validate=ITEM)
    text = fields.String(required=True, validate=_TEXT)


class NewFindingSchema(Schema):
    """A finding to confirm; without a text the checklist's stands."""

    item = fields.String(required=True, validate=ITEM)
    text = fields.String(load_default=None, allow_none=True, validate=_TEXT)


class AcceptanceSchema(Schema):
    """What is accepted; without `findings` the suggested ones are confirmed, an empty list none."""

    findings = fields.List(
        fields.Nested(NewFindingSchema), load_default=None, validate=validate.Length(max=200)
    )
    note = fields.String(load_default=None, allow_none=True, validate=_TEXT)


class ReturnSchema(Schema):
    """What the inspector should mend."""

    remarks = fields.List(
        fields.Nested(ReviewRemarkSchema), required=True, validate=validate.Length(1, 200)
    )


class RejectionSchema(Schema):
    """Why the record is rejected."""

    reason = fields.String(required=True, validate=_TEXT)
