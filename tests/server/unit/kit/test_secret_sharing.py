"""Splitting a secret among holders: enough of them restore it, fewer learn nothing."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anfang.kit.secret_sharing import restore, split

SECRETS = st.binary(min_size=32, max_size=32)


@settings(deadline=None)
@given(SECRETS, st.integers(2, 4), st.integers(0, 2))
def test_any_enough_holders_restore_the_secret(secret, threshold, spare):
    shares = dict(enumerate(split(secret, threshold, threshold + spare), start=1))
    for present in combinations(shares, threshold):
        assert restore({n: shares[n] for n in present}) == secret


@settings(deadline=None)
@given(SECRETS)
def test_one_holder_too_few_does_not_restore_it(secret):
    shares = dict(enumerate(split(secret, 3, 4), start=1))
    for present in combinations(shares, 2):
        assert restore({n: shares[n] for n in present}) != secret


@given(SECRETS)
def test_no_share_is_the_same_twice_or_holds_the_secret(secret):
    first, again = split(secret, 2, 3), split(secret, 2, 3)
    assert not set(first) & set(again)
    assert secret not in first


def test_a_changed_share_does_not_restore_the_secret():
    shares = dict(enumerate(split(bytes(32), 3, 3), start=1))
    shares[2] = bytes([shares[2][0] ^ 1]) + shares[2][1:]
    assert restore(shares) != bytes(32)


@pytest.mark.parametrize(("secret", "threshold", "holders"), [(b"", 3, 3), (bytes(32), 4, 3)])
def test_what_cannot_be_split_is_refused(secret, threshold, holders):
    with pytest.raises(ValueError, match="32 bytes"):
        split(secret, threshold, holders)
