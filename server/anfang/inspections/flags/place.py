"""Where the phone was, against where the site is. Distances in metres on the WGS-84 ellipsoid."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from geopy.distance import geodesic

from anfang.inspections.flags.flag import Flag
from anfang.kit.clock import parse_rfc3339, rfc3339

COARSE_M: Final = 500
"""Uncertainty beyond which a position says little about a place in a town."""
STALE: Final = timedelta(minutes=2)
"""A fix may be this much older than the visit: phones give the last one they had first."""


@dataclass(frozen=True)
class Area:
    """A site's circle: centre in 1e-7 degree, radius in metres."""

    lat_e7: int
    lon_e7: int
    radius_m: int


def distance_m(lat_e7: int, lon_e7: int, area: Area) -> int:
    """Return the geodesic distance from a point to the centre of an area, in whole metres."""
    here, there = (lat_e7 / 1e7, lon_e7 / 1e7), (area.lat_e7 / 1e7, area.lon_e7 / 1e7)
    return round(float(geodesic(here, there).meters))


def distance_of(place: Mapping[str, Any] | None, area: Area | None) -> int | None:
    """Return how far a disclosed `place` is from a site; None where one of them has no position."""
    if area is None or place is None or "lat_e7" not in place:
        return None
    return distance_m(place["lat_e7"], place["lon_e7"], area)


def compare_place(place: Mapping[str, Any] | None, area: Area | None) -> Iterator[Flag]:
    """Compare a disclosed `place` with the site.

    Args:
        area: None for an unknown or mobile site: then there is nothing to compare with.
    """
    if place is None or "lat_e7" not in place:
        yield Flag("place-missing", {"reason": (place or {}).get("reason") or "-"})
        return
    accuracy = place.get("accuracy_m")
    if accuracy is not None and accuracy > COARSE_M:
        yield Flag("place-coarse", {"accuracy_m": accuracy})
    if area is not None:
        yield from _far("far-from-site", place, area)
    if place.get("source") == "manual":
        yield from _by_hand(place, area)


def compare_fix(place: Mapping[str, Any] | None, clock: Mapping[str, Any] | None) -> Iterator[Flag]:
    """Look whether what was measured can have been: its time, its uncertainty, its position.

    A position made up by a tool mostly has no uncertainty, stands at the zero of the grid or is
    repeated to the last digit (`compare_repeats`). What was entered by hand is not looked at.
    """
    fix = measured(place)
    if fix is None:
        return
    if fix["lat_e7"] == fix["lon_e7"] == 0:
        yield Flag("place-impossible", {"why": "zero"})
    elif fix.get("accuracy_m") == 0:
        yield Flag("place-impossible", {"why": "exact"})
    yield from _stale(fix, clock or {})


def compare_repeats(
    fix: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]]
) -> Iterator[Flag]:
    """Compare a fix with those of other records (record → fix), made at other times.

    Two measurements never agree to the centimetre; one that is stated twice is the same fix.
    """
    same = [
        record
        for record, other in others.items()
        if _position(other) == _position(fix) and other.get("at") != fix.get("at")
    ]
    if same:
        yield Flag("place-repeated", {"records": len(same), "record": same[0]})


def measured(place: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Return the fix of a disclosed `place`: what was measured, though corrected; None if none."""
    if place is None or "lat_e7" not in place:
        return None
    fix: Mapping[str, Any] | None = (
        place.get("measured") if place.get("source") == "manual" else place
    )
    return fix


def _position(fix: Mapping[str, Any]) -> tuple[int, int]:
    return fix["lat_e7"], fix["lon_e7"]


def _stale(fix: Mapping[str, Any], clock: Mapping[str, Any]) -> Iterator[Flag]:
    """The fix belongs into the visit: not older than its beginning, not younger than its end."""
    started, submitted = clock.get("started_at"), clock.get("submitted_at")
    if fix.get("at") is None or started is None or submitted is None:
        return
    at, begins, ends = (parse_rfc3339(one) for one in (fix["at"], started, submitted))
    outside = max(begins - at, at - ends)
    if outside > STALE:
        yield Flag(
            "place-stale", {"fixed_at": rfc3339(at), "minutes": outside // timedelta(minutes=1)}
        )


def _by_hand(place: Mapping[str, Any], area: Area | None) -> Iterator[Flag]:
    measured = place.get("measured")
    if measured is None:
        yield Flag("place-by-hand")
        return
    chosen = Area(place["lat_e7"], place["lon_e7"], 0)
    moved = distance_m(measured["lat_e7"], measured["lon_e7"], chosen)
    yield Flag("place-corrected", {"moved_m": moved})
    if area is not None:
        yield from _far("measured-far-from-site", measured, area)


def _far(code: str, place: Mapping[str, Any], area: Area) -> Iterator[Flag]:
    distance, accuracy = distance_m(place["lat_e7"], place["lon_e7"], area), place.get("accuracy_m")
    if distance > area.radius_m + (accuracy or 0):
        yield Flag(
            code,
            {
                "distance_m": distance,
                "radius_m": area.radius_m,
                "accuracy_m": "?" if accuracy is None else accuracy,
            },
        )
