"""Boxes that only the right key opens, halves that say nothing alone."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from anfang.kit import sealing

CHEAP = sealing.Cost(passes=1, memory_kib=64, lanes=1)


@given(plain=st.binary(max_size=400), context=st.text(max_size=40))
def test_a_box_opens_by_its_key_and_context_alone(plain, context):
    key, other = sealing.generate_key(), sealing.generate_key()
    box = sealing.seal(key.public_key(), plain, context)
    assert sealing.unseal(key, box, context) == plain
    with pytest.raises(sealing.SealingError, match="other-key"):
        sealing.unseal(other, box, context)
    with pytest.raises(sealing.SealingError, match="not-opened"):
        sealing.unseal(key, box, context + "!")


@given(data=st.data())
def test_a_changed_box_does_not_open(data):
    key = sealing.generate_key()
    box = sealing.seal(key.public_key(), "姓名".encode(), "person")
    start = box.index(".") + 1
    at = data.draw(st.integers(start, len(box) - 2))  # the last character holds padding bits
    other = data.draw(st.sampled_from("ABab01-_"))
    assume(other != box[at])
    with pytest.raises(sealing.SealingError, match="not-opened"):
        sealing.unseal(key, box[:at] + other + box[at + 1 :], "person")


@pytest.mark.parametrize("text", ["", "no dot", "abc.def", "0" * 32])
def test_what_is_no_box_is_refused(text):
    with pytest.raises(sealing.SealingError, match="not-a-box"):
        sealing.unseal(sealing.generate_key(), text, "person")


@settings(max_examples=20)
@given(passphrase=st.text(min_size=1, max_size=30))
def test_two_wrapped_halves_give_the_key_and_one_does_not(passphrase):
    key = sealing.generate_key()
    one, other = sealing.split(key)
    kept = sealing.wrap(one, passphrase, "half of one", CHEAP)
    again = sealing.WrappedHalf.from_json(kept.as_json())
    assert sealing.unwrap(again, passphrase, "half of one") == one
    for wrong in [(passphrase + "x", "half of one"), (passphrase, "half of other")]:
        with pytest.raises(sealing.SealingError, match="passphrase"):
            sealing.unwrap(again, *wrong)
    assert sealing.join(one, other).private_bytes_raw() == key.private_bytes_raw()
    assert key.private_bytes_raw() not in (one, other)


def test_every_split_is_another_one():
    key = sealing.generate_key()
    assert sealing.split(key)[0] != sealing.split(key)[0]


def test_a_guess_of_a_passphrase_costs_a_quarter_gigabyte():
    assert sealing.COST.memory_kib >= 256 * 1024
    assert sealing.COST.passes >= 3
