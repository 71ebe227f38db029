"""发文字号: one way to write it, many ways to type it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anfang.documents.numbering import NoticeNumber, format_number, parse_number


def test_the_year_stands_in_hexagonal_brackets_and_the_serial_without_zeros():
    assert format_number("甲整办通", 2026, 3) == "甲整办通〔2026〕3号"


@pytest.mark.parametrize(
    "typed",
    [
        "甲整办通〔2026〕3号",
        "甲整办通[2026]3号",
        " 甲整办通【２０２６】第 ０３ 号",
        "甲整办通（2026）3",
        "甲整办通(2026)3号 ",
    ],
)
def test_what_people_type_is_read_as_the_same_number(typed):
    assert parse_number(typed) == NoticeNumber("甲整办通", 2026, 3)


@pytest.mark.parametrize(
    "text",
    ["", "甲整办通", "〔2026〕3号", "甲整办通〔26〕3号", "甲整办通〔2026〕0号", "3号〔2026〕"],
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match=r"number|serial"):
        parse_number(text)


@pytest.mark.parametrize(
    ("organ", "year", "serial"), [("", 2026, 1), ("甲2", 2026, 1), ("甲", 26, 1)]
)
def test_impossible_numbers_cannot_be_made(organ, year, serial):
    with pytest.raises(ValueError, match=r"organ|year"):
        format_number(organ, year, serial)


organs = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=8)


@given(
    organs.filter(lambda organ: not organ.endswith("第")),
    st.integers(1000, 9999),
    st.integers(1, 10**8),
)
def test_reading_undoes_writing(organ, year, serial):
    assert parse_number(format_number(organ, year, serial)) == NoticeNumber(organ, year, serial)
