"""What the field forbids, no rulebook switches on (DOMAIN 0 and F): over all sections.

Shipped rulebooks are mutated, and rulebooks are made from the published schema itself: whatever is
accepted holds nothing that is forbidden.
"""

import copy
import itertools
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from anfang.campaigns.rulebook_validating import SECTIONS, check, schema
from anfang.campaigns.shipped import shipped
from support.house import import_everything

CODES = [one.code for one in shipped()]
FORBIDDEN = {
    "guard-attendance": ["签到时间", "每日打卡", "在线时长", "Check-in"],
    "guard-ranking": ["个人积分", "积分排名表", "干部积分榜"],
    "guard-tracking": ["行动轨迹", "实时定位", "GPS 坐标"],
    "guard-recognition": ["人脸识别结果"],
    "guard-recording": ["现场录音", "窃听材料", "录像文件"],
    "guard-enterprise": ["涉企行政检查次数"],
    "guard-naming": ["身份证号", "曝光个人姓名"],
}
UNSPEAKABLE = [
    "position", "track", "points_of_persons", "skip_defence", "check_in", "audio", "names",
]  # fmt: skip
WORDS = [(code, word) for code, words in FORBIDDEN.items() for word in words]


import_everything()


def _content(code: str) -> dict[str, Any]:
    return copy.deepcopy(check(next(one.text for one in shipped() if one.code == code)).content)


PARTS = [(code, section) for code in CODES for section in SECTIONS if section in _content(code)]


def _written(content: Any) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)


def _titled(value: Any) -> Iterator[dict[str, Any]]:
    """Every entry that has a title: what people fill in, count, do or are shown."""
    if isinstance(value, dict):
        if isinstance(value.get("title"), str):
            yield value
        for one in value.values():
            yield from _titled(one)
    elif isinstance(value, list):
        for one in value:
            yield from _titled(one)


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for one in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        yield from _objects(one)


@pytest.mark.parametrize("code", CODES)
def test_what_ships_is_sound(code):
    assert not check(_written(_content(code))).faults


@pytest.mark.parametrize("code", CODES)
def test_a_forbidden_thing_is_refused_by_name_and_line_wherever_a_title_stands(code):
    content = _content(code)
    meant = []
    for entry, (rail, word) in zip(_titled(content), itertools.cycle(WORDS), strict=False):
        entry["title"] = word
        meant.append((rail, word))
    text = _written(content)
    lines = text.splitlines()
    refused = Counter(
        (one.code, lines[one.line - 1].split("title: ")[-1]) for one in check(text).faults
    )
    # The rulebook's own title stands outside the sections.
    assert sum(refused.values()) >= len(meant) - 1
    assert {rail for rail, _ in refused} <= set(FORBIDDEN)


def _part(data) -> tuple[dict[str, Any], Any]:
    """One section of a shipped rulebook alone, with its head: small, so that it is read fast."""
    code, section = data.draw(st.sampled_from(PARTS))
    content = _content(code)
    head = {name: content[name] for name in ("rulebook", "code", "title", "source")}
    return {**head, section: content[section]}, content[section]


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_member_that_the_schema_does_not_know_is_refused_at_its_line(data):
    """Points for persons, positions, tracks, steps without defence: there is no word for them."""
    content, section = _part(data)
    name = data.draw(st.sampled_from(UNSPEAKABLE))
    data.draw(st.sampled_from(list(_objects(section))))[name] = True
    text = _written(content)
    lines = [text.splitlines()[one.line - 1] for one in check(text).faults]
    assert any(name in line for line in lines)


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_mistyped_title_is_refused_with_line_and_rule(data):
    content, section = _part(data)
    entries = list(_titled(section))
    assume(entries)
    data.draw(st.sampled_from(entries))["title"] = data.draw(
        st.sampled_from([1, True, None, [], "", " "])
    )
    faults = check(_written(content)).faults
    assert [one for one in faults if one.place.endswith("/title") and one.line and one.rule]


@settings(max_examples=15, deadline=None)
@given(
    section=st.sampled_from(["themes", "goals", "stages", "actors"]),
    title=st.text(min_size=1, max_size=30) | st.sampled_from([word for _, word in WORDS]),
)
def test_what_is_accepted_holds_nothing_forbidden(section, title):
    made = {"code": "one", "title": title, **({"kind": "office"} if section == "actors" else {})}
    head = {"rulebook": 1, "code": "made", "title": "手册", "source": "方案"}
    verdict = check(_written({**head, section: [made]}))
    said = json.dumps(verdict.content, ensure_ascii=False)
    assert verdict.faults or not [word for _, word in WORDS if word in said]


def test_the_schema_closes_every_object_and_describes_every_member():
    open_objects, silent = [], []
    for name, part in schema()["$defs"].items():
        for place, one in _schemas(part, name):
            if one.get("type") == "object" and "properties" in one:
                open_objects += [] if one.get("additionalProperties") is False else [place]
                silent += [
                    f"{place}/{member}"
                    for member, inner in one["properties"].items()
                    if not {"description", "$ref"} & inner.keys()
                ]
    assert not open_objects
    assert not silent


def _schemas(value: Any, place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        yield place, value
        for name, one in value.items():
            yield from _schemas(one, f"{place}/{name}")
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _schemas(one, f"{place}/{index}")


def test_no_part_of_the_schema_has_a_word_for_positions_of_staff():
    """Register columns have no position type; a site's place is the registry's own."""
    said = json.dumps(schema()).lower()
    for word in ("lat_e7", "latitude", "geolocation", "track", "online_time", "check_in"):
        assert f'"{word}"' not in said
