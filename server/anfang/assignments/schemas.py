"""Wire forms of assignments."""

from marshmallow import Schema, fields, validate

from anfang.assignments.models import AssignmentState, VisitKind, VisitMode
from anfang.kit.pages import PageQuery

_MODE = validate.OneOf([mode.value for mode in VisitMode])
_KIND = validate.OneOf([kind.value for kind in VisitKind])
_STATE = validate.OneOf([state.value for state in AssignmentState])


class CampaignStepSchema(Schema):
    """A step of the set-up; `demanded`: the campaign cannot start without it."""

    name = fields.String(required=True)
    count = fields.Integer(required=True)
    met = fields.Boolean(required=True)
    demanded = fields.Boolean(required=True)


class CampaignReadinessSchema(Schema):
    """The steps in the order in which an office takes them."""

    steps = fields.List(fields.Nested(CampaignStepSchema), required=True)


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
    mode = fields.String(required=True, validate=_MODE)
    kind = fields.String(required=True, validate=_KIND)
    theme = fields.String(required=True, allow_none=True)
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
    mode = fields.String(load_default=None, allow_none=True, validate=_MODE)
    kind = fields.String(load_default=None, allow_none=True, validate=_KIND)
    theme = fields.String(load_default=None, allow_none=True)


class AssignmentQuerySchema(PageQuery):
    """Filters of the list of assignments."""

    campaign = fields.UUID()
    inspector = fields.UUID()
    state = fields.String(validate=_STATE)


class VisitPlanQuerySchema(Schema):
    """How many visits are to be divided."""

    visits = fields.Integer(load_default=0, validate=validate.Range(0, 100_000))


class VisitWaySchema(Schema):
    """A way of visiting that the rulebook allows."""

    mode = fields.String(required=True, validate=_MODE)
    kind = fields.String(required=True, validate=_KIND)
    title = fields.String(load_default="")


class VisitChecklistSchema(Schema):
    """A checklist that the rulebook asks for, and whether the campaign uses it."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    used = fields.Boolean(required=True)


class VisitThemeSchema(Schema):
    """A theme's weight, its share of the visits, and what was handed out and made."""

    theme = fields.String(required=True)
    title = fields.String(required=True)
    weight = fields.Integer(required=True)
    planned = fields.Integer(required=True)
    assigned = fields.Integer(required=True)
    done = fields.Integer(required=True)


class VisitQuotaSchema(Schema):
    """How many visits the rulebook wants in a period, and how many were made in it."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    per = fields.String(required=True)
    at_least = fields.Integer(required=True)
    since = fields.Date(required=True)
    done = fields.Integer(required=True)
    met = fields.Boolean(required=True)


class VisitPlanSchema(Schema):
    """A campaign's plan of visits by its rulebook."""

    kinds = fields.List(fields.Nested(VisitWaySchema), required=True)
    checklists = fields.List(fields.Nested(VisitChecklistSchema), required=True)
    themes = fields.List(fields.Nested(VisitThemeSchema), required=True)
    quotas = fields.List(fields.Nested(VisitQuotaSchema), required=True)
