"""A ride, against itself and against what the city's tariff makes of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from anfang.inspections.flags.flag import Flag
from anfang.inspections.flags.place import Area, distance_m

FASTEST_KMH: Final = 130
"""No taxi and no bus is faster on the average of a ride."""
SHORTEST_OF_REACH: Final = 2
"""A ride may be half as long as its photos are apart: one walks before and after it."""
_PERCENT_SHORT, _PERCENT_LONG = 90, 120


def lengths_m(distance: int) -> tuple[int, int]:
    """Return between which lengths a ride lies whose length was summed up from a few fixes.

    Straight lines between them cut corners; waiting, which tariffs charge too, is not in it.
    """
    return distance * _PERCENT_SHORT // 100, distance * _PERCENT_LONG // 100


def compare_ride(
    ride: Mapping[str, Any] | None,
    details: Sequence[Mapping[str, Any]],
    *,
    fares_fen: Sequence[int],
) -> Iterator[Flag]:
    """Compare a disclosed `ride`.

    Args:
        details: `media_details`: where photos were taken.
        fares_fen: what the campaign's tariffs make of `lengths_m`; empty where there is none.
    """
    if ride is None:
        return
    yield from _fare(ride, fares_fen)
    yield from _pace(ride)
    yield from _reach(ride, details)


def _fare(ride: Mapping[str, Any], fares_fen: Sequence[int]) -> Iterator[Flag]:
    paid = ride.get("fare_paid")
    if paid is None or not fares_fen or min(fares_fen) <= paid <= max(fares_fen):
        return
    yield Flag(
        "ride-fare-differs",
        {
            "paid": _yuan(paid),
            "least": _yuan(min(fares_fen)),
            "most": _yuan(max(fares_fen)),
            "distance_m": ride["distance_m"],
        },
    )


def _pace(ride: Mapping[str, Any]) -> Iterator[Flag]:
    distance, seconds = ride.get("distance_m"), ride.get("duration_s")
    if distance is None or seconds is None:
        return
    if distance * 36 > FASTEST_KMH * seconds * 10:
        facts = {"distance_m": distance, "seconds": seconds, "limit_kmh": FASTEST_KMH}
        yield Flag("ride-too-fast", facts)


def _reach(ride: Mapping[str, Any], details: Sequence[Mapping[str, Any]]) -> Iterator[Flag]:
    distance = ride.get("distance_m")
    points = sorted(
        {(d["lat_e7"], d["lon_e7"], d.get("accuracy_m") or 0) for d in details if _placed(d)}
    )
    if distance is None or len(points) < 2:
        return
    apart = max(
        distance_m(lat, lon, Area(other_lat, other_lon, 0)) - accuracy - other_accuracy
        for place, (lat, lon, accuracy) in enumerate(points)
        for other_lat, other_lon, other_accuracy in points[place + 1 :]
    )
    if apart > SHORTEST_OF_REACH * distance:
        yield Flag("ride-too-short", {"distance_m": distance, "apart_m": apart})


def _placed(detail: Mapping[str, Any]) -> bool:
    return detail.get("lat_e7") is not None and detail.get("lon_e7") is not None


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"
