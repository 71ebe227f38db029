"""Explanations: a score as a tree whose branches add up to it, to the last digit. Pure.

Points are computed as exact fractions. To be shown they are cut to `STEP`, top down: the root is
rounded once, and each node's steps are dealt out to its children by largest remainders (Hamilton's
method). So every node equals the sum of its children exactly, and no node is as far as one step
from its share of the node above.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any, Final
from uuid import UUID

STEP: Final = Decimal("0.0001")
"""The smallest number of points that an explanation shows."""

_STEPS: Final = int(1 / STEP)


@dataclass(frozen=True)
class Node:
    """A line of an explanation.

    Attributes:
        kind: what the line is about; the console has a word for each.
        code, title: the rulebook's, where it names the line.
        points: what it adds to the score; below zero for what it costs.
        weight: percent of the line above; None where the line has no weight.
        mark: from 0 to 100, before its weight.
        count: how many judged, or how many things were counted.
        unit_id: whom the figure is about, which may be a part of the unit that is scored.
        object_kind, object_id: what the line can be followed to.
        note: why the line counts as it does: a code for the console's catalogue.
    """

    kind: str
    points: Fraction = Fraction(0)
    code: str = ""
    title: str = ""
    weight: Fraction | None = None
    mark: Fraction | None = None
    count: int | None = None
    unit_id: UUID | None = None
    object_kind: str = ""
    object_id: UUID | None = None
    note: str = ""
    children: tuple["Node", ...] = ()


def branch(kind: str, children: Sequence[Node], **members: Any) -> Node:
    """Return a node that is the sum of its children."""
    total = sum((one.points for one in children), Fraction(0))
    return Node(kind, points=total, children=tuple(children), **members)


def scaled(node: Node, factor: Fraction) -> Node:
    """Return a node whose points, and those of all beneath it, are multiplied."""
    children = tuple(scaled(one, factor) for one in node.children)
    return replace(node, points=node.points * factor, children=children)


def told(node: Node) -> dict[str, Any]:
    """Return a tree as JSON: points in steps that add up at every node."""
    return _told(node, _nearest(node.points))


def decimal_of(value: Fraction) -> Decimal:
    """Return a fraction as a decimal of whole steps, rounded half to even."""
    return _nearest(value) * STEP


def added_up(tree: Mapping[str, Any]) -> Decimal:
    """Return the sum of a told tree's leaves: what an explanation comes to."""
    if not tree["children"]:
        return Decimal(tree["points"])
    return sum((added_up(one) for one in tree["children"]), Decimal(0))


def _nearest(value: Fraction) -> int:
    return round(value * _STEPS)


def _told(node: Node, steps: int) -> dict[str, Any]:
    dealt = _dealt([one.points for one in node.children], steps)
    return {
        "kind": node.kind,
        "code": node.code,
        "title": node.title,
        "points": str(steps * STEP),
        "weight": _shown(node.weight),
        "mark": _shown(node.mark),
        "count": node.count,
        "unit_id": _text(node.unit_id),
        "object_kind": node.object_kind,
        "object_id": _text(node.object_id),
        "note": node.note,
        "children": [_told(one, share) for one, share in zip(node.children, dealt, strict=True)],
    }


def _dealt(points: Sequence[Fraction], steps: int) -> list[int]:
    """Deal out whole steps in proportion to points: largest remainders first, then in order."""
    lowest = [floor(one * _STEPS) for one in points]
    remainders = [one * _STEPS - least for one, least in zip(points, lowest, strict=True)]
    order = sorted(range(len(points)), key=lambda at: -remainders[at])
    for at in order[: steps - sum(lowest)]:
        lowest[at] += 1
    return lowest


def _shown(value: Fraction | None) -> str | None:
    return None if value is None else str(decimal_of(value))


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)
