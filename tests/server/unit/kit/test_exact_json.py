"""Bodies are taken at their word: `"on"` is not true and 2.5 is not 2."""

import pytest
from marshmallow import Schema, fields

from anfang.kit.exact_json import misread


class Item(Schema):
    """What a nested body and a list hold."""

    shown = fields.Boolean()


class Body(Schema):
    """One field of each kind that marshmallow is generous with."""

    agreed = fields.Boolean(allow_none=True)
    count = fields.Integer(data_key="how_many")
    share = fields.Float()
    name = fields.String()
    item = fields.Nested(Item)
    items = fields.List(fields.Nested(Item))
    places = fields.List(fields.Integer())


@pytest.mark.parametrize(
    "body",
    [
        {"agreed": True, "how_many": 2, "share": 0.5, "name": "甲"},
        {"agreed": None, "how_many": 2.0, "share": 1},
        {"item": {"shown": False}, "items": [{"shown": True}], "places": [1, 2]},
        {"unknown": "on", "count": "not its name here"},
        "what is no object is the schema's to refuse",
        {"items": "so is what is no list"},
    ],
)
def test_what_is_meant_passes(body):
    assert misread(Body(), body) == {}


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ({"agreed": 1}, {"agreed"}),
        ({"agreed": "true"}, {"agreed"}),
        ({"how_many": 2.5}, {"how_many"}),
        ({"how_many": "2"}, {"how_many"}),
        ({"how_many": True}, {"how_many"}),
        ({"share": float("nan")}, {"share"}),
        ({"share": "1"}, {"share"}),
        ({"item": {"shown": 0}, "name": "甲"}, {"item"}),
    ],
)
def test_what_would_be_kept_as_something_else_is_named(body, places):
    assert set(misread(Body(), body)) == places


def test_places_in_lists_are_named():
    body = {"items": [{"shown": True}, {"shown": "on"}], "places": [1, "2", 3.5]}
    found = misread(Body(), body)
    assert set(found["items"]) == {1}
    assert set(found["places"]) == {1, 2}
    assert set(misread(Item(many=True), [{"shown": True}, {"shown": 1}])) == {1}
