"""Wire forms of registry."""

from marshmallow import Schema, fields, validate

from anfang.kit.pages import PageQuery
from anfang.kit.validation import CODE
from anfang.registry.models import Capture, SiteKind, UnitCategory

_NAME = validate.Length(1, 120)
_CATEGORY = validate.OneOf([category.value for category in UnitCategory])
_KIND = validate.OneOf([kind.value for kind in SiteKind])
_CAPTURE = validate.OneOf([capture.value for capture in Capture])
_LATITUDE = validate.Range(-900_000_000, 900_000_000)
_LONGITUDE = validate.Range(-1_800_000_000, 1_800_000_000)
_RADIUS = validate.Range(1, 100_000)


class UnitReferenceSchema(Schema):
    """A unit mentioned by something else."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class UnitSchema(Schema):
    """A unit; `parent_id` is null at the top of the tree."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    code = fields.String(required=True)
    category = fields.String(required=True, validate=_CATEGORY)
    parent_id = fields.UUID(required=True, allow_none=True)
    active = fields.Boolean(required=True)


class NewUnitSchema(Schema):
    """A unit to put into the tree."""

    name = fields.String(required=True, validate=_NAME)
    code = fields.String(required=True, validate=CODE)
    category = fields.String(required=True, validate=_CATEGORY)
    parent_id = fields.UUID(load_default=None, allow_none=True)


class UnitChangeSchema(Schema):
    """What may change about a unit; absent members stay."""

    name = fields.String(validate=_NAME)
    code = fields.String(validate=CODE)
    category = fields.String(validate=_CATEGORY)
    parent_id = fields.UUID(allow_none=True)
    active = fields.Boolean()


class UnitQuerySchema(PageQuery):
    """Filters of the list of units."""

    parent = fields.UUID()
    category = fields.String(validate=_CATEGORY)
    q = fields.String(validate=validate.Length(max=80))


class SiteSchema(Schema):
    """A site; position and radius are null for what moves."""

    id = fields.UUID(required=True)
    unit = fields.Nested(UnitReferenceSchema, required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True, validate=_KIND)
    lat_e7 = fields.Integer(required=True, allow_none=True)
    lon_e7 = fields.Integer(required=True, allow_none=True)
    radius_m = fields.Integer(required=True, allow_none=True)
    capture = fields.String(required=True, validate=_CAPTURE)
    active = fields.Boolean(required=True)


class NewSiteSchema(Schema):
    """A site to register; WGS-84 in 1e-7 degree, metres; all three or none."""

    unit_id = fields.UUID(required=True)
    name = fields.String(required=True, validate=_NAME)
    kind = fields.String(required=True, validate=_KIND)
    lat_e7 = fields.Integer(strict=True, load_default=None, allow_none=True, validate=_LATITUDE)
    lon_e7 = fields.Integer(strict=True, load_default=None, allow_none=True, validate=_LONGITUDE)
    radius_m = fields.Integer(strict=True, load_default=None, allow_none=True, validate=_RADIUS)
    capture = fields.String(load_default=Capture.ALLOWED.value, validate=_CAPTURE)


class SiteChangeSchema(Schema):
    """What may change about a site; absent members stay."""

    unit_id = fields.UUID()
    name = fields.String(validate=_NAME)
    kind = fields.String(validate=_KIND)
    lat_e7 = fields.Integer(strict=True, allow_none=True, validate=_LATITUDE)
    lon_e7 = fields.Integer(strict=True, allow_none=True, validate=_LONGITUDE)
    radius_m = fields.Integer(strict=True, allow_none=True, validate=_RADIUS)
    capture = fields.String(validate=_CAPTURE)
    active = fields.Boolean()


class SiteQuerySchema(PageQuery):
    """Filters of the list of sites; `unit` takes the units beneath it too."""

    unit = fields.UUID()
    q = fields.String(validate=validate.Length(max=80))
