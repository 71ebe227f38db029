"""Shares with Wilson's interval, differences with Newcombe's; chance counted out by hand."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anfang.kit.intervals import CONFIDENCE, difference, difference_to, share

# Newcombe 1998, Statistics in Medicine 17, table I, method 3 (score, no continuity correction).
PUBLISHED = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0, 0.1611),
    (1, 29, 0.0061, 0.1718),
]


@pytest.mark.parametrize(("count", "of", "low", "high"), PUBLISHED)
def test_it_agrees_with_the_published_examples(count, of, low, high):
    found = share(count, of)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(st.integers(1, 10**6).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_bounds_hold_the_share(pair):
    found = share(*pair)
    assert 0 <= found.low <= found.share + 1e-12
    assert found.share - 1e-12 <= found.high <= 1


@given(st.integers(1, 1000))
def test_more_visits_are_surer(count):
    few, many = share(count, 2 * count), share(10 * count, 20 * count)
    assert many.high - many.low < few.high - few.low


@pytest.mark.parametrize(("count", "of"), [(0, 0), (2, 1), (-1, 4)])
def test_what_is_no_share_is_refused(count, of):
    with pytest.raises(ValueError, match="no share"):
        share(count, of)


# Newcombe 1998, Statistics in Medicine 17:873-890, table II, method 10.
PUBLISHED_DIFFERENCES = [
    ((56, 70), (48, 80), 0.0524, 0.3339),
    ((9, 10), (3, 10), 0.1705, 0.8090),
    ((6, 7), (2, 7), 0.0582, 0.8062),
    ((5, 56), (0, 29), -0.0381, 0.1926),
    ((0, 10), (0, 20), -0.1611, 0.2775),
    ((10, 10), (0, 20), 0.6791, 1.0),
]


@pytest.mark.parametrize(("seen", "other", "low", "high"), PUBLISHED_DIFFERENCES)
def test_differences_agree_with_the_published_examples(seen, other, low, high):
    found = difference(share(*seen), share(*other))
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    assert found.excludes_zero is (low > 0)


SAMPLES = st.integers(1, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@given(SAMPLES, SAMPLES)
def test_a_difference_holds_itself_and_turns_with_its_sides(seen, other):
    there, back = difference(share(*seen), share(*other)), difference(share(*other), share(*seen))
    assert -1 <= there.low <= there.value + 1e-12
    assert there.value - 1e-12 <= there.high <= 1
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))


@given(SAMPLES, st.floats(0, 1))
def test_a_mere_statement_is_excluded_just_where_the_interval_leaves_it_out(seen, stated):
    one = share(*seen)
    assert difference_to(one, stated).excludes_zero is not (one.low <= stated <= one.high)


def coverage(of, true):
    """Return how often the interval holds the true share: every outcome, by its own chance."""
    chances = (
        (count, comb(of, count) * true**count * (1 - true) ** (of - count))
        for count in range(of + 1)
    )
    return sum(
        chance
        for count, chance in chances
        if share(count, of).low - 1e-12 <= true <= share(count, of).high + 1e-12
    )


@pytest.mark.parametrize("of", [5, 8, 12, 20, 40])
def test_on_small_samples_it_holds_the_true_share_about_as_often_as_it_says(of):
    shares = [step / 100 for step in range(2, 99)]
    found = [coverage(of, true) for true in shares]
    assert abs(sum(found) / len(found) - CONFIDENCE) < 0.015
    assert min(found) > 0.82


def test_a_statement_that_is_no_share_is_refused():
    with pytest.raises(ValueError, match="no share"):
        difference_to(share(1, 2), 1.01)
