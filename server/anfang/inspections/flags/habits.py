"""A visit against the time it took, and against other visits of the same inspector."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from anfang.inspections.flags.clock import TOLERANCE
from anfang.inspections.flags.flag import Flag
from anfang.inspections.flags.place import Area, distance_m
from anfang.kit.clock import parse_rfc3339

SECONDS_PER_ITEM: Final = 5
"""Least time to look at one item of a checklist and to answer it."""
FASTEST_KMH: Final = 350
"""No inspector travels faster between two visits: the speed of the fastest trains."""
NEAR_M: Final = 1000
"""Within this distance positions say nothing about travel."""
REPEATED_VISITS: Final = 4
"""How many earlier visits elsewhere must have the very same answers before that is told."""
FEWEST_ITEMS: Final = 5
"""Shorter checklists are answered alike by chance."""

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Presence:
    """Where a phone was, and from when to when, by its own clock.

    `accuracy_m` is the uncertainty of the position; `record` and `device` are ids.
    """

    record: str
    device: str
    lat_e7: int
    lon_e7: int
    accuracy_m: int
    begins: datetime
    ends: datetime


def compare_pace(
    clock: Mapping[str, Any] | None, answers: Sequence[Mapping[str, Any]]
) -> Iterator[Flag]:
    """Compare the length of a visit with the items that were judged; `na` takes no time."""
    started, ended = ((clock or {}).get(name) for name in ("started_at", "ended_at"))
    if started is None or ended is None:
        return
    seconds = (parse_rfc3339(ended) - parse_rfc3339(started)) // timedelta(seconds=1)
    items = len({one["item"] for one in answers if one["value"] != "na"})
    if 0 <= seconds < items * SECONDS_PER_ITEM:
        yield Flag(
            "visit-too-short",
            {"seconds": seconds, "items": items, "needed_s": items * SECONDS_PER_ITEM},
        )


def presence(
    record: str, device: str, place: Mapping[str, Any] | None, clock: Mapping[str, Any] | None
) -> Presence | None:
    """Return where and when a phone was, from what a record discloses; None if it does not say.

    What was measured counts, not what was put in its place by hand.
    """
    stated = place or {}
    fix = stated.get("measured") if stated.get("source") == "manual" else stated
    times = _times(stated, clock or {})
    if not fix or fix.get("lat_e7") is None or fix.get("lon_e7") is None or times is None:
        return None
    accuracy = fix.get("accuracy_m") or 0
    return Presence(record, device, fix["lat_e7"], fix["lon_e7"], accuracy, *times)


def compare_travel(here: Presence, others: Sequence[Presence]) -> Iterator[Flag]:
    """Look for another visit that cannot be reached in the time between; tell the worst."""
    found = [(excess, other) for other in others if (excess := _excess_m(here, other)) > 0]
    if not found:
        return
    _, other = max(found, key=lambda one: (one[0], one[1].record))
    yield Flag(
        "travel-impossible",
        {
            "distance_m": _distance_m(here, other),
            "minutes": _between(here, other) // timedelta(minutes=1),
            "limit_kmh": FASTEST_KMH,
            "device": "same" if here.device == other.device else "other",
            "record": other.record,
        },
    )


def implicated(here: Presence, others: Sequence[Presence]) -> list[str]:
    """Return the records of all visits that cannot be reached in the time between."""
    return [other.record for other in others if _excess_m(here, other) > 0]


def compare_repetition(answers: Answers, earlier: Sequence[Answers]) -> Iterator[Flag]:
    """Compare the answers with those of the inspector's last visits elsewhere, newest first."""
    last = list(earlier[:REPEATED_VISITS])
    if len(answers) < FEWEST_ITEMS or len(last) < REPEATED_VISITS:
        return
    if all(one == answers for one in last):
        yield Flag("answers-repeated", {"items": len(answers), "records": len(last)})


def _times(place: Mapping[str, Any], clock: Mapping[str, Any]) -> tuple[datetime, datetime] | None:
    if place.get("at") is not None:
        at = parse_rfc3339(place["at"])
        return at, at
    if clock.get("started_at") is None or clock.get("ended_at") is None:
        return None
    started, ended = parse_rfc3339(clock["started_at"]), parse_rfc3339(clock["ended_at"])
    return min(started, ended), max(started, ended)


def _distance_m(here: Presence, other: Presence) -> int:
    return distance_m(here.lat_e7, here.lon_e7, Area(other.lat_e7, other.lon_e7, 0))


def _between(here: Presence, other: Presence) -> timedelta:
    """Return the time between two visits; two phones' clocks may each stray a little."""
    gap = max(here.begins - other.ends, other.begins - here.ends, timedelta(0))
    return gap if here.device == other.device else gap + TOLERANCE


def _excess_m(here: Presence, other: Presence) -> int:
    """Return how many metres more lie between two visits than can be travelled."""
    apart = _distance_m(here, other) - here.accuracy_m - other.accuracy_m
    if apart <= NEAR_M:
        return 0
    reach = _between(here, other).total_seconds() * FASTEST_KMH / 3.6
    return max(0, apart - int(reach))
