"""Wire forms of clusters: what many complain about, what is proposed and decided."""

from marshmallow import Schema, fields, validate

from anfang.complaints.schemas import (
    MOST_WORDS,
    ComplaintMentionSchema,
    ComplaintNameSchema,
)
from anfang.kit.pages import PageQuery
from anfang.kit.validation import some_text


class ClusterQuerySchema(PageQuery):
    """What narrows the list of clusters."""

    campaign = fields.UUID()
    state = fields.String(validate=validate.Length(max=40))


class ComplaintClusterSchema(Schema):
    """Many complaints of one kind in a short time, and what became of it."""

    id = fields.UUID(required=True)
    campaign_id = fields.UUID(required=True)
    rule = fields.String(required=True)
    title = fields.String(required=True)
    unit = fields.Nested(ComplaintNameSchema, required=True, allow_none=True)
    topic_title = fields.String(required=True)
    state = fields.String(required=True)
    found_at = fields.AwareDateTime(required=True)
    complaints = fields.List(fields.Nested(ComplaintMentionSchema), required=True)
    action = fields.String(required=True)
    proposal = fields.String(required=True)
    proposed_by = fields.String(required=True, allow_none=True)
    decision = fields.String(required=True)
    decided_by = fields.String(required=True, allow_none=True)
    case_id = fields.UUID(required=True, allow_none=True)


class ClusterProposalSchema(Schema):
    """A special action: its title, why and what; who leads it where the complaints do not say."""

    action = fields.String(required=True, validate=some_text(120))
    proposal = fields.String(required=True, validate=some_text(MOST_WORDS))
    unit_id = fields.UUID()


class ClusterDecisionSchema(Schema):
    """What a leader decides, and why."""

    approved = fields.Boolean(required=True)
    note = fields.String(required=True, validate=some_text(2000))
