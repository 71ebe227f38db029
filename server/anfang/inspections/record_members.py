"""Members of a record, in clear and disclosed: types and bounds of PROTOCOL §4. Pure.

Well-formedness only: whether a campaign exists or an answer is in range is compared later and
flagged. An id, hash, time or number that is none is refused, and so is a member that version 1 does
not know: what a protected pack shows must not carry more than the page says.
"""

import itertools
import re
from collections.abc import Mapping
from functools import cache, partial
from typing import Any, Final

from marshmallow import Schema, ValidationError, fields, validate

from anfang.kit.clock import parse_rfc3339

_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_UUID4: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z", re.ASCII)

_LAT_MAX: Final = 900_000_000
_LON_MAX: Final = 1_800_000_000
_LARGEST: Final = 2**53 - 1


class _Text(fields.Field[str]):
    """A JSON string that matches `pattern` whole, and means a time or day if it says so."""

    def __init__(self, pattern: re.Pattern[str] | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.pattern = pattern

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        if not isinstance(value, str):
            raise ValidationError("not-a-string")
        if self.pattern is not None and not self.pattern.fullmatch(value):
            raise ValidationError("wrong-form")
        if self.pattern in (_DAY, _MOMENT) and not _is_time(value):
            raise ValidationError("no-such-time")
        return value


class _Whole(fields.Field[int]):
    """A JSON integer (a boolean is none) within bounds."""

    def __init__(self, low: int = 0, high: int = _LARGEST, **options: Any) -> None:
        super().__init__(**options)
        self.low, self.high = low, high

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValidationError("not-an-integer")
        if not self.low <= value <= self.high:
            raise ValidationError("out-of-bounds")
        return value


class _AnswerValue(fields.Field[Any]):
    """A string, an integer ×10^scale, or a list of strings."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return value
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise ValidationError("not-an-answer")
        return value


class _PrivateNotes(fields.Field[Any]):
    """Free notes: a string, or an object of the phone's choice; the page names no members."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if not isinstance(value, str | dict):
            raise ValidationError("not-notes")
        return value


_some_text = partial(_Text, allow_none=True)
_some_hash = partial(_Text, _HASH, allow_none=True)
_some_id = partial(_Text, _UUID, allow_none=True)
_some_moment = partial(_Text, _MOMENT, allow_none=True)
_some_whole = partial(_Whole, allow_none=True)
_latitude = partial(_Whole, -_LAT_MAX, _LAT_MAX)
_longitude = partial(_Whole, -_LON_MAX, _LON_MAX)


def _ascending(hashes: list[str]) -> None:
    if any(later <= earlier for earlier, later in itertools.pairwise(hashes)):
        raise ValidationError("not-ascending")


class _Members(Schema):
    error_messages = {"unknown": "unknown", "type": "not-an-object"}  # noqa: RUF012


class ClearSchema(_Members):
    """What everybody sees; every member is there, null or not."""

    v = _Whole(1, 1, required=True)
    id = _Text(_UUID4, required=True)
    campaign = _Text(_UUID, required=True)
    checklist = _Text(_UUID, required=True)
    unit = _some_id(required=True)
    supersedes = _some_hash(required=True)
    media = fields.List(_Text(_HASH), required=True, validate=_ascending)


class _VisitSchema(_Members):
    outcome = _Text(required=True, validate=validate.OneOf(["done", "not_possible", "withdrawn"]))
    reason = _some_text()


class _SubjectSchema(_Members):
    kind = _some_text()
    label = _some_text()


class _AnswerSchema(_Members):
    item = _Text(required=True)
    value = _AnswerValue(required=True)


class _RemarkSchema(_Members):
    item = _some_text()
    text = _some_text()
    media = fields.List(_Text(_HASH), allow_none=True)


class _FixSchema(_Members):
    lat_e7 = _latitude(required=True)
    lon_e7 = _longitude(required=True)
    accuracy_m = _some_whole()
    source = _some_text(validate=validate.OneOf(["gps", "manual"]))
    at = _some_moment()


class _PlaceSchema(_FixSchema):
    measured = fields.Nested(_FixSchema, allow_none=True)


class _NoPlaceSchema(_Members):
    reason = _Text(required=True)


class _Place(fields.Field[Any]):
    """A position, or the reason why there is none."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        schema = _NoPlaceSchema if isinstance(value, dict) and "reason" in value else _PlaceSchema
        if faults := schema().validate(value):
            raise ValidationError(faults)
        return value


class _ClockSchema(_Members):
    started_at = _some_moment()
    ended_at = _some_moment()
    submitted_at = _some_moment()
    monotonic_ms = _some_whole()


class _RideSchema(_Members):
    from_ = _some_text(data_key="from")
    to = _some_text()
    distance_m = _some_whole()
    duration_s = _some_whole()
    fare_paid = _some_whole()
    fare_expected = _some_whole()


class _MediaDetailSchema(_Members):
    sha256 = _Text(_HASH, required=True)
    bytes = _some_whole()
    mime = _some_text()
    item = _some_text()
    captured_at = _some_moment()
    lat_e7 = _latitude(allow_none=True)
    lon_e7 = _longitude(allow_none=True)
    accuracy_m = _some_whole()
    source = _some_text(validate=validate.OneOf(["camera", "file"]))


class _OriginSchema(_Members):
    assignment = _some_id()
    ticket = _some_text()
    app = _some_text()
    user_agent = _some_text()
    key_protection = _some_text()


class DisclosedSchema(_Members):
    """The disclosed members; each may be null, because nobody may be forced to invent."""

    day = _Text(_DAY, allow_none=True)
    visit = fields.Nested(_VisitSchema, allow_none=True)
    site = _some_id()
    subject = fields.Nested(_SubjectSchema, allow_none=True)
    private = _PrivateNotes(allow_none=True)
    answers = fields.List(fields.Nested(_AnswerSchema), allow_none=True)
    remarks = fields.List(fields.Nested(_RemarkSchema), allow_none=True)
    place = _Place(allow_none=True)
    clock = fields.Nested(_ClockSchema, allow_none=True)
    ride = fields.Nested(_RideSchema, allow_none=True)
    media_details = fields.List(fields.Nested(_MediaDetailSchema), allow_none=True)
    origin = fields.Nested(_OriginSchema, allow_none=True)
    note = _some_text()


DISCLOSURES: Final = tuple(DisclosedSchema().fields)
"""The thirteen, in the page's order."""


def faults_of(schema: type[Schema], members: Mapping[str, Any]) -> dict[str, str]:
    """Return what is not well-formed: JSON pointer → reason; empty if all is well."""
    return dict(_pointed(_made(schema).validate(members), ""))


@cache
def _made(schema: type[Schema]) -> Schema:
    # Once: each time, marshmallow copies every field, those of nested schemas as well.
    return schema()


def _pointed(faults: Any, path: str) -> list[tuple[str, str]]:
    if isinstance(faults, dict):
        return [
            found for name, inner in faults.items() for found in _pointed(inner, f"{path}/{name}")
        ]
    return [(path, str(faults[0] if isinstance(faults, list) else faults))]


def _is_time(text: str) -> bool:
    try:
        parse_rfc3339(text if "T" in text else f"{text}T00:00:00Z")
    except ValueError:
        return False
    return True
