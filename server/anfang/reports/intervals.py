"""How sure a share is that was seen in a few visits. Pure."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Final

CONFIDENCE: Final = 0.95


@dataclass(frozen=True)
class Share:
    """A part of a whole, and between which shares the true one lies with 95 % confidence."""

    count: int
    of: int
    share: float
    low: float
    high: float


def share(count: int, of: int) -> Share:
    """Return what `count` out of `of` independent visits say of all visits there could be.

    Wilson's score interval [Wilson 1927, JASA 22]: it stays within 0…1 and stays honest for small
    samples and for shares near 0 and 1, where the textbook interval is too narrow.

    Raises:
        ValueError: `of` is not positive, or `count` is not between 0 and `of`.
    """
    if of <= 0 or not 0 <= count <= of:
        raise ValueError(f"{count} of {of} is no share")
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    p, shrink = count / of, 1 + z * z / of
    centre = (p + z * z / (2 * of)) / shrink
    half = z * sqrt(p * (1 - p) / of + z * z / (4 * of * of)) / shrink
    return Share(count, of, p, max(0.0, centre - half), min(1.0, centre + half))
