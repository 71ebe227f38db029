"""A claim beside what visits saw of the same item: difference, its interval, a flag. Pure.

A claim is a mere statement ("98 per cent") or rests on checks of the unit's own ("49 of 50"). The
interval of the difference is Wilson's in the first case and Newcombe's in the second
(`kit.intervals`). Of many comparisons one in twenty leaves zero out by chance alone: a flag is a
question to the unit, never an answer.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from anfang.claims.rules import Thresholds
from anfang.kit.intervals import Difference, Share, difference, difference_to, share

_PERCENT: Final = 100
_ROUNDING: Final = 1e-9


class Flag(StrEnum):
    """What a comparison suggests; `CONCEALMENT` is claimed good and seen bad."""

    NO_CLAIM = "no_claim"
    TOO_FEW = "too_few"
    AGREES = "agrees"
    MISMATCH = "mismatch"
    CONCEALMENT = "concealment"


TO_BE_ASKED: Final = frozenset({Flag.MISMATCH, Flag.CONCEALMENT})


@dataclass(frozen=True)
class Claim:
    """What a unit said of an item: a share in per cent, or `good` of its own `checked` cases."""

    percent: float
    good: int | None = None
    checked: int | None = None


@dataclass(frozen=True)
class Comparison:
    """One item of one unit; `seen` is None without a visit that judged it."""

    claim: Claim | None
    seen: Share | None
    difference: Difference | None
    flag: Flag


def compare(claim: Claim | None, good: int, judged: int, limits: Thresholds) -> Comparison:
    """Compare a claim with `good` of `judged` visits.

    Args:
        claim: None where the unit signed none, or said that the item does not apply.
    """
    seen = share(good, judged) if judged else None
    if claim is None:
        return Comparison(None, seen, None, Flag.NO_CLAIM)
    if seen is None or judged < limits.least_visits:
        return Comparison(claim, seen, None, Flag.TOO_FEW)
    apart = _difference(seen, claim)
    return Comparison(claim, seen, apart, _flag(claim, seen, apart, limits))


def _difference(seen: Share, claim: Claim) -> Difference:
    if claim.good is None or not claim.checked:
        return difference_to(seen, claim.percent / _PERCENT)
    return difference(seen, share(claim.good, claim.checked))


def _flag(claim: Claim, seen: Share, apart: Difference, limits: Thresholds) -> Flag:
    points = abs(apart.value) * _PERCENT
    if not apart.excludes_zero or points < limits.tolerance_points - _ROUNDING:
        return Flag.AGREES
    claimed_good = claim.percent >= limits.claimed_good_percent
    seen_bad = seen.share * _PERCENT <= limits.seen_bad_percent + _ROUNDING
    return Flag.CONCEALMENT if claimed_good and seen_bad and apart.high < 0 else Flag.MISMATCH
