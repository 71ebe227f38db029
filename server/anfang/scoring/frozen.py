"""What a run keeps and what the log holds of it: JSON in one order, and its digest. Pure.

A value stands as its shortest decimal digits, so that the same figures give the same bytes.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from anfang.kit import jcs
from anfang.kit.figures import Figure
from anfang.kit.ids import sha256_hex

Attributed = tuple[UUID, Figure]
"""The unit that is scored, and a figure that counts for it."""


def frozen(figures: Iterable[Attributed]) -> list[dict[str, Any]]:
    """Return figures as JSON, ordered by everything they say."""
    return sorted((_told(scored, one) for scored, one in figures), key=jcs.canonical)


def thawed(kept: Iterable[Mapping[str, Any]]) -> list[Attributed]:
    """Return the figures that were kept."""
    return [(UUID(one["scored"]), _figure(one)) for one in kept]


def digest(kept: Sequence[Mapping[str, Any]]) -> str:
    """Hex SHA-256 of the canonical form (RFC 8785) of kept figures."""
    return sha256_hex(jcs.canonical(list(kept)))


def ranking_sha256(members: Mapping[str, Any], places: Iterable[Mapping[str, Any]]) -> str:
    """Hex SHA-256 of what a published ranking says, in canonical form: this stands in the log.

    Args:
        members: of the run, JSON without `places`.
        places: of every unit, JSON with `unit`.
    """
    ordered = sorted(places, key=lambda one: str(one["unit"]))
    return sha256_hex(jcs.canonical({"v": 1, **members, "places": ordered}))


def _told(scored: UUID, one: Figure) -> dict[str, Any]:
    return {
        "scored": str(scored),
        "unit_id": str(one.unit_id),
        "source": one.source,
        "group": one.group,
        "item": one.item,
        "value": repr(float(one.value)),
        "count": one.count,
        "object_kind": one.object_kind,
        "object_id": str(one.object_id),
    }


def _figure(one: Mapping[str, Any]) -> Figure:
    return Figure(
        unit_id=UUID(one["unit_id"]),
        source=one["source"],
        group=one["group"],
        item=one["item"],
        value=float(one["value"]),
        count=one["count"],
        object_kind=one["object_kind"],
        object_id=UUID(one["object_id"]),
    )
