import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from anfang.kit import jcs

VECTORS = json.loads((Path(__file__).parents[3] / "vectors" / "jcs.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS["canonical"], ids=lambda vector: vector["name"])
def test_canonical_form(vector):
    document = jcs.loads(vector["json"].encode())
    assert jcs.canonical(document).decode() == vector["canonical"]


def test_names_sort_as_rfc8785_prints_them():
    canonical = VECTORS["canonical"][0]["canonical"]
    assert list(json.loads(canonical)) == ["\r", "1", "\u0080", "ö", "€", "😀", "\ufb33"]


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda vector: vector["name"])
def test_strict_reading_refuses(vector):
    with pytest.raises(jcs.StrictJsonError) as refusal:
        jcs.loads(vector["json"].encode())
    assert refusal.value.reason == vector["reason"]


@pytest.mark.parametrize("value", [{1: 2}, b"x", 2**53, float("nan"), "\ud800"])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(jcs.StrictJsonError):
        jcs.canonical(value)


VALUES = st.one_of(st.integers(-(2**53) + 1, 2**53 - 1), st.text(st.characters(codec="utf-8")))
NAMES = st.text(st.characters(codec="utf-8"), max_size=4)


@given(st.dictionaries(NAMES, VALUES), st.dictionaries(NAMES, st.lists(VALUES)))
@example({"\ufb33": 1}, {"😀": []})
def test_pieces_are_the_same_text_as_the_whole(members, arrays):
    members = {name: value for name, value in members.items() if name not in arrays}
    pieces = jcs.canonical_pieces(members, **{name: iter(of) for name, of in arrays.items()})
    assert b"".join(pieces) == jcs.canonical({**members, **arrays})
