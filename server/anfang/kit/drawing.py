"""The double-random draw of PROTOCOL §9, from seed to result. Pure: anyone can repeat it.

A pool is a mapping id → weight. In each round every item that is left gets an exponential
variate of rate `w`; the smallest is taken. So an item is taken in proportion to its weight among
those left (weighted sampling without replacement: Efraimidis and Spirakis, 2006).
"""

import hashlib
import hmac
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

SECRET_BYTES: Final = 32
HEAVIEST: Final = 1000
_BITS: Final = 53


@dataclass(frozen=True)
class Stratum:
    """A pool of objects, and how many of them are taken; weights are 1…`HEAVIEST`."""

    code: str
    take: int
    weights: Mapping[str, int]


@dataclass(frozen=True)
class DrawnObject:
    """The object that a round of a stratum took; rounds count from 0."""

    stratum: str
    round: int
    object: str


@dataclass(frozen=True)
class Visit:
    """An object with the inspectors who were drawn for it, in the order of their rounds."""

    object: str
    inspectors: tuple[str, ...]


class PoolTooSmallError(ValueError):
    """A pool has fewer items than are to be taken; `pool` is its name."""

    def __init__(self, pool: str) -> None:
        super().__init__(f"the pool {pool} is too small")
        self.pool = pool


def seed_of(secret: bytes, entropy: str) -> bytes:
    """Return SHA-256(secret32 ‖ entropy in UTF-8). Raises ValueError for another secret's size."""
    if len(secret) != SECRET_BYTES:
        raise ValueError("the secret of a draw has 32 bytes")
    return hashlib.sha256(secret + entropy.encode()).digest()


def key_of(seed: bytes, pool: str, item: str, round_: int, weight: int) -> float:
    """Return -ln(u)/w of an item in a round, u = (n+1)/2^53."""
    mac = hmac.digest(seed, f"{pool}:{item}:{round_}".encode(), "sha256")
    n = int.from_bytes(mac[:8], "big") >> (64 - _BITS)
    return -math.log((n + 1) / 2**_BITS) / weight


def draw(seed: bytes, pool: str, weights: Mapping[str, int], take: int) -> list[str]:
    """Take `take` items of a pool, in the order of the rounds.

    Raises:
        PoolTooSmallError: it has fewer.
    """
    if take > len(weights):
        raise PoolTooSmallError(pool)
    left = sorted(weights)
    taken: list[str] = []
    for round_ in range(take):
        best = _first(seed, pool, left, round_, weights)
        left.remove(best)
        taken.append(best)
    return taken


def draw_objects(seed: bytes, strata: Iterable[Stratum]) -> list[DrawnObject]:
    """Draw every stratum from its pool `objects/<code>`, in the order given.

    Raises:
        PoolTooSmallError: a stratum has fewer objects than are to be taken.
    """
    return [
        DrawnObject(stratum.code, round_, item)
        for stratum in strata
        for round_, item in enumerate(
            draw(seed, f"objects/{stratum.code}", stratum.weights, stratum.take)
        )
    ]


def draw_inspectors(
    seed: bytes,
    objects: Sequence[tuple[str, str]],
    inspectors: Collection[str],
    barred: Collection[tuple[str, str]],
    per_object: int,
) -> list[Visit]:
    """Draw inspectors for each object from its pool `inspectors/<object>`, all of weight 1.

    In a round stand those who have the fewest visits of this draw so far, so that nobody is sent
    a second time while another could go.

    Args:
        objects: (object, unit that answers for it), in the order in which they were drawn.
        barred: (inspector, unit): not sent there, for a conflict of interest or by rotation.

    Raises:
        PoolTooSmallError: for an object there are fewer than `per_object`.
    """
    visits = dict.fromkeys(sorted(inspectors), 0)
    drawn: list[Visit] = []
    for object_, unit in objects:
        pool = f"inspectors/{object_}"
        free = [one for one in visits if (one, unit) not in barred]
        if len(free) < per_object:
            raise PoolTooSmallError(pool)
        chosen: list[str] = []
        for round_ in range(per_object):
            fewest = min(visits[one] for one in free)
            rested = [one for one in free if visits[one] == fewest]
            best = _first(seed, pool, rested, round_, {})
            free.remove(best)
            chosen.append(best)
        for one in chosen:
            visits[one] += 1
        drawn.append(Visit(object_, tuple(chosen)))
    return drawn


def _first(
    seed: bytes, pool: str, items: Iterable[str], round_: int, weights: Mapping[str, int]
) -> str:
    """Return the item with the smallest key; among equal keys the smallest id."""
    return min((key_of(seed, pool, item, round_, weights.get(item, 1)), item) for item in items)[1]
