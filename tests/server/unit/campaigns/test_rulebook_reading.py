"""A rulebook's text: what is read, where it stands, what is refused before anything is believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anfang.campaigns.rulebook_editing import with_section
from anfang.campaigns.rulebook_reading import LARGEST_TEXT, Mark, UnreadableError, read


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: &x [1, 2]\nb: *x\n", "alias", 2),
        ("a: 1\nb: 2\na: 3\n", "key-twice", 3),
        ("a: !!python/object/apply:os.system [ls]\n", "tag", 1),
        ("a: 1\n---\nb: 2\n", "documents", 2),
        ("[" * 200, "too-deep", 1),
        ("? [1]\n: b\n", "key-no-text", 1),
        ("1: b\n", "key-no-text", 1),
        ("a: 1\nb: 'open\n", "syntax", 3),
        ("a: \x07\n", "syntax", 1),
        ("# nothing\n", "empty", 1),
        ("a: " + "x" * LARGEST_TEXT, "too-large", 1),
    ],
)
def test_a_text_is_refused_with_its_line(text, code, line):
    with pytest.raises(UnreadableError) as refused:
        read(text)
    assert (refused.value.code, refused.value.mark.line) == (code, line)


def test_words_that_older_yaml_turns_into_something_else_stay_texts():
    text = "a: [no, yes, on, 12:30, 2010-12-12, 0o17, '5', 010, 1e3]\n"
    assert read(text).value["a"][:6] == ["no", "yes", "on", "12:30", "2010-12-12", "0o17"]
    assert read(text).value["a"][6:] == ["5", 10, "1e3"]


def test_every_member_knows_where_it_stands():
    document = read("a: 1\nlist:\n  - code: x\n    title: 名\n")
    assert document.mark(("list", 0, "title")) == Mark(4, 5)
    assert document.mark(("list", 0, "missing")) == Mark(3, 5)


_TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp"]),
    min_size=1, max_size=20,
).filter(lambda text: not {"\ufeff", "\xa0"} & set(text))  # fmt: skip
_VALUES = st.recursive(
    st.booleans() | st.integers(-(10**9), 10**9) | _TEXTS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(before=_VALUES, after=_VALUES, other=_VALUES)
def test_an_edited_section_says_what_was_meant_and_the_others_what_they_said(before, after, other):
    text = with_section("rulebook: 1\n", "first", before)
    text = with_section(text, "second", other)
    edited = with_section(text, "first", after)
    assert read(edited).value == {"rulebook": 1, "first": after, "second": other}
