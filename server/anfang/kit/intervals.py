"""How sure a share, or the difference of two, is that was seen in a few visits. Pure.

The visits are taken as independent of each other. Closed formulas, so that no statistics library
is needed at run time.
"""

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


@dataclass(frozen=True)
class Difference:
    """One share less another (-1…1), and the bounds of its 95 % confidence interval."""

    value: float
    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        """Whether chance alone would rarely give such a difference."""
        return self.low > 0 or self.high < 0


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


def difference(seen: Share, other: Share) -> Difference:
    """Return `seen` less `other`, two shares of samples that are independent of each other.

    Newcombe's hybrid score interval [Newcombe 1998, Statistics in Medicine 17:873–890, method 10]:
    Wilson's bounds of both shares, put together; it stays within -1…1.
    """
    value = seen.share - other.share
    down = sqrt((seen.share - seen.low) ** 2 + (other.high - other.share) ** 2)
    up = sqrt((seen.high - seen.share) ** 2 + (other.share - other.low) ** 2)
    return Difference(value, max(-1.0, value - down), min(1.0, value + up))


def difference_to(seen: Share, stated: float) -> Difference:
    """Return `seen` less a share that is merely stated, without a sample of its own.

    The statement has no chance in it, so the bounds are Wilson's, moved by it.

    Raises:
        ValueError: `stated` is not between 0 and 1.
    """
    if not 0 <= stated <= 1:
        raise ValueError(f"{stated} is no share")
    return Difference(seen.share - stated, seen.low - stated, seen.high - stated)
