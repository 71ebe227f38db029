"""Wire forms of assignments."""

from marshmallow import Schema, fields, validate

from anfang.assignments.models import AssignmentState
from anfang.kit.pages import PageQuery

_STATE = validate.OneOf([state.value for state in AssignmentState])


class AssignmentReferenceSchema(Schema):
    """A campaign, unit or site that the assignment mentions."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class AssignmentChecklistSchema(Schema):
    """The checklist version of the assignment; `id` is the version's."""

    id = fields.UUID(required=True)
    code = fields.String(required=True, attribute="checklist.code")
    version = fields.Integer(required=True)
    title = fields.String(required=True)


class AssignmentInspectorSchema(Schema):
    """The inspector, by alias."""

    id = fields.UUID(required=True)
    alias = fields.String(required=True)


class AssignmentSchema(Schema):
    """One visit for one inspector; both days are included."""

    id = fields.UUID(required=True)
    campaign = fields.Nested(AssignmentReferenceSchema, required=True)
    checklist = fields.Nested(
        AssignmentChecklistSchema, required=True, attribute="checklist_version"
    )
    site = fields.Nested(AssignmentReferenceSchema, required=True, allow_none=True)
    unit = fields.Nested(AssignmentReferenceSchema, required=True)
    inspector = fields.Nested(AssignmentInspectorSchema, required=True)
    from_day = fields.Date(required=True)
    to_day = fields.Date(required=True)
    state = fields.String(required=True, validate=_STATE)
    created_at = fields.AwareDateTime(required=True)


class NewAssignmentSchema(Schema):
    """A visit to hand out: to a site, or to a unit among whose sites the inspector chooses."""

    campaign_id = fields.UUID(required=True)
    checklist_version_id = fields.UUID(required=True)
    inspector_id = fields.UUID(required=True)
    site_id = fields.UUID(load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    from_day = fields.Date(required=True)
    to_day = fields.Date(required=True)


class AssignmentQuerySchema(PageQuery):
    """Filters of the list of assignments."""

    campaign = fields.UUID()
    inspector = fields.UUID()
    state = fields.String(validate=_STATE)
