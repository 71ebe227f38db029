"""Wire forms of readings of informants."""

from marshmallow import Schema, fields, validate

from anfang.complaints.schemas import ComplaintReasonSchema
from anfang.kit.pages import PageQuery


class InformantReleaseQuerySchema(PageQuery):
    """The list of readings has no filters."""


class InformantRequestSchema(ComplaintReasonSchema):
    """Of which complaint a custodian asks, and why."""

    number = fields.String(required=True, validate=validate.Length(1, 40))


class InformantReleaseSchema(Schema):
    """Who asked, who opened and why; never who it is."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    reason = fields.String(required=True)
    asked_by = fields.String(required=True, allow_none=True)
    asked_by_id = fields.UUID(required=True)
    asked_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)
    open_reason = fields.String(required=True, allow_none=True)
    opened_by = fields.String(required=True, allow_none=True)
    opened_at = fields.AwareDateTime(required=True, allow_none=True)
    state = fields.String(required=True)


class InformantOpeningSchema(ComplaintReasonSchema):
    """The opener's reason, and both passphrases."""

    passphrase = fields.String(required=True, validate=validate.Length(max=200))
    asker_passphrase = fields.String(required=True, validate=validate.Length(max=200))


class ShownInformantSchema(InformantReleaseSchema):
    """Who it is, told in this one answer; `text` is what was said before it was blotted."""

    name = fields.String(required=True)
    phone = fields.String(required=True)
    address = fields.String(required=True)
    text = fields.String(required=True)
