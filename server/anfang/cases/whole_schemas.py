"""Wire forms of a case whole: the office's, and the unit desk's by its own allow-list."""

from marshmallow import fields

from anfang.cases.followup_schemas import DeskFollowupSchema, FollowupSchema
from anfang.cases.schemas import (
    OUTCOME,
    CaseFindingSchema,
    CaseStatementSchema,
    CaseSummarySchema,
    DeskCaseSummarySchema,
    DeskFindingSchema,
    DeskStatementSchema,
    TimelineSchema,
)


class DeskCaseSchema(DeskFollowupSchema, DeskCaseSummarySchema):
    """A case as its unit reads it."""

    summary = fields.String(required=True)
    public_explanation = fields.String(required=True)
    findings = fields.List(fields.Nested(DeskFindingSchema), required=True)
    statements = fields.List(fields.Nested(DeskStatementSchema), required=True)


class CaseSchema(FollowupSchema, CaseSummarySchema):
    """A case whole; a unit's account gets what `DeskCaseSchema` lists."""

    summary = fields.String(required=True)
    public_explanation = fields.String(required=True)
    responsible = fields.String()
    raised_by = fields.String()
    topic = fields.String()
    channel = fields.String()
    fields_ = fields.Dict(
        keys=fields.String(), values=fields.String(), data_key="fields", attribute="fields"
    )
    outcome = fields.String(allow_none=True, validate=OUTCOME)
    outcome_text = fields.String()
    referred_to = fields.String(allow_none=True)
    stalled = fields.Boolean()
    findings = fields.List(fields.Nested(CaseFindingSchema), required=True)
    statements = fields.List(fields.Nested(CaseStatementSchema), required=True)
    timeline = fields.List(fields.Nested(TimelineSchema))
