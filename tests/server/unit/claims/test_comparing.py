"""A claim beside visits: flags by what the thresholds say, and never from too few visits."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anfang.claims.comparing import TO_BE_ASKED, Claim, Flag, compare
from anfang.claims.rules import Thresholds

LIMITS = Thresholds(
    least_visits=8, tolerance_points=10, claimed_good_percent=90, seen_bad_percent=60
)
STATED = st.integers(0, 100).map(lambda percent: Claim(float(percent)))
CHECKED = st.integers(1, 200).flatmap(
    lambda checked: st.integers(0, checked).map(
        lambda good: Claim(100 * good / checked, good, checked)
    )
)
VISITS = st.integers(0, 200).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@pytest.mark.parametrize(
    ("claim", "good", "judged", "flag"),
    [
        (Claim(100.0), 0, 7, Flag.TOO_FEW),
        (Claim(100.0), 0, 8, Flag.CONCEALMENT),
        (Claim(100.0), 19, 20, Flag.AGREES),
        (Claim(100.0), 14, 20, Flag.MISMATCH),
        (Claim(89.0), 4, 20, Flag.MISMATCH),
        (Claim(30.0), 20, 20, Flag.MISMATCH),
        (Claim(100.0, 2, 2), 8, 10, Flag.AGREES),
        (Claim(100.0, 200, 200), 8, 20, Flag.CONCEALMENT),
        (None, 0, 20, Flag.NO_CLAIM),
    ],
)
def test_flags(claim, good, judged, flag):
    assert compare(claim, good, judged, LIMITS).flag is flag


@given(st.one_of(STATED, CHECKED), VISITS)
def test_a_flag_has_enough_visits_an_interval_without_zero_and_more_than_the_tolerance(
    claim, visits
):
    found = compare(claim, *visits, LIMITS)
    if found.flag in TO_BE_ASKED:
        assert visits[1] >= LIMITS.least_visits
        assert found.difference.excludes_zero
        assert abs(found.difference.value) * 100 >= LIMITS.tolerance_points - 1e-6
    if found.flag is Flag.CONCEALMENT:
        assert claim.percent >= LIMITS.claimed_good_percent
        assert found.seen.share * 100 <= LIMITS.seen_bad_percent + 1e-6


@given(CHECKED, VISITS)
def test_what_rests_on_checks_of_its_own_is_doubted_less_than_a_mere_statement(claim, visits):
    counted, stated = (
        compare(claim, *visits, LIMITS),
        compare(Claim(claim.percent), *visits, LIMITS),
    )
    if counted.flag in TO_BE_ASKED:
        assert stated.flag in TO_BE_ASKED


def test_on_every_small_sample_an_honest_claim_is_rarely_doubted():
    # Visits that truly are met as often as claimed: how often would they be flagged all the same?
    for judged, tenths in product(range(8, 31), range(1, 10)):
        true = tenths / 10
        chance = sum(
            ways * true**good * (1 - true) ** (judged - good)
            for good, ways in enumerate(_binomial(judged))
            if compare(Claim(100 * true), good, judged, LIMITS).flag in TO_BE_ASKED
        )
        assert chance < 0.12, (judged, true)


def _binomial(of):
    row = [1]
    for _ in range(of):
        row = [a + b for a, b in zip([0, *row], [*row, 0], strict=True)]
    return row
