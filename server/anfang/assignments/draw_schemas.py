"""Wire forms of draws and conflicts of interest."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from anfang.assignments.draw_plans import DrawPlan, Over, StratumPlan
from anfang.assignments.schemas import AssignmentInspectorSchema, AssignmentReferenceSchema
from anfang.kit.drawing import HEAVIEST
from anfang.kit.pages import PageQuery
from anfang.kit.validation import CODE

_TITLE = validate.Length(1, 120)
_TEXT = validate.Length(1, 1000)
_REST = validate.Range(0, 3650)
_STATE = validate.OneOf(["committed", "drawn", "published", "replaced"])


class StratumPlanSchema(Schema):
    """A pool to draw from: sites of `kinds` (or units of these categories) below a unit."""

    code = fields.String(required=True, validate=CODE)
    title = fields.String(required=True, validate=_TITLE)
    take = fields.Integer(required=True, strict=True, validate=validate.Range(1, 10_000))
    checklist_version_id = fields.UUID(required=True)
    kinds = fields.List(fields.String(), load_default=list, validate=validate.Length(max=40))
    unit_id = fields.UUID(load_default=None, allow_none=True)

    @post_load
    def _plan(self, data: dict[str, Any], **_: Any) -> StratumPlan:
        return StratumPlan(**data)


class ObjectWeightSchema(Schema):
    """An object that is to be drawn more often than one of weight 1."""

    object_id = fields.UUID(required=True)
    weight = fields.Integer(required=True, strict=True, validate=validate.Range(1, HEAVIEST))


class ObjectExclusionSchema(Schema):
    """An object that is left out; the reason is published."""

    object_id = fields.UUID(required=True)
    reason = fields.String(required=True, validate=_TEXT)


class DrawPlanSchema(Schema):
    """A draw to commit to; a redraw names the draw it `replaces` and gives its `reason`."""

    campaign_id = fields.UUID(required=True)
    from_day = fields.Date(required=True)
    to_day = fields.Date(required=True)
    over = fields.String(load_default=Over.SITES.value, validate=validate.OneOf(list(Over)))
    entropy_source = fields.String(required=True, validate=_TEXT)
    strata = fields.List(
        fields.Nested(StratumPlanSchema), required=True, validate=validate.Length(1, 50)
    )
    weights = fields.List(
        fields.Nested(ObjectWeightSchema), load_default=list, validate=validate.Length(max=10_000)
    )
    excluded = fields.List(
        fields.Nested(ObjectExclusionSchema),
        load_default=list,
        validate=validate.Length(max=10_000),
    )
    rest_days = fields.Integer(load_default=0, strict=True, validate=_REST)
    per_object = fields.Integer(load_default=2, strict=True, validate=validate.Range(1, 10))
    inspectors_rest_days = fields.Integer(load_default=0, strict=True, validate=_REST)
    replaces = fields.UUID(load_default=None, allow_none=True)
    reason = fields.String(load_default="", validate=validate.Length(max=1000))

    @validates_schema
    def _redraw_has_its_reason(self, data: dict[str, Any], **_: Any) -> None:
        if data["replaces"] is not None and not data["reason"].strip():
            raise ValidationError("redraw-reason-missing", "reason")

    @post_load
    def _plan(self, data: dict[str, Any], **_: Any) -> DrawPlan:
        data["weights"] = {one["object_id"]: one["weight"] for one in data["weights"]}
        data["excluded"] = {one["object_id"]: one["reason"] for one in data["excluded"]}
        return DrawPlan(**data)


class DrawObjectSchema(Schema):
    """An object of a pool."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    unit = fields.UUID(required=True)
    unit_name = fields.String(required=True)
    weight = fields.Integer(required=True)


class DrawLeftOutSchema(Schema):
    """An object that is not in the pool, and why: `rotation`, or `excluded` with a note."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    reason = fields.String(required=True, validate=validate.OneOf(["rotation", "excluded"]))
    note = fields.String(required=True)


class DrawStratumSchema(Schema):
    """A frozen pool."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    take = fields.Integer(required=True)
    objects = fields.List(fields.Nested(DrawObjectSchema), required=True)
    left_out = fields.List(fields.Nested(DrawLeftOutSchema), required=True)


class DrawFrameSchema(Schema):
    """The frozen pools; of the inspectors only how many, and how many pairs are barred."""

    over = fields.String(required=True, validate=validate.OneOf(list(Over)))
    rest_days = fields.Integer(required=True)
    strata = fields.List(fields.Nested(DrawStratumSchema), required=True)
    per_object = fields.Integer(required=True)
    inspectors_rest_days = fields.Integer(required=True)
    inspectors = fields.Integer(required=True)
    conflicts = fields.Integer(required=True)
    rotated = fields.Integer(required=True)


class DrawSummarySchema(Schema):
    """A draw in a list."""

    id = fields.UUID(required=True)
    campaign = fields.Nested(AssignmentReferenceSchema, required=True)
    from_day = fields.Date(required=True)
    to_day = fields.Date(required=True)
    state = fields.String(required=True, validate=_STATE)
    committed_at = fields.AwareDateTime(required=True)
    drawn_at = fields.AwareDateTime(required=True, allow_none=True)
    published_at = fields.AwareDateTime(required=True, allow_none=True)
    replaces_id = fields.UUID(required=True, allow_none=True)


class DrawVisitSchema(Schema):
    """An object that was drawn, with its inspectors."""

    stratum = fields.String(required=True)
    object = fields.UUID(required=True)
    name = fields.String(required=True)
    unit_name = fields.String(required=True)
    inspectors = fields.List(fields.String(), required=True)


class DrawSchema(DrawSummarySchema):
    """A draw whole: what was committed to, whether the log holds it, what was drawn."""

    entropy_source = fields.String(required=True)
    entropy = fields.String(required=True, allow_none=True)
    witness = fields.String(required=True, allow_none=True)
    secret_sha256 = fields.String(required=True)
    commitment_sha256 = fields.String(required=True)
    logged_at = fields.Integer(required=True, allow_none=True)
    reason = fields.String(required=True)
    frame = fields.Nested(DrawFrameSchema, required=True)
    visits = fields.List(fields.Nested(DrawVisitSchema), required=True)
    open_visits = fields.Integer(required=True)
    objects_sha256 = fields.String(required=True, allow_none=True)
    inspectors_sha256 = fields.String(required=True, allow_none=True)


class DrawMakeSchema(Schema):
    """The public entropy as its source published it, and who watched."""

    entropy = fields.String(required=True, validate=validate.Length(1, 4000))
    witness = fields.String(required=True, validate=_TITLE)


class DrawQuerySchema(PageQuery):
    """Filters of the list of draws."""

    campaign = fields.UUID()


class InspectorConflictSchema(Schema):
    """An inspector who is not sent to a unit; why stays with the custodians."""

    inspector = fields.Nested(AssignmentInspectorSchema, required=True)
    unit = fields.Nested(AssignmentReferenceSchema, required=True)
    declared_at = fields.AwareDateTime(required=True)


class NewInspectorConflictSchema(Schema):
    """A conflict of interest to declare."""

    inspector_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
