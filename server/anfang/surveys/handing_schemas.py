"""Wire forms of handing out: raters, tokens, messages, ballots on paper."""

from typing import Any, Final

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from anfang.kit.i18n import LOCALES
from anfang.kit.pages import PageQuery
from anfang.kit.validation import some_text
from anfang.surveys.models import Channel, PaperState
from anfang.surveys.schemas import CODE

_MOST_AT_ONCE: Final = 400
_NUMBER: Final = validate.Range(1, 1_000_000)


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

    group = fields.String(required=True, validate=CODE)
    limit = fields.Integer(
        load_default=_MOST_AT_ONCE, strict=True, validate=validate.Range(1, _MOST_AT_ONCE)
    )


class SurveyMessagesSchema(Schema):
    """To whom messages go."""

    group = fields.String(required=True, validate=CODE)


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

    group = fields.String(required=True, validate=CODE)
    count = fields.Integer(required=True, strict=True, validate=validate.Range(1, _MOST_AT_ONCE))


class SurveyPaperNumbersSchema(Schema):
    """The numbers that were handed out."""

    numbers = fields.List(fields.Integer(), required=True)


class SurveyPaperSheetsQuerySchema(Schema):
    """Which paper ballots are printed, and in which language."""

    group = fields.String(required=True, validate=CODE)
    first = fields.Integer(required=True, validate=_NUMBER)
    last = fields.Integer(required=True, validate=_NUMBER)
    lang = fields.String(load_default=None, validate=validate.OneOf(LOCALES))

    @validates_schema
    def _not_too_many(self, data: dict[str, Any], **_: Any) -> None:
        if not 0 <= data["last"] - data["first"] < _MOST_AT_ONCE:
            raise ValidationError({"last": [f"first … first + {_MOST_AT_ONCE - 1}"]})


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

    number = fields.Integer(required=True, strict=True, validate=_NUMBER)
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

    reason = fields.String(required=True, validate=some_text(2000))
