"""The frame's canonical form, and the sample that a seed takes of it. Pure: anyone can repeat it.

Within a group the quota is shared among the strata by their sizes (largest remainders), and each
stratum gives those with the smallest keys of round 0 (PROTOCOL §9, all weights 1).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from anfang.kit import drawing, jcs
from anfang.kit.ids import sha256_hex
from anfang.kit.shares import shares
from anfang.surveys.form import Form

VERSION: Final = 1


@dataclass(frozen=True, order=True)
class FrameRater:
    """A line of the frame, as it is hashed: no contact."""

    group: str
    stratum: str
    number: str


def frame_hash(raters: Iterable[FrameRater]) -> str:
    """Hex SHA-256 of the frame: canonical JSON [RFC 8785] of its lines, sorted."""
    lines = [[one.group, one.stratum, one.number] for one in sorted(raters)]
    return sha256_hex(jcs.canonical({"v": VERSION, "raters": lines}))


def sample_hash(numbers: Iterable[str]) -> str:
    """Hex SHA-256 of a sample: canonical JSON of its numbers, sorted."""
    return sha256_hex(jcs.canonical({"v": VERSION, "sample": sorted(numbers)}))


def form_hash(form: dict[str, Any]) -> str:
    """Hex SHA-256 of a form's canonical JSON."""
    return sha256_hex(jcs.canonical(form))


def sizes(raters: Iterable[FrameRater]) -> Counter[str]:
    """Return how many raters each group has."""
    return Counter(one.group for one in raters)


def too_small(form: Form, raters: Sequence[FrameRater]) -> str | None:
    """Return a group that has fewer raters than its quota, or would ask too few to be anonymous."""
    counted = sizes(raters)
    for one in form.groups:
        asked = counted[one.code] if one.quota is None else one.quota
        if counted[one.code] < asked or asked < form.smallest_group:
            return one.code
    return None


def is_drawn(form: Form) -> bool:
    """Tell whether a sample is drawn at all: some group has a quota."""
    return any(one.quota is not None for one in form.groups)


def everybody(raters: Iterable[FrameRater]) -> list[str]:
    """Return the numbers of a frame that is asked whole."""
    return sorted(one.number for one in raters)


def sample(form: Form, raters: Sequence[FrameRater], seed: bytes) -> list[str]:
    """Return the numbers of those whom a seed takes, sorted."""
    strata: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in raters:
        strata[one.group][one.stratum].append(one.number)
    taken: list[str] = []
    for group in form.groups:
        pools = strata[group.code]
        if group.quota is None:
            taken += [number for pool in pools.values() for number in pool]
            continue
        parts = shares({name: len(pools[name]) for name in sorted(pools)}, group.quota)
        for name, take in parts.items():
            taken += _take(seed, f"raters/{group.code}/{name}", pools[name], take)
    return sorted(taken)


def _take(seed: bytes, pool: str, numbers: Iterable[str], take: int) -> list[str]:
    return sorted(numbers, key=lambda one: (drawing.key_of(seed, pool, one, 0, 1), one))[:take]
