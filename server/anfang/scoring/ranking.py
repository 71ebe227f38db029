"""Units in order: each category for itself, equal ones share a rank, words by score or share. Pure.

Standard competition ranking (1, 1, 3): a rank is one more than the number of units that are
strictly better. Scores are compared as they are published, rounded.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias
from uuid import UUID

from anfang.scoring.rules import WHOLE, Band, Consequence, Scheme

Key: TypeAlias = tuple[Fraction, ...]
"""What decides the order: the score, then the tie-breakers; more is better."""


@dataclass(frozen=True)
class Entrant:
    """A unit before it is ranked; `ranked` False: it is scored only."""

    unit_id: UUID
    category: str
    score: Decimal | None
    breakers: Mapping[str, Fraction]
    ranked: bool


@dataclass(frozen=True)
class Placed:
    """A unit's place in its category.

    Attributes:
        rank: None where it is not ranked.
        of: how many are ranked in its category.
        worse: how many of these are strictly worse: 0 makes it a last one.
        band: a code; empty where the scheme has no bands or the unit no score.
    """

    unit_id: UUID
    category: str
    rank: int | None
    of: int
    worse: int
    band: str


def rank(scheme: Scheme, entrants: Iterable[Entrant]) -> dict[UUID, Placed]:
    """Place all units, each category for itself."""
    listed = list(entrants)
    placed: dict[UUID, Placed] = {}
    for category in dict.fromkeys(one.category for one in listed):
        mine = [one for one in listed if one.category == category]
        keys = {
            one.unit_id: _key(scheme, one) for one in mine if one.ranked and one.score is not None
        }
        for one in mine:
            placed[one.unit_id] = _placed(scheme, one, keys)
    return placed


def among(consequence: Consequence, placed: Mapping[UUID, Placed]) -> frozenset[UUID]:
    """Return the units whose place a consequence is about; equal ones all or none.

    The last k are those with fewer than k units strictly beneath them; who is last and best at
    once, because all are equal, is neither.
    """
    meant: Callable[[Placed], bool] = {
        "last": lambda one: one.worse < consequence.count and one.rank != 1,
        "best": lambda one: (one.rank or 0) <= consequence.count and not _all_equal(one),
        "band": lambda one: one.band == consequence.band,
        "every": lambda _: True,
    }[consequence.place]
    return frozenset(
        one.unit_id
        for one in placed.values()
        if one.category in consequence.categories
        and one.rank is not None
        and one.of >= consequence.among_at_least
        and meant(one)
    )


def hit(
    consequence: Consequence,
    placed: Mapping[UUID, Placed],
    former: Sequence[Mapping[UUID, Placed]],
) -> frozenset[UUID]:
    """Return the units that a consequence is for, after a run.

    Args:
        placed: of this run.
        former: of the scheme's published runs before it, oldest first.
    """
    if len(former) + 1 < consequence.from_run:
        return frozenset()
    counted = former[consequence.from_run - 1 :]
    earlier = [among(consequence, one) for one in counted]
    now = among(consequence, placed)
    wanted = consequence.times - 1
    if not wanted:
        return now
    if not consequence.in_a_row:
        return frozenset(one for one in now if sum(one in run for run in earlier) >= wanted)
    if len(earlier) < wanted:
        return frozenset()
    return frozenset(one for one in now if all(one in run for run in earlier[-wanted:]))


def _all_equal(one: Placed) -> bool:
    return one.rank == 1 and one.worse == 0 and one.of > 1


def _key(scheme: Scheme, one: Entrant) -> Key:
    assert one.score is not None
    return (Fraction(one.score), *(one.breakers[code] for code in scheme.tie_breakers))


def _placed(scheme: Scheme, one: Entrant, keys: Mapping[UUID, Key]) -> Placed:
    key = keys.get(one.unit_id)
    better = sum(key < other for other in keys.values()) if key is not None else 0
    worse = sum(other < key for other in keys.values()) if key is not None else 0
    found = better + 1 if key is not None else None
    band = _band(scheme.bands, one.score, found, len(keys))
    return Placed(one.unit_id, one.category, found, len(keys), worse, band)


def _band(bands: Sequence[Band], score: Decimal | None, found: int | None, of: int) -> str:
    """Return the first band that fits, best first; shares are never exceeded but by equal ones."""
    if score is None:
        return ""
    reached = Fraction(0)
    for band in bands:
        if band.start is not None and Fraction(score) >= band.start:
            return band.code
        if band.share is not None and found is not None:
            reached += band.share
            if found <= reached * of / WHOLE:
                return band.code
    return ""
