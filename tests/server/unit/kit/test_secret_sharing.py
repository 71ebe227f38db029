"""Splitting a secret among holders: enough of them restore it, fewer learn nothing."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anfang.kit import secret_sharing
from anfang.kit.secret_sharing import PRIME, restore, split

SECRETS = st.binary(min_size=32, max_size=32)


@given(SECRETS, st.integers(2, 4), st.integers(0, 2))
def test_any_enough_holders_restore_the_secret(secret, threshold, spare):
    shares = dict(enumerate(split(secret, threshold, threshold + spare), start=1))
    for present in combinations(shares, threshold):
        assert restore({n: shares[n] for n in present}) == secret


@given(SECRETS, SECRETS)
def test_one_share_too_few_fits_every_other_secret_as_well(secret, other):
    """For any secret there is a third share that makes it of the two at hand: they say nothing."""
    one, two, _ = split(secret, 3, 3)
    first, second = int.from_bytes(one), int.from_bytes(two)
    # f(3) of the parabola through f(0) = other, f(1), f(2).
    third = (int.from_bytes(other) - 3 * first + 3 * second) % PRIME
    assert restore({1: one, 2: two, 3: third.to_bytes(66)}) == other


def test_a_polynomial_of_known_coefficients_has_the_known_shares(monkeypatch):
    coefficients = iter((166, 94))
    monkeypatch.setattr(secret_sharing.secrets, "randbelow", lambda _: next(coefficients))
    shares = split((1234).to_bytes(32), 3, 6)
    assert [int.from_bytes(one) for one in shares] == [1494, 1942, 2578, 3402, 4414, 5614]


def test_a_changed_share_does_not_restore_the_secret():
    shares = dict(enumerate(split(bytes(32), 3, 3), start=1))
    shares[2] = (int.from_bytes(shares[2]) ^ 1).to_bytes(66)
    with pytest.raises(ValueError, match="together"):
        restore(shares)


@pytest.mark.parametrize(("secret", "threshold", "holders"), [(b"", 3, 3), (bytes(32), 4, 3)])
def test_what_cannot_be_split_is_refused(secret, threshold, holders):
    with pytest.raises(ValueError, match="32 bytes"):
        split(secret, threshold, holders)
