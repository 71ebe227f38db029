"""Wire forms of reports that compare, assess and publish."""

from marshmallow import Schema, fields, validate

from anfang.reports.schemas import SeenShareSchema, SpanSchema

_TITLE = validate.Length(1, 120)
_TEXT = validate.Length(1, 5000)


class BenchmarkQuerySchema(SpanSchema):
    """What the sectors are: categories of units, or a campaign's themes."""

    by = fields.String(load_default="category", validate=validate.OneOf(["category", "theme"]))


class SectorSchema(Schema):
    """A sector; `faultless` visits met every item that they judged, or not `enough` did."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    units = fields.Integer(required=True)
    visits = fields.Integer(required=True)
    faultless = fields.Nested(SeenShareSchema, required=True, allow_none=True)
    enough = fields.Boolean(required=True)
    mean = fields.Float(required=True, allow_none=True)


class SectorCellSchema(Schema):
    """How often an item was met; not `enough` visits are not to be compared."""

    sector = fields.String(required=True)
    met = fields.Nested(SeenShareSchema, required=True, allow_none=True)
    enough = fields.Boolean(required=True)


class SectorItemSchema(Schema):
    """An item across the sectors."""

    checklist_id = fields.UUID(required=True)
    checklist = fields.String(required=True)
    item = fields.String(required=True)
    text = fields.String(required=True)
    cells = fields.List(fields.Nested(SectorCellSchema), required=True)


class BenchmarkSchema(Schema):
    """Sectors side by side."""

    least_visits = fields.Integer(required=True)
    sectors = fields.List(fields.Nested(SectorSchema), required=True)
    items = fields.List(fields.Nested(SectorItemSchema), required=True)


class ChangeSchema(Schema):
    """One share less another (-1…1), and the bounds of its 95 % confidence interval."""

    value = fields.Float(required=True)
    low = fields.Float(required=True)
    high = fields.Float(required=True)


class ItemOutcomeSchema(Schema):
    """How often an item was missed at first visits and at re-visits."""

    checklist = fields.String(required=True)
    item = fields.String(required=True)
    text = fields.String(required=True)
    before = fields.Nested(SeenShareSchema, required=True)
    after = fields.Nested(SeenShareSchema, required=True, allow_none=True)
    change = fields.Nested(ChangeSchema, required=True, allow_none=True)


class CaseOutcomeSchema(Schema):
    """How cases went; `days` is a median of working days."""

    cases = fields.Integer(required=True)
    rectified = fields.Nested(SeenShareSchema, required=True, allow_none=True)
    days = fields.Float(required=True, allow_none=True)
    recurring = fields.Nested(SeenShareSchema, required=True, allow_none=True)
    answered = fields.Nested(SeenShareSchema, required=True, allow_none=True)


class OutcomesSchema(Schema):
    """What changed."""

    items = fields.List(fields.Nested(ItemOutcomeSchema), required=True)
    cases = fields.Nested(CaseOutcomeSchema, required=True)
    satisfied = fields.Nested(SeenShareSchema, required=True, allow_none=True)


class YearQuerySchema(Schema):
    """A calendar year, of all campaigns or of one."""

    year = fields.Integer(required=True, validate=validate.Range(2000, 2100))
    campaign = fields.UUID(load_default=None)


class YearFileQuerySchema(YearQuerySchema):
    """In which form."""

    form = fields.String(load_default="xlsx", validate=validate.OneOf(["xlsx", "docx", "pdf"]))


class SourceRowsSchema(Schema):
    """What a number was computed from; `digest` is a SHA-256 over the rows' identifiers."""

    kind = fields.String(required=True)
    count = fields.Integer(required=True)
    digest = fields.String(required=True)
    page = fields.String(required=True)


class YearLineSchema(Schema):
    """A number of the assessment: a count, a share (0…1) with its bounds, or days."""

    code = fields.String(required=True)
    section = fields.String(required=True)
    value = fields.Float(required=True, allow_none=True)
    unit = fields.String(required=True, validate=validate.OneOf(["count", "share", "days"]))
    low = fields.Float(required=True, allow_none=True)
    high = fields.Float(required=True, allow_none=True)
    sources = fields.List(fields.Nested(SourceRowsSchema), required=True)


class YearEndSchema(Schema):
    """The assessment."""

    lines = fields.List(fields.Nested(YearLineSchema), required=True)


class NewResultsSchema(Schema):
    """Whose results are published, and what is said of them."""

    campaign_id = fields.UUID(required=True)
    title = fields.String(required=True, validate=_TITLE)
    text = fields.String(required=True, validate=_TEXT)


class CampaignNameSchema(Schema):
    """A campaign."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class ResultsSchema(Schema):
    """Results, frozen; `page` is where everybody reads them once they are published."""

    id = fields.UUID(required=True)
    campaign = fields.Nested(CampaignNameSchema, required=True)
    title = fields.String(required=True)
    text = fields.String(required=True)
    figures = fields.Dict(keys=fields.String(), required=True)
    sha256 = fields.String(required=True)
    drafted_by = fields.String(required=True, allow_none=True)
    drafted_at = fields.AwareDateTime(required=True)
    signed_by = fields.String(required=True, allow_none=True)
    published_at = fields.AwareDateTime(required=True, allow_none=True)
    withdrawn_at = fields.AwareDateTime(required=True, allow_none=True)
    withdrawal_reason = fields.String(required=True, allow_none=True)
    page = fields.String(required=True, allow_none=True)


class ResultsWithdrawalSchema(Schema):
    """Why results no longer stand."""

    reason = fields.String(required=True, validate=validate.Length(1, 400))


class NewPressPackSchema(Schema):
    """A published notice, and what the press is told of it."""

    notice_id = fields.UUID(required=True)
    headline = fields.String(required=True, validate=_TITLE)
    text = fields.String(required=True, validate=_TEXT)
    evidence_id = fields.UUID(load_default=None, allow_none=True)


class PressEvidenceSchema(Schema):
    """The protected evidence pack that goes along."""

    id = fields.UUID(required=True)
    sha256 = fields.String(required=True)
    bytes = fields.Integer(required=True)


class PressNoticeSchema(Schema):
    """The notice that a pack stands on."""

    id = fields.UUID(required=True)
    number = fields.String(required=True, allow_none=True)
    title = fields.String(required=True)
    state = fields.String(required=True)


class PressPackSchema(Schema):
    """A pack for the press; without `file` it is not approved, or no longer stands."""

    id = fields.UUID(required=True)
    notice = fields.Nested(PressNoticeSchema, required=True)
    evidence = fields.Nested(PressEvidenceSchema, required=True, allow_none=True)
    headline = fields.String(required=True)
    text = fields.String(required=True)
    drafted_by = fields.String(required=True, allow_none=True)
    drafted_at = fields.AwareDateTime(required=True)
    approved_by = fields.String(required=True, allow_none=True)
    approved_at = fields.AwareDateTime(required=True, allow_none=True)
    file = fields.String(required=True, allow_none=True)
