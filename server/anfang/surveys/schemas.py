"""Wire forms of surveys: rounds, their forms and frames, progress, results."""

from typing import Any, Final

from marshmallow import Schema, fields, post_load, validate

from anfang.kit.pages import PageQuery
from anfang.surveys.form import SMALLEST_GROUP, Form, read_form
from anfang.surveys.models import RoundState
from anfang.surveys.results import Standing

CODE: Final = validate.Regexp(r"[a-z0-9][a-z0-9-]{0,39}\Z")
_TITLE: Final = validate.Length(1, 120)
_TEXT: Final = validate.Length(max=2000)
_MOST: Final = 60


class SurveyQuestionSchema(Schema):
    """A question; `decides`: its answers make the dissatisfied share."""

    code = fields.String(required=True, validate=CODE)
    title = fields.String(required=True, validate=_TITLE)
    title_en = fields.String(load_default="", validate=validate.Length(max=200))
    decides = fields.Boolean(load_default=False)


class SurveyOptionSchema(Schema):
    """A step of the scale; without points it says nothing about the unit."""

    code = fields.String(required=True, validate=CODE)
    title = fields.String(required=True, validate=_TITLE)
    title_en = fields.String(load_default="", validate=validate.Length(max=200))
    points = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(0, 100)
    )
    dissatisfied = fields.Boolean(load_default=False)


class SurveyGroupSchema(Schema):
    """Raters of one kind; without a quota everybody in the frame is asked."""

    code = fields.String(required=True, validate=CODE)
    title = fields.String(required=True, validate=_TITLE)
    title_en = fields.String(load_default="", validate=validate.Length(max=200))
    quota = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 10_000)
    )


class SurveyPanelSchema(Schema):
    """Which groups judge which units."""

    groups = fields.List(
        fields.String(validate=CODE), required=True, validate=validate.Length(1, _MOST)
    )
    units = fields.List(fields.UUID(), required=True, validate=validate.Length(max=500))


class SurveyFormSchema(Schema):
    """What is asked of whom about which units."""

    questions = fields.List(
        fields.Nested(SurveyQuestionSchema), required=True, validate=validate.Length(max=_MOST)
    )
    scale = fields.List(
        fields.Nested(SurveyOptionSchema), required=True, validate=validate.Length(max=12)
    )
    groups = fields.List(
        fields.Nested(SurveyGroupSchema), required=True, validate=validate.Length(max=_MOST)
    )
    panels = fields.List(
        fields.Nested(SurveyPanelSchema), required=True, validate=validate.Length(max=_MOST)
    )
    smallest_group = fields.Integer(
        load_default=SMALLEST_GROUP, strict=True, validate=validate.Range(SMALLEST_GROUP, 100)
    )
    reopen_above_percent = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 99)
    )
    intro = fields.String(load_default="", validate=_TEXT)
    intro_en = fields.String(load_default="", validate=_TEXT)

    @post_load
    def _form(self, data: dict[str, Any], **_: Any) -> Form:
        return read_form(data)


class SurveyPlanSchema(Schema):
    """A round that the rulebook plans; `round_id` once it is set up."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    until = fields.Date(required=True, allow_none=True)
    round_id = fields.UUID(required=True, allow_none=True)


class SurveyPlansSchema(Schema):
    """The rulebook's rounds."""

    items = fields.List(fields.Nested(SurveyPlanSchema), required=True)


class NewSurveyRoundSchema(Schema):
    """A round: by the rulebook's plan of this code, or with a title and form of its own."""

    campaign_id = fields.UUID(required=True)
    code = fields.String(required=True, validate=CODE)
    title = fields.String(validate=_TITLE)
    form = fields.Nested(SurveyFormSchema)


class SurveyRoundChangeSchema(Schema):
    """What changes of a round."""

    title = fields.String(validate=_TITLE)
    form = fields.Nested(SurveyFormSchema)
    closes_at = fields.AwareDateTime()


class SurveyRoundQuerySchema(PageQuery):
    """What narrows the rounds."""

    campaign = fields.UUID(load_default=None)


class SurveyRoundItemSchema(Schema):
    """A round in a list."""

    id = fields.UUID(required=True)
    campaign_id = fields.UUID(required=True)
    code = fields.String(required=True)
    title = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf([one.value for one in RoundState]))
    closes_at = fields.AwareDateTime(required=True, allow_none=True)
    opened_at = fields.AwareDateTime(required=True, allow_none=True)
    closed_at = fields.AwareDateTime(required=True, allow_none=True)


