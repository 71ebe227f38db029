"""Whole shares by weight."""

from hypothesis import given
from hypothesis import strategies as st

from anfang.kit.shares import shares

WEIGHTS = st.dictionaries(st.text(max_size=3), st.integers(1, 1000), min_size=1, max_size=12)


@given(WEIGHTS, st.integers(0, 100_000))
def test_shares_add_up_and_stay_within_one_of_the_exact_share(weights, visits):
    made = shares(weights, visits)
    assert sum(made.values()) == visits
    total = sum(weights.values())
    assert all(abs(made[one] * total - visits * weights[one]) < total for one in weights)


def test_nothing_is_shared_where_nothing_has_weight():
    assert shares({}, 10) == {}
