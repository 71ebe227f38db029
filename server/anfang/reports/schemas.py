"""Wire forms of reports."""

from marshmallow import Schema, fields, validate

from anfang.reports.tables import TABLES


class SpanSchema(Schema):
    """What the figures are about; days of the visits, both included."""

    campaign = fields.UUID(load_default=None)
    unit = fields.UUID(load_default=None, metadata={"description": "with all beneath it"})
    from_day = fields.Date(load_default=None)
    to_day = fields.Date(load_default=None)


class TableQuerySchema(SpanSchema):
    """Which table of the figures is wanted as a workbook."""

    table = fields.String(required=True, validate=validate.OneOf(list(TABLES)))


class WeekSchema(Schema):
    """A week from Monday `begins` on; `mean` of 100 points."""

    begins = fields.Date(required=True)
    visits = fields.Integer(required=True)
    findings = fields.Integer(required=True)
    mean = fields.Float(required=True, allow_none=True)


class UnitFiguresSchema(Schema):
    """A unit's own visits and findings; `mean` of 100 points."""

    unit_id = fields.UUID(required=True)
    name = fields.String(required=True)
    visits = fields.Integer(required=True)
    findings = fields.Integer(required=True)
    vetoes = fields.Integer(required=True)
    mean = fields.Float(required=True, allow_none=True)


class SeenShareSchema(Schema):
    """A part of a whole (0…1), and the bounds of its 95 % confidence interval."""

    count = fields.Integer(required=True)
    of = fields.Integer(required=True)
    share = fields.Float(required=True)
    low = fields.Float(required=True)
    high = fields.Float(required=True)


class ItemFiguresSchema(Schema):
    """How often an item was found wanting among the visits on its checklist."""

    checklist_id = fields.UUID(required=True)
    checklist = fields.String(required=True)
    item = fields.String(required=True)
    text = fields.String(required=True)
    failed = fields.Nested(SeenShareSchema, required=True)


class ThemeFiguresSchema(Schema):
    """The cases of a theme."""

    theme_id = fields.UUID(required=True)
    title = fields.String(required=True)
    cases = fields.Integer(required=True)
    overdue = fields.Integer(required=True)


class PlaceSchema(Schema):
    """A visited site; position in 1e-7 degree WGS-84."""

    site_id = fields.UUID(required=True)
    name = fields.String(required=True)
    unit = fields.String(required=True)
    lat_e7 = fields.Integer(required=True)
    lon_e7 = fields.Integer(required=True)
    visits = fields.Integer(required=True)
    findings = fields.Integer(required=True)


class OverviewSchema(Schema):
    """Everything the overview draws, in one answer; `themes` only where a campaign was named."""

    weeks = fields.List(fields.Nested(WeekSchema), required=True)
    units = fields.List(fields.Nested(UnitFiguresSchema), required=True)
    items = fields.List(fields.Nested(ItemFiguresSchema), required=True)
    themes = fields.List(fields.Nested(ThemeFiguresSchema), required=True)
    places = fields.List(fields.Nested(PlaceSchema), required=True)
    tiles = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "raster tile layers of 天地图, lowest first; none: draw no tiles"},
    )
