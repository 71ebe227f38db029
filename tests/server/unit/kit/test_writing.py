"""Lists written by schemas that are read once: to the letter what marshmallow writes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from uuid import UUID

import pytest
from marshmallow import Schema, fields

import anfang.app  # noqa: F401 -- brings every schema in
from anfang.kit.writing import QuicklyWritten


class Colour(StrEnum):
    RED = "red"


@dataclass
class Place:
    id: object
    name: object


class PlaceSchema(Schema):
    id = fields.UUID()
    name = fields.String()


class Shouted(fields.String):
    def _serialize(self, value, attr, obj, **kwargs):
        return f"{value}!"


class LineSchema(Schema):
    text = fields.String(data_key="said")
    other = fields.String(attribute="name")
    deep = fields.String(attribute="place.name")
    shouted = fields.List(Shouted())
    number = fields.Integer()
    written_number = fields.Integer(as_string=True)
    share = fields.Float()
    yes = fields.Boolean()
    moment = fields.AwareDateTime()
    other_moment = fields.AwareDateTime(format="%d.%m.%Y")
    day = fields.Date()
    place = fields.Nested(PlaceSchema)
    places = fields.Nested(PlaceSchema(many=True))
    listed = fields.List(fields.Nested(PlaceSchema, only=("name",)))
    days = fields.List(fields.Date())
    raw = fields.Raw()
    words = fields.Dict(keys=fields.String(), values=fields.Integer())
    counted = fields.Function(lambda line: len(line))
    always = fields.String(dump_default="there")
    secret = fields.String(load_only=True)


class PageSchema(QuicklyWritten):
    items = fields.List(fields.Nested(LineSchema))


class SlowPageSchema(Schema):
    items = fields.List(fields.Nested(LineSchema))


AT = datetime(2026, 11, 22, 8, 15, 30, 250_000, tzinfo=UTC)
HOUSE = {"id": UUID(int=7), "name": "甲"}
FULL = {
    "text": "窗口", "name": Colour.RED, "place": HOUSE, "shouted": ["a", "b"], "number": "12",
    "written_number": 12, "share": 0.5, "yes": True, "moment": AT, "other_moment": AT, "day": AT,
    "places": [HOUSE, Place(UUID(int=8), 5)], "listed": [HOUSE, None], "days": [date.max, None],
    "raw": {"a": [1]}, "words": {"a": 1}, "secret": "no",
}  # fmt: skip
LINES = [
    FULL,
    {},
    dict.fromkeys(FULL),
    {"text": b"\xe7\x94\xb2", "place": Place(None, None), "yes": "on", "always": "here"},
]


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_what_marshmallow_writes(line):
    assert PageSchema().dump({"items": [line]}) == SlowPageSchema().dump({"items": [line]})


def test_several_are_what_marshmallow_writes():
    pages = [{"items": LINES}, {"items": None}]
    assert PageSchema(many=True).dump(pages) == SlowPageSchema(many=True).dump(pages)
    assert PageSchema().dump(pages, many=True) == SlowPageSchema().dump(pages, many=True)


def test_a_word_of_a_list_is_written_as_text():
    written = PageSchema().dump({"items": [FULL]})
    assert type(written["items"][0]["other"]) is str


def test_no_schema_of_the_product_has_hooks_that_would_not_run():
    assert [one.__name__ for one in _inheriting(Schema) if _runs_hooks(one)] == []


def _inheriting(kind):
    for one in kind.__subclasses__():
        yield one
        yield from _inheriting(one)


def _runs_hooks(schema):
    return schema.__module__.startswith("anfang.") and bool(
        {"pre_dump", "post_dump"} & {name for name, found in schema._hooks.items() if found}
    )
