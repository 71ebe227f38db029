"""Wire forms of campaigns."""

from typing import Any

from flask_smorest.fields import Upload
from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from anfang.campaigns.models import CampaignState, ThemeRole
from anfang.kit.pages import PageQuery
from anfang.kit.validation import CODE

_NAME = validate.Length(1, 120)
_STATE = validate.OneOf([state.value for state in CampaignState])
_FEN = validate.Range(0, 100_000)
_METRES = validate.Range(0, 1_000_000)
_TIME_OF_DAY = validate.Regexp(r"([01][0-9]|2[0-3]):[0-5][0-9]$")
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

    code = fields.String(required=True, validate=CODE)
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


class TariffStepSchema(Schema):
    """From which distance a kilometre costs how much."""

    from_m = fields.Integer(required=True, strict=True, validate=_METRES)
    fen_per_km = fields.Integer(required=True, strict=True, validate=_FEN)


class NightTariffSchema(Schema):
    """The dearer hours, local time: another flag fall, and the distance dearer by `permille`."""

    from_ = fields.String(required=True, data_key="from", attribute="from", validate=_TIME_OF_DAY)
    to = fields.String(required=True, validate=_TIME_OF_DAY)
    flag_fen = fields.Integer(required=True, strict=True, validate=_FEN)
    permille = fields.Integer(required=True, strict=True, validate=validate.Range(0, 2000))


class TariffSchema(Schema):
    """What a ride costs in this city; a fixed fare has no steps. See `fares.fare_fen`."""

    kind = fields.String(required=True, validate=validate.OneOf(["taxi", "bus"]))
    name = fields.String(required=True, validate=_NAME)
    flag_fen = fields.Integer(required=True, strict=True, validate=_FEN)
    flag_m = fields.Integer(load_default=0, strict=True, validate=_METRES)
    unit_m = fields.Integer(load_default=1000, strict=True, validate=validate.Range(1, 10_000))
    surcharge_fen = fields.Integer(load_default=0, strict=True, validate=_FEN)
    round_fen = fields.Integer(load_default=1, strict=True, validate=validate.Range(1, 1000))
    steps = fields.List(
        fields.Nested(TariffStepSchema), load_default=list, validate=validate.Length(max=10)
    )
    night = fields.Nested(NightTariffSchema, load_default=None, allow_none=True)

    @validates_schema
    def _steps_ascend_from_the_flag(self, data: dict[str, Any], **_: Any) -> None:
        begins = [step["from_m"] for step in data["steps"]]
        if begins != sorted(set(begins)) or (begins and begins[0] != data["flag_m"]):
            raise ValidationError("steps-not-ascending", "steps")


class CampaignRidesSchema(Schema):
    """That phones may measure rides, and the tariffs to hold the fares against."""

    tariffs = fields.List(
        fields.Nested(TariffSchema), load_default=list, validate=validate.Length(max=20)
    )


class CampaignSchema(CampaignSummarySchema):
    """A campaign whole; `plan_name` and `plan_sha256` are null until the plan is on file."""

    legal_basis = fields.String(required=True)
    plan_name = fields.String(required=True, allow_none=True)
    plan_sha256 = fields.String(required=True, allow_none=True)
    rides = fields.Nested(CampaignRidesSchema, required=True, allow_none=True)
    publication_delay_days = fields.Integer(required=True)
    publication_group = fields.Integer(required=True)
    themes = fields.List(fields.Nested(CampaignThemeSchema), required=True)
    checklists = fields.List(fields.Nested(CampaignChecklistSchema), required=True)


class CampaignChangeSchema(Schema):
    """What may change about a campaign; absent members stay, lists are replaced whole.

    `rides` null: phones take no position during a ride.
    """

    name = fields.String(validate=_NAME)
    legal_basis = fields.String(validate=validate.Length(max=4000))
    starts_on = fields.Date()
    ends_on = fields.Date()
    rides = fields.Nested(CampaignRidesSchema, allow_none=True)
    publication_delay_days = fields.Integer(strict=True, validate=validate.Range(0, 90))
    publication_group = fields.Integer(strict=True, validate=validate.Range(2, 100))
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
