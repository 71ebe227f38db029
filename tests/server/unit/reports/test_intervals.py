"""Shares with Wilson's interval."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anfang.reports.intervals import share

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
