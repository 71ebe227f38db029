"""Are there many complaints of one kind in a short time? Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from anfang.complaints.rules import ClusterRule


@dataclass(frozen=True)
class Counted:
    """A complaint that a rule counts: what it has in common with others, and since when."""

    complaint_id: UUID
    key: str
    at: datetime


def found(rule: ClusterRule, counted: Iterable[Counted]) -> dict[str, list[UUID]]:
    """Return the complaints of each cluster, by what they have in common, the oldest first.

    A cluster is there where at least `at_least` complaints lie within some `days` days; it holds
    every complaint that lies in such a span.
    """
    by_key: dict[str, list[Counted]] = defaultdict(list)
    for one in counted:
        by_key[one.key].append(one)
    clusters = {key: _dense(rule, ones) for key, ones in by_key.items()}
    return {key: ones for key, ones in clusters.items() if ones}


def _dense(rule: ClusterRule, ones: list[Counted]) -> list[UUID]:
    ordered = sorted(ones, key=lambda one: (one.at, str(one.complaint_id)))
    span, kept = timedelta(days=rule.days), set[int]()
    first = 0
    for last, one in enumerate(ordered):
        while one.at - ordered[first].at > span:
            first += 1
        if last - first + 1 >= rule.at_least:
            kept.update(range(first, last + 1))
    return [ordered[at].complaint_id for at in sorted(kept)]