class SurveyUnitSchema(Schema):
    """A unit by id, name and category."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    category = fields.String(required=True)


class SurveyRoundSchema(SurveyRoundItemSchema):
    """A round with its form, the units that it names, and what the log holds of it.

    `drawn`: whether the sample is settled; `draws`: whether one has to be drawn.
    """

    form = fields.Nested(SurveyFormSchema, required=True)
    units = fields.List(fields.Nested(SurveyUnitSchema), required=True)
    draws = fields.Boolean(required=True)
    drawn = fields.Boolean(required=True)
    frame_sha256 = fields.String(required=True, allow_none=True)
    sample_sha256 = fields.String(required=True, allow_none=True)
    box_sha256 = fields.String(required=True, allow_none=True)
    entropy = fields.String(required=True, allow_none=True)
    witness = fields.String(required=True, allow_none=True)
    approved_at = fields.AwareDateTime(required=True, allow_none=True)
    published_at = fields.AwareDateTime(required=True, allow_none=True)
    revision = fields.Integer(required=True)


class SurveySampleSchema(Schema):
    """What anyone needs to repeat a draw; `repeats`: done anew, it gives the same sample."""

    commitment = fields.Dict(required=True)
    secret = fields.String(required=True)
    entropy = fields.String(required=True)
    witness = fields.String(required=True)
    sample = fields.List(fields.String(), required=True)
    repeats = fields.Boolean(required=True)


class SurveyDrawSchema(Schema):
    """Public entropy, exactly as it was published, and who watched."""

    entropy = fields.String(required=True, validate=validate.Length(1, 400))
    witness = fields.String(required=True, validate=_TITLE)


class SurveyCloseSchema(Schema):
    """Why a round is closed before its hour."""

    reason = fields.String(load_default="", validate=_TEXT)


class SurveyFaultSchema(Schema):
    """What is wrong with a row; row 0 is the sheet as a whole."""

    row = fields.Integer(required=True)
    column = fields.String(required=True, allow_none=True)
    code = fields.String(required=True)
    text = fields.String(required=True)


class SurveyFrameSchema(Schema):
    """What a frame's sheet holds; with a fault nothing of it is taken."""

    raters = fields.Integer(required=True)
    contacts = fields.Integer(required=True)
    groups = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    faults = fields.List(fields.Nested(SurveyFaultSchema), required=True)
    digest = fields.String(required=True)
    done = fields.Boolean(required=True)


class SurveyGroupProgressSchema(Schema):
    """How far a group is. Answers themselves are not told while a round is open."""

    group = fields.String(required=True)
    title = fields.String(required=True)
    frame = fields.Integer(required=True)
    sample = fields.Integer(required=True)
    issued = fields.Integer(required=True)
    used = fields.Integer(required=True)
    void = fields.Integer(required=True)
    paper = fields.Integer(required=True)
    paper_counted = fields.Integer(required=True)
    paper_spoilt = fields.Integer(required=True)


class SurveyProgressSchema(Schema):
    """Response counts by group."""

    groups = fields.List(fields.Nested(SurveyGroupProgressSchema), required=True)


class SurveyShareSchema(Schema):
    """A share, 0 to 1, with the bounds of its 95 % confidence interval (Wilson)."""

    count = fields.Integer(required=True)
    of = fields.Integer(required=True)
    share = fields.Float(required=True)
    low = fields.Float(required=True)
    high = fields.Float(required=True)


class SurveyCellSchema(Schema):
    """A figure; `mean` is 0 to 100, absent where nobody answered: that is no praise."""

    standing = fields.Enum(Standing, by_value=True, required=True)
    count = fields.Integer(required=True)
    rated = fields.Integer(required=True)
    mean = fields.Float(required=True, allow_none=True)
    options = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    dissatisfied = fields.Nested(SurveyShareSchema, required=True, allow_none=True)


class SurveyQuestionResultSchema(Schema):
    """A question's figures: of all groups, and of each that is told."""

    question = fields.String(required=True)
    total = fields.Nested(SurveyCellSchema, required=True)
    groups = fields.Dict(
        keys=fields.String(), values=fields.Nested(SurveyCellSchema), required=True
    )


class SurveyUnitResultSchema(Schema):
    """A unit's figures; `case_id` of the case in which its rectification goes on."""

    unit = fields.Nested(SurveyUnitSchema, required=True)
    ballots = fields.Integer(required=True)
    deciding = fields.Nested(SurveyCellSchema, required=True)
    questions = fields.List(fields.Nested(SurveyQuestionResultSchema), required=True)
    case_id = fields.UUID(required=True, allow_none=True)


class SurveyResultsSchema(Schema):
    """A closed round's results, units by category and code: this is no ranking."""

    units = fields.List(fields.Nested(SurveyUnitResultSchema), required=True)
