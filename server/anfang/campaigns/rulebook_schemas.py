"""Wire forms of rulebooks and stages."""

from marshmallow import Schema, fields, validate

from anfang.campaigns.rulebook_reading import LARGEST_TEXT
from anfang.campaigns.rulebook_texts import fault_text, gate_text, lack_text
from anfang.campaigns.rulebook_validating import SECTIONS
from anfang.kit.pages import PageQuery

_REASON = validate.Length(max=500)
_NOTE = validate.Length(1, 500)
_TEXT = validate.Length(1, LARGEST_TEXT)


class ShippedRulebookSchema(Schema):
    """A rulebook that comes with the product."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    source = fields.String(required=True)


class ShippedRulebooksSchema(Schema):
    """All of them."""

    items = fields.List(fields.Nested(ShippedRulebookSchema), required=True)


class RulebookVersionSummarySchema(Schema):
    """A version of a campaign's rulebook in the list of them."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    code = fields.String(required=True)
    title = fields.String(required=True)
    sha256 = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True)
    at = fields.AwareDateTime(required=True)


class ExplainedSectionSchema(Schema):
    """What a section makes happen, in plain words."""

    section = fields.String(required=True)
    title = fields.String(required=True)
    lines = fields.List(fields.String(), required=True)


class RulebookVersionSchema(RulebookVersionSummarySchema):
    """A version whole: its text to the byte, what it says, and that in plain words."""

    text = fields.String(required=True)
    content = fields.Dict(required=True)
    explained = fields.List(fields.Nested(ExplainedSectionSchema), required=True)


class RulebookFaultSchema(Schema):
    """Why a text is refused, where, and by which rule."""

    code = fields.String(required=True)
    line = fields.Integer(required=True)
    column = fields.Integer(required=True)
    place = fields.String(required=True)
    rule = fields.String(required=True)
    text = fields.Function(fault_text, required=True, metadata={"type": "string"})


class RulebookTextSchema(Schema):
    """A text to look at."""

    text = fields.String(required=True, validate=_TEXT)


class RulebookVerdictSchema(Schema):
    """Whether a text is a sound rulebook, and what it says if it is."""

    sound = fields.Boolean(required=True)
    faults = fields.List(fields.Nested(RulebookFaultSchema), required=True)
    explained = fields.List(fields.Nested(ExplainedSectionSchema), required=True)


class RulebookChangeSchema(Schema):
    """Why a version is loaded, and in place of which; both may be left out before any stage."""

    reason = fields.String(load_default="", validate=_REASON)
    replaces = fields.Integer(load_default=None, allow_none=True, strict=True)


class RulebookLoadSchema(RulebookChangeSchema):
    """A version to load: a text, or the code of a rulebook that comes with the product."""

    text = fields.String(validate=_TEXT)
    shipped = fields.String()


class RulebookSectionSchema(RulebookChangeSchema):
    """A section as it shall be; the others stay."""

    section = fields.String(required=True, validate=validate.OneOf(SECTIONS))
    content = fields.Raw(required=True)


class RulebookVersionQuerySchema(PageQuery):
    """The list of versions has no filters."""


class StageMarkSchema(Schema):
    """Who carried out or confirmed it, and by what it shows."""

    note = fields.String(required=True)
    count = fields.Integer(required=True, allow_none=True)
    marked_by = fields.UUID(required=True, allow_none=True)
    at = fields.AwareDateTime(required=True)


class StagePointSchema(Schema):
    """A key point; `mark` is null until it is carried out."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    by = fields.String(required=True, allow_none=True)
    due = fields.Date(required=True, allow_none=True)
    at_least = fields.Integer(required=True, allow_none=True)
    mark = fields.Nested(StageMarkSchema, required=True, allow_none=True)


class StageGateSchema(Schema):
    """A gate in front of a stage; open where it lacks nothing."""

    code = fields.String(required=True)
    kind = fields.String(required=True)
    title = fields.String(required=True)
    asks = fields.Function(
        lambda gate: gate_text(gate.kind), required=True, metadata={"type": "string"}
    )
    lacks = fields.Function(
        lambda gate: [lack_text(one) for one in gate.lacks],
        required=True,
        metadata={"type": "array", "items": {"type": "string"}},
    )
    mark = fields.Nested(StageMarkSchema, required=True, allow_none=True)


class StageSchema(Schema):
    """A stage; its gates are listed until it is entered."""

    code = fields.String(required=True, attribute="stage.code")
    title = fields.String(required=True, attribute="stage.title")
    about = fields.String(required=True)
    from_day = fields.Date(required=True, allow_none=True, attribute="stage.from_day")
    to_day = fields.Date(required=True, allow_none=True, attribute="stage.to_day")
    entered_at = fields.AwareDateTime(required=True, allow_none=True, attribute="stage.entered_at")
    points = fields.List(fields.Nested(StagePointSchema), required=True)
    gates = fields.List(fields.Nested(StageGateSchema), required=True)


class StagesSchema(Schema):
    """A campaign's stages in order; `current` is the code of the one it is in."""

    current = fields.String(required=True, allow_none=True)
    stages = fields.List(fields.Nested(StageSchema), required=True)


class NewStageMarkSchema(Schema):
    """By what it shows (a document's number, minutes of a meeting); how many, where asked."""

    note = fields.String(required=True, validate=_NOTE)


class NewPointMarkSchema(NewStageMarkSchema):
    """That a key point is carried out."""

    count = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(0, 1_000_000)
    )


class PartUnitSchema(Schema):
    """A unit that plays a part."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class PartSchema(Schema):
    """A part that a rulebook writes, and the units that play it."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    kind = fields.String(required=True)
    duty = fields.String(required=True)
    count = fields.Integer(required=True, allow_none=True)
    units = fields.List(fields.Nested(PartUnitSchema), required=True)


class PartsSchema(Schema):
    """All parts of a campaign's rulebook."""

    items = fields.List(fields.Nested(PartSchema), required=True)


class NewPartsSchema(Schema):
    """Which units play which parts: part's code → ids of units."""

    units = fields.Dict(
        keys=fields.String(validate=validate.Length(1, 40)),
        values=fields.List(fields.UUID(), validate=validate.Length(max=500)),
        required=True,
        validate=validate.Length(max=100),
    )
