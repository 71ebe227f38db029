"""Wire forms of invited supervisors' mandates."""

from marshmallow import Schema, fields, validate

from anfang.assignments.mandate_models import Capacity
from anfang.kit.pages import PageQuery

_CAPACITY = validate.OneOf([one.value for one in Capacity])


class NewMandateSchema(Schema):
    """Who is invited to supervise which campaign, as what and from when to when."""

    inspector_id = fields.UUID(required=True)
    campaign_id = fields.UUID(required=True)
    capacity = fields.String(required=True, validate=_CAPACITY)
    from_day = fields.Date(required=True)
    to_day = fields.Date(required=True)


class MandateInspectorSchema(Schema):
    """An inspector, by alias."""

    id = fields.UUID(required=True)
    alias = fields.String(required=True)


class MandateCampaignSchema(Schema):
    """A campaign."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class MandateSchema(Schema):
    """A mandate; days are both included."""

    id = fields.UUID(required=True)
    inspector = fields.Nested(MandateInspectorSchema, required=True)
    campaign = fields.Nested(MandateCampaignSchema, required=True)
    capacity = fields.String(required=True, validate=_CAPACITY)
    from_day = fields.Date(required=True)
    to_day = fields.Date(required=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    end_reason = fields.String(required=True, allow_none=True)


class MandateQuerySchema(PageQuery):
    """Filters of the list of mandates."""

    campaign = fields.UUID()


class MandateEndSchema(Schema):
    """Why it ends."""

    reason = fields.String(required=True, validate=validate.Length(1, 400))
