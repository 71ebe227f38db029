"""Receipt codes, and what in a text tells who wrote it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anfang.complaints import receipts
from anfang.complaints.redacting import BLOT, blotted, hints_of, shows_person
from anfang.complaints.words import Hint


def test_codes_are_sixteen_digits_that_nobody_foresees():
    forms = [receipts.new_form() for _ in range(2000)]
    codes = [receipts.code_of(form) for form in forms]
    assert all(receipts.is_form(form) for form in forms)
    assert len(set(codes)) == len(codes)
    assert all(len(code) == 16 and code.isdigit() for code in codes)
    shares = [
        sum(code[place] == digit for code in codes) for place in range(16) for digit in "0123456789"
    ]
    assert min(shares) > 120  # of 200 expected
    assert max(shares) < 280


def test_a_code_has_one_hash_however_it_is_typed_and_another_under_another_salt():
    salt = receipts.new_salt()
    code = receipts.code_of(receipts.new_form())
    typed = (code, receipts.grouped(code), code[:8] + "-" + code[8:], f" {code}\n")
    assert len({receipts.hash_of(one, salt) for one in typed}) == 1
    assert receipts.hash_of(code, salt) != receipts.hash_of(code, receipts.new_salt())


@pytest.mark.parametrize("text", ["", "x", "a" * 42, "a" * 44, "é" * 43, "=" * 43])
def test_what_is_no_form_is_seen(text):
    assert not receipts.is_form(text)


@given(
    st.text("甲乙丙丁 0123456789-", min_size=2, max_size=12).filter(
        lambda one: len(one.replace(" ", "").replace("-", "")) >= 2
    ),
    st.text(max_size=20),
    st.text(max_size=20),
)
def test_what_a_complainant_gave_is_blotted_wherever_it_stands(value, before, after):
    text, held = blotted(before + value + after, {"name": value})
    assert held
    assert value not in text
    assert BLOT in text


@pytest.mark.parametrize("written", ["13800001234", "138 0000 1234", "138-0000-1234"])
def test_a_number_is_blotted_with_its_spaces_and_dashes(written):
    assert blotted(f"打{written}找我", {"phone": "138 00001234"}) == (f"打{BLOT}找我", True)


def test_what_was_not_given_is_let_stand():
    said = "窗口没有人，电话 12345 打不通。"
    assert blotted(said, {"name": "甲乙", "phone": "13800001234"}) == (said, False)
    assert hints_of(said) == []
    assert not shows_person(said)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("打13800001234", Hint.PHONE),
        ("打138 0000 1234", Hint.PHONE),
        ("证号11010119900101123X", Hint.IDENTITY_NUMBER),
        ("我叫甲乙", Hint.FIRST_PERSON),
        ("我是三号楼的", Hint.FIRST_PERSON),
    ],
)
def test_what_may_tell_who_it_is_is_pointed_out(text, hint):
    assert hints_of(text) == [hint]
