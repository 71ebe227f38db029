"""Wire forms of campaigns."""

from flask_smorest.fields import Upload
from marshmallow import Schema, fields, validate

from anfang.campaigns.models import CampaignState, ThemeRole
from anfang.kit.pages import PageQuery

_NAME = validate.Length(1, 120)
_CODE = validate.Regexp(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")
_STATE = validate.OneOf([state.value for state in CampaignState])
_ROLE = validate.OneOf([role.value for role in ThemeRole])


class CampaignThemeUnitSchema(Schema):
    """A unit's part in a theme."""

    unit_id = fields.UUID(required=True)
    role = fields.String(required=True, validate=_ROLE)


class NamedCampaignThemeUnitSchema(CampaignThemeUnitSchema):
    """A unit's part in a theme, with its name."""

    name = fields.String(required=True, attribute="unit.name")


class NewCampaignThemeSchema(Schema):
    """A theme as it is set; the list's order is the themes' order."""

    code = fields.String(required=True, validate=_CODE)
    title = fields.String(required=True, validate=_NAME)
    units = fields.List(
        fields.Nested(CampaignThemeUnitSchema), load_default=list, validate=validate.Length(max=200)
    )


class CampaignThemeSchema(Schema):
    """A theme; leading units first."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    title = fields.String(required=True)
    units = fields.List(fields.Nested(NamedCampaignThemeUnitSchema), required=True)


class CampaignChecklistSchema(Schema):
    """A checklist version that the campaign uses; `id` is the version's."""

    id = fields.UUID(required=True, attribute="checklist_version.id")
    code = fields.String(required=True, attribute="checklist_version.checklist.code")
    version = fields.Integer(required=True, attribute="checklist_version.version")
    title = fields.String(required=True, attribute="checklist_version.title")


class CampaignSummarySchema(Schema):
    """A campaign in a list."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    state = fields.String(required=True, validate=_STATE)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)


class CampaignSchema(CampaignSummarySchema):
    """A campaign whole; `plan_name` and `plan_sha256` are null until the plan is on file."""

    legal_basis = fields.String(required=True)
    plan_name = fields.String(required=True, allow_none=True)
    plan_sha256 = fields.String(required=True, allow_none=True)
    themes = fields.List(fields.Nested(CampaignThemeSchema), required=True)
    checklists = fields.List(fields.Nested(CampaignChecklistSchema), required=True)


class CampaignChangeSchema(Schema):
    """What may change about a campaign; absent members stay, lists are replaced whole."""

    name = fields.String(validate=_NAME)
    legal_basis = fields.String(validate=validate.Length(max=4000))
    starts_on = fields.Date()
    ends_on = fields.Date()
    themes = fields.List(fields.Nested(NewCampaignThemeSchema), validate=validate.Length(max=50))
    checklist_version_ids = fields.List(fields.UUID(), validate=validate.Length(max=100))


class NewCampaignSchema(CampaignChangeSchema):
    """A campaign to draft."""

    name = fields.String(required=True, validate=_NAME)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)


class CampaignQuerySchema(PageQuery):
    """Filters of the list of campaigns."""

    state = fields.String(validate=_STATE)


class CampaignPlanSchema(Schema):
    """The file of a plan."""

    file = Upload(required=True)
