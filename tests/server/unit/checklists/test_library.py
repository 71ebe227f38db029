"""The checklists that come with the product."""

import pytest

from anfang.checklists.items import faults
from anfang.checklists.library import CODES, library, shipped
from anfang.checklists.schemas import ChecklistItemSchema


def test_every_file_of_the_library_is_offered():
    assert [entry.code for entry in library()] == list(CODES)
    with pytest.raises(KeyError):
        shipped("../../secrets")


@pytest.mark.parametrize("code", CODES)
def test_points_add_up_to_a_hundred_and_every_item_is_well_formed(code):
    items = list(shipped(code).items)
    assert sum(item["points"] for item in items) == 100
    assert ChecklistItemSchema(many=True).validate(items) == {}
    assert faults(items) == {}


@pytest.mark.parametrize("code", CODES)
def test_every_text_is_there_in_both_languages(code):
    entry = shipped(code)
    assert entry.title
    assert entry.title_en
    for item in entry.items:
        assert item["text_en"].isascii() or "–" in item["text_en"]
        assert not item["text"].isascii()
        for option in item.get("options", ()):
            assert option["label"]
            assert option["label_en"]


def test_veto_items_and_weights_are_those_of_the_trade():
    vetoes = {e.code: {i["id"] for i in e.items if i["veto"]} for e in library()}
    assert vetoes == {
        "taxi": {"accept", "meter", "fare", "route", "no_sharing"},
        "window": {"no_outside_fees", "no_favours"},
        "office": {"no_gambling_drinking"},
    }


def test_a_photo_is_asked_for_on_failure_only():
    """Nobody photographs what is in order, and in a moving taxi the driver is not distracted."""
    assert {i["photo"] for e in library() for i in e.items} == {"never", "on_fail"}
    driving = {"safe_driving", "no_smoking_phone", "route", "manners"}
    assert {i["photo"] for i in shipped("taxi").items if i["id"] in driving} == {"never"}
