"""Wire forms of surveys."""

from typing import Any, Final

from marshmallow import Schema, fields, post_load, validate

from anfang.kit.pages import PageQuery
from anfang.surveys.form import SMALLEST_GROUP, Form, read_form
from anfang.surveys.models import Channel, PaperState, RoundState
from anfang.surveys.results import Standing

_CODE: Final = validate.Regexp(r"[a-z0-9][a-z0-9-]{0,39}\Z")
_TITLE: Final = validate.Length(1, 120)
_TEXT: Final = validate.Length(max=2000)
_SAYS: Final = validate.Regexp(r"(?s)\s*\S.{0,1999}")
_MOST: Final = 60
_MOST_AT_ONCE: Final = 400


class SurveyQuestionSchema(Schema):
    """A question; `decides`: its answers make the dissatisfied share."""

    code = fields.String(required=True, validate=_CODE)
    title = fields.String(required=True, validate=_TITLE)
    title_en = fields.String(load_default="", validate=validate.Length(max=200))
    decides = fields.Boolean(load_default=False)


class SurveyOptionSchema(Schema):
    """A step of the scale; without points it says nothing about the unit."""

    code = fields.String(required=True, validate=_CODE)
    title = fields.String(required=True, validate=_TITLE)
    title_en = fields.String(load_default="", validate=validate.Length(max=200))
    points = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(0, 100)
    )
    dissatisfied = fields.Boolean(load_default=False)


class SurveyGroupSchema(Schema):
    """Raters of one kind; without a quota everybody in the frame is asked."""

    code = fields.String(required=True, validate=_CODE)
    title = fields.String(required=True, validate=_TITLE)
    title_en = fields.String(load_default="", validate=validate.Length(max=200))
    quota = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 10_000)
    )


class SurveyPanelSchema(Schema):
    """Which groups judge which units."""

    groups = fields.List(
        fields.String(validate=_CODE), required=True, validate=validate.Length(1, _MOST)
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
    code = fields.String(required=True, validate=_CODE)
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


class SurveyRaterQuerySchema(PageQuery):
    """What narrows the raters."""

    group = fields.String(load_default=None)
    drawn = fields.Boolean(load_default=None)


class SurveyRaterSchema(Schema):
    """A rater under its number; whether it has answered is not told."""

    number = fields.String(required=True)
    group = fields.String(required=True)
    stratum = fields.String(required=True)
    drawn = fields.Boolean(required=True)
    channel = fields.String(required=True, validate=validate.OneOf([one.value for one in Channel]))
    failure = fields.String(required=True, allow_none=True)


class SurveyHandingOutSchema(Schema):
    """To whom tokens are handed out, and to how many at once."""

    group = fields.String(required=True, validate=_CODE)
    limit = fields.Integer(
        load_default=_MOST_AT_ONCE, strict=True, validate=validate.Range(1, _MOST_AT_ONCE)
    )


class SurveyMessagesSchema(Schema):
    """To whom messages go."""

    group = fields.String(required=True, validate=_CODE)


class SurveyMessagesQueuedSchema(Schema):
    """How many messages will be sent."""

    queued = fields.Integer(required=True)


class SurveyTokenSchema(Schema):
    """A token, told once."""

    number = fields.String(required=True)
    code = fields.String(required=True)
    url = fields.String(required=True)


class SurveyPaperIssueSchema(Schema):
    """How many paper ballots a group gets."""

    group = fields.String(required=True, validate=_CODE)
    count = fields.Integer(required=True, strict=True, validate=validate.Range(1, _MOST_AT_ONCE))


class SurveyPaperNumbersSchema(Schema):
    """The numbers that were handed out."""

    numbers = fields.List(fields.Integer(), required=True)


class SurveyPaperQuerySchema(PageQuery):
    """What narrows the paper ballots."""

    state = fields.String(
        load_default=None, validate=validate.OneOf([one.value for one in PaperState])
    )


class SurveyPaperSchema(Schema):
    """A paper ballot; what stands on it is not told."""

    number = fields.Integer(required=True)
    group = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf([one.value for one in PaperState]))


class SurveyPaperEntrySchema(Schema):
    """What somebody reads on a paper ballot: option by question by unit id."""

    number = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1_000_000))
    marks = fields.Dict(
        keys=fields.UUID(),
        values=fields.Dict(keys=fields.String(), values=fields.String()),
        required=True,
    )

    @post_load
    def _entry(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**data, "marks": {str(unit): one for unit, one in data["marks"].items()}}


class SurveyDifferenceSchema(Schema):
    """A place that two people read differently; an empty option is a blank."""

    unit = fields.UUID(required=True)
    question = fields.String(required=True)
    first = fields.String(required=True)
    second = fields.String(required=True)


class SurveyDifferencesSchema(Schema):
    """What a third look decides."""

    number = fields.Integer(required=True)
    group = fields.String(required=True)
    differences = fields.List(fields.Nested(SurveyDifferenceSchema), required=True)


class SurveyDecidedSchema(Schema):
    """What stands at one place."""

    unit = fields.UUID(required=True)
    question = fields.String(required=True)
    option = fields.String(required=True)

    @post_load
    def _decided(self, data: dict[str, Any], **_: Any) -> dict[str, str]:
        return {**data, "unit": str(data["unit"])}


class SurveySettlementSchema(Schema):
    """What the third look found, for every difference."""

    decided = fields.List(
        fields.Nested(SurveyDecidedSchema), required=True, validate=validate.Length(max=2000)
    )


class SurveySpoilingSchema(Schema):
    """Why a paper ballot does not count."""

    reason = fields.String(required=True, validate=_SAYS)


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
