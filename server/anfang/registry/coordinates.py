"""From the shifted coordinates of Chinese maps to WGS-84, for imports alone (DOMAIN E). Pure.

GCJ-02 (高德, 腾讯) shifts WGS-84 by a published pair of trigonometric sums on the Krasovsky 1940
ellipsoid; BD-09 (百度) turns GCJ-02 a little further. The formulas are those in common use since
2010 (described on Wikipedia, "Restrictions on geographic data in China"). They have no closed
inverse: it is found by iteration. Outside their rectangle around China nothing is shifted.

No kept library does this: those of the registries rest since 2020 or want a newer Python.
"""

import math
from collections.abc import Callable
from enum import StrEnum
from typing import Final

_AXIS: Final = 6_378_245.0
_ECCENTRICITY_SQUARED: Final = 0.006_693_421_622_965_943
_BD_TURN: Final = math.pi * 3000 / 180
_BD_LON: Final = 0.0065
_BD_LAT: Final = 0.006
_CLOSE_ENOUGH: Final = 1e-9
"""Degrees: a tenth of a millimetre."""
_ROUNDS: Final = 30

Degrees = tuple[float, float]
"""Latitude, longitude."""


class Datum(StrEnum):
    """What a table's coordinates are, as the person declares who imports it."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


def to_wgs84(datum: Datum, point: Degrees) -> Degrees:
    """Return a point in WGS-84, to the millimetre."""
    if datum is Datum.WGS84:
        return point
    shifted = point if datum is Datum.GCJ02 else _invert(bd09_of_gcj02, point)
    return _invert(gcj02_of_wgs84, shifted) if _is_in_china(shifted) else shifted


def gcj02_of_wgs84(point: Degrees) -> Degrees:
    """Shift a point as Chinese maps do."""
    lat, lon = point
    if not _is_in_china(point):
        return point
    x, y = lon - 105.0, lat - 35.0
    root = math.sqrt(abs(x))
    waves = 20 * math.sin(6 * x * math.pi) + 20 * math.sin(2 * x * math.pi)
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + waves * 2 / 3
    north += (20 * math.sin(y * math.pi) + 40 * math.sin(y / 3 * math.pi)) * 2 / 3
    north += (160 * math.sin(y / 12 * math.pi) + 320 * math.sin(y * math.pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + waves * 2 / 3
    east += (20 * math.sin(x * math.pi) + 40 * math.sin(x / 3 * math.pi)) * 2 / 3
    east += (150 * math.sin(x / 12 * math.pi) + 300 * math.sin(x / 30 * math.pi)) * 2 / 3
    radians = math.radians(lat)
    magic = 1 - _ECCENTRICITY_SQUARED * math.sin(radians) ** 2
    meridian = _AXIS * (1 - _ECCENTRICITY_SQUARED) / magic**1.5
    parallel = _AXIS / math.sqrt(magic) * math.cos(radians)
    return lat + math.degrees(north / meridian), lon + math.degrees(east / parallel)


def bd09_of_gcj02(point: Degrees) -> Degrees:
    """Turn a point of GCJ-02 as 百度's maps do."""
    lat, lon = point
    distance = math.hypot(lon, lat) + 0.000_02 * math.sin(lat * _BD_TURN)
    angle = math.atan2(lat, lon) + 0.000_003 * math.cos(lon * _BD_TURN)
    return distance * math.sin(angle) + _BD_LAT, distance * math.cos(angle) + _BD_LON


def _invert(shift: Callable[[Degrees], Degrees], point: Degrees) -> Degrees:
    """Find what `shift` takes to `point`; it moves little and smoothly, so this closes in fast."""
    guess = point
    for _ in range(_ROUNDS):
        reached = shift(guess)
        miss = (point[0] - reached[0], point[1] - reached[1])
        guess = (guess[0] + miss[0], guess[1] + miss[1])
        if max(abs(part) for part in miss) < _CLOSE_ENOUGH:
            break
    return guess


def _is_in_china(point: Degrees) -> bool:
    lat, lon = point
    return 0.8293 <= lat <= 55.8271 and 72.004 <= lon <= 137.8347
