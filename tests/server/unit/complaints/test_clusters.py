"""Clusters, held against counting every span by hand."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from anfang.complaints.clusters import Counted, found
from anfang.complaints.rules import ClusterRule

START = datetime(2026, 11, 1, tzinfo=UTC)
moments = st.integers(0, 400).map(lambda hours: START + timedelta(hours=hours))


def rule(at_least: int, days: int) -> ClusterRule:
    return ClusterRule("many", "many", "received", "unit", at_least, days)


def by_hand(asked: ClusterRule, ones: list[Counted]) -> set[UUID]:
    """Every complaint with a span of `days` days around it that holds enough."""
    span = timedelta(days=asked.days)
    return {
        one.complaint_id
        for one in ones
        for start in ones
        if start.at <= one.at <= start.at + span
        and sum(start.at <= each.at <= start.at + span for each in ones) >= asked.at_least
    }


@given(
    st.lists(st.tuples(st.sampled_from("ab"), moments), max_size=14),
    st.integers(2, 5),
    st.integers(1, 6),
)
def test_a_cluster_is_every_span_that_holds_enough(drawn, at_least, days):
    asked = rule(at_least, days)
    ones = [Counted(UUID(int=at), key, moment) for at, (key, moment) in enumerate(drawn)]
    clusters = found(asked, ones)
    for key in "ab":
        same = [one for one in ones if one.key == key]
        assert set(clusters.get(key, [])) == by_hand(asked, same)
    at = {one.complaint_id: one.at for one in ones}
    assert all(at[one] <= at[other] for ids in clusters.values() for one, other in pairwise(ids))
