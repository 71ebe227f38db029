"""What a ride costs by a city's tariff. Pure; whole fen and metres, no float.

The phone reckons the same fares (`pwa/src/domain/fare.ts`); `tests/vectors/fares.json` keeps both
to one result.
"""

from collections.abc import Mapping
from typing import Any, Final

_DAY: Final = 24 * 60


def fare_fen(tariff: Mapping[str, Any], distance_m: int, minute: int) -> int:
    """Return the fare in fen for a distance, by the price level of the moment the ride began.

    Waiting time is not in it: few fixes do not tell waiting from driving slowly.

    Args:
        tariff: `{"flag_fen","flag_m","unit_m","round_fen","surcharge_fen","steps":[{"from_m",
            "fen_per_km"}],"night":null|{"from","to","flag_fen","permille"}}`: the flag fall covers
            the first `flag_m`; beyond it every begun `unit_m` is charged, by the step in which its
            metres lie; at night another flag fall, and the distance dearer by `permille`; the
            surcharge is added; the sum is rounded to `round_fen`, halves up.
        distance_m: length of the ride.
        minute: minute of the local day (0 to 1439) at which the ride began.
    """
    night = tariff["night"]
    dear = night is not None and _within(night, minute)
    flag: int = night["flag_fen"] if dear else tariff["flag_fen"]
    permille: int = 1000 + (night["permille"] if dear else 0)
    # In millionths of a fen: metres × fen/km × permille.
    beyond: int = _beyond(tariff, _charged_m(tariff, distance_m)) * permille
    total: int = (flag + tariff["surcharge_fen"]) * 1_000_000 + beyond
    step: int = tariff["round_fen"]
    return (2 * total + step * 1_000_000) // (step * 2_000_000) * step


def _charged_m(tariff: Mapping[str, Any], distance_m: int) -> int:
    """Return the distance with its last begun unit whole."""
    flag: int = tariff["flag_m"]
    unit: int = tariff["unit_m"]
    return flag - (flag - max(flag, distance_m)) // unit * unit


def _beyond(tariff: Mapping[str, Any], charged_m: int) -> int:
    """Return metres × fen/km, summed over the steps."""
    steps = tariff["steps"]
    ends = [*(step["from_m"] for step in steps[1:]), charged_m]
    # One end more than steps only where there are none: then distance costs nothing.
    return sum(
        max(0, min(end, charged_m) - step["from_m"]) * step["fen_per_km"]
        for step, end in zip(steps, ends, strict=False)
    )


def _within(night: Mapping[str, Any], minute: int) -> bool:
    begins, ends = _minute(night["from"]), _minute(night["to"])
    return (minute - begins) % _DAY < (ends - begins) % _DAY


def _minute(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
