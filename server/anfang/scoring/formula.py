"""A unit's score by a scheme, with its explanation. Pure.

Everything is computed as exact fractions and rounded once, half up, to the scheme's decimals; what
rounding added or took stands in the explanation as a line of its own. A mark is the mean of its
figures, each weighted by how many judged: every judge counts the same.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import floor

from anfang.kit.figures import Figure
from anfang.scoring.nodes import Node, branch, scaled
from anfang.scoring.rules import (
    NOT_A_MARK,
    WHOLE,
    Component,
    Counted,
    Deduction,
    Scheme,
    Trim,
    Veto,
    Weighted,
    exact,
)

TOO_FEW = "too-few"
NOTHING_JUDGED = "nothing-judged"
VISIT_MARK = "score"
"""The item of a visit that is a mark; all its other items are things that are counted."""

_ZERO = Fraction(0)


@dataclass(frozen=True)
class Scored:
    """What a unit scored.

    Attributes:
        score: with the scheme's decimals; None where there is none, for `why_not`.
        why_not: `TOO_FEW`, `NOTHING_JUDGED`, or empty.
        tree: sums up to the score.
        breakers: by code of a component or deduction, what separates equal scores: more is better.
        vetoes: codes of those that cut the score, or would have.
    """

    score: Decimal | None
    why_not: str
    tree: Node
    breakers: dict[str, Fraction]
    vetoes: tuple[str, ...]


@dataclass(frozen=True)
class _Part:
    """A mean: its node has the mark as its points, None where too few judged."""

    node: Node
    mark: Fraction | None
    refused: bool = False


def score(scheme: Scheme, figures: Sequence[Figure]) -> Scored:
    """Score one unit by the figures that count for it."""
    parts = [_component(one, figures) for one in scheme.components]
    deductions = [_deduction(one, figures) for one in scheme.deductions]
    children = [*_base(scheme), *_weighted_components(scheme, parts), *deductions]
    children += _bounds(scheme, sum((one.points for one in children), _ZERO))
    vetoed = [(one, _things(one.counted, figures)) for one in scheme.vetoes]
    fired = [(one, things) for one, things in vetoed if len(things) >= one.at_least]
    for veto, things in fired:
        children.append(_veto(veto, things, sum((one.points for one in children), _ZERO)))
    marks = [one.mark for one in parts]
    why_not = _why_not(scheme, parts)
    rounding = [] if why_not else _rounding(scheme, children)
    tree = branch("total", [*children, *rounding], code=scheme.code, title=scheme.title)
    breakers = {
        one.code: _ZERO if mark is None else mark
        for one, mark in zip(scheme.components, marks, strict=True)
    } | {one.code: node.points for one, node in zip(scheme.deductions, deductions, strict=True)}
    return Scored(
        score=None if why_not else _decimal(tree.points, scheme.places),
        why_not=why_not,
        tree=tree,
        breakers=breakers,
        vetoes=tuple(veto.code for veto, _ in fired),
    )


def half_up(value: Fraction, places: int) -> Fraction:
    """Round to so many decimals, a half upwards (四舍五入)."""
    unit = 10**places
    return Fraction(floor(value * unit + Fraction(1, 2)), unit)


def _decimal(value: Fraction, places: int) -> Decimal:
    return Decimal(int(value * 10**places)).scaleb(-places)


def _why_not(scheme: Scheme, parts: Sequence[_Part]) -> str:
    if any(one.refused for one in parts):
        return TOO_FEW
    if scheme.components and all(one.mark is None for one in parts):
        return NOTHING_JUDGED
    return ""


def _base(scheme: Scheme) -> list[Node]:
    return [Node("base", scheme.base)] if scheme.base else []


def _weighted_components(scheme: Scheme, parts: Sequence[_Part]) -> list[Node]:
    """Weigh the components; the weight of those without a mark goes to the others."""
    weights = [one.weight for one in scheme.components]
    nodes = _shared(weights, parts)
    return [
        replace(node, weight=weight, mark=part.mark)
        for node, weight, part in zip(nodes, weights, parts, strict=True)
    ]


def _shared(weights: Sequence[Fraction], parts: Sequence[_Part]) -> list[Node]:
    """Return the nodes as parts of a weighted mean of those that have a mark."""
    used = sum(
        (weight for weight, one in zip(weights, parts, strict=True) if one.mark is not None), _ZERO
    )
    scale = WHOLE if all(one.mark is not None for one in parts) else used
    return [
        scaled(one.node, _ZERO if one.mark is None else weight / scale)
        for weight, one in zip(weights, parts, strict=True)
    ]


def _component(component: Component, figures: Sequence[Figure]) -> _Part:
    mine = [one for one in figures if one.source == component.source]
    groups = [
        _group(component, group, [one for one in mine if group.code in ("", one.group)])
        for group in component.groups
    ]
    return _mean("component", component.groups, groups, code=component.code, title=component.title)


def _group(component: Component, group: Weighted, figures: Sequence[Figure]) -> _Part:
    items = [
        _pool(component, item, [one for one in figures if _is_mark_of(one, item.code)])
        for item in component.items
    ]
    return _mean("group", component.items, items, code=group.code, title=group.title)


def _is_mark_of(figure: Figure, item: str) -> bool:
    if item:
        return figure.item == item
    if figure.source == "visit":
        return figure.item == VISIT_MARK
    return figure.item not in NOT_A_MARK


def _mean(
    kind: str, weights: Sequence[Weighted], parts: Sequence[_Part], *, code: str, title: str
) -> _Part:
    """Join parts to their weighted mean; a level that the rulebook does not name is left out."""
    shared = _shared([one.weight for one in weights], parts)
    children: list[Node] = []
    for weighted, node, part in zip(weights, shared, parts, strict=True):
        if weighted.code:
            children.append(replace(node, weight=weighted.weight, mark=part.mark))
        else:
            children += node.children
    marked = any(one.mark is not None for one in parts)
    note = next((one.node.note for one in parts if one.node.note), "")
    counts = [one.node.count or 0 for one in parts]
    # The same people judge every item of a group; the groups are different people.
    count = max(counts) if kind == "group" else sum(counts)
    node = branch(kind, children, code=code, title=title, count=count, note=note)
    mark = node.points if marked else None
    return _Part(replace(node, mark=mark), mark, any(one.refused for one in parts))


def _pool(component: Component, item: Weighted, figures: Sequence[Figure]) -> _Part:
    """Average the marks of one group for one item."""
    judged = _judges(figures)
    members = {"code": item.code, "title": item.title, "count": judged}
    if judged < component.least or not judged:
        leaves = [replace(_leaf(one, component), note=TOO_FEW) for one in figures]
        zero = component.too_few == "zero"
        node = branch("item", leaves, note=TOO_FEW, **members)
        return _Part(node, _ZERO if zero else None, component.too_few == "unranked")
    ordered = _ordered(figures)
    kept = _kept(component.trim, ordered)
    voices = sum(ordered[place].count for place in kept)
    leaves = [
        replace(leaf, points=_marked(one, component) * one.count / voices)
        if place in kept
        else replace(leaf, note="trimmed")
        for place, one in enumerate(ordered)
        for leaf in (_leaf(one, component),)
    ]
    node = branch("item", leaves, **members)
    return _Part(replace(node, mark=node.points), node.points)


def _judges(figures: Sequence[Figure]) -> int:
    """Return how many judged: the same people judge every item, so items are not added up."""
    counts = Counter[str]()
    for one in figures:
        counts[one.item] += one.count
    return max(counts.values(), default=0)


def _kept(trim: Trim, figures: Sequence[Figure]) -> frozenset[int]:
    """Return the places of all but the highest and lowest marks; of all where too few remained."""
    places = range(len(figures))
    if len(figures) < trim.among_at_least or len(figures) <= trim.highest + trim.lowest:
        return frozenset(places)
    by_mark = sorted(places, key=lambda place: figures[place].value)
    return frozenset(by_mark[trim.lowest : len(by_mark) - trim.highest])


def _marked(figure: Figure, component: Component) -> Fraction:
    return WHOLE - exact(figure.value) if component.reversed else exact(figure.value)


def _leaf(figure: Figure, component: Component) -> Node:
    return Node(
        "figure",
        code=figure.item,
        mark=_marked(figure, component),
        count=figure.count,
        unit_id=figure.unit_id,
        object_kind=figure.object_kind,
        object_id=figure.object_id,
    )


def _things(counted: Counted, figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures that are counted, in an order of their own."""
    return _ordered([one for one in figures if counted.takes(one)])


def _ordered(figures: Sequence[Figure]) -> list[Figure]:
    return sorted(figures, key=lambda one: (one.group, one.item, str(one.object_id)))


def _thing(figure: Figure, points: Fraction, note: str = "") -> Node:
    return Node(
        "counted",
        points=points,
        code=figure.item,
        unit_id=figure.unit_id,
        object_kind=figure.object_kind,
        object_id=figure.object_id,
        note=note,
    )


def _deduction(deduction: Deduction, figures: Sequence[Figure]) -> Node:
    things = _things(deduction.counted, figures)
    children = [
        _thing(one, _ZERO, "free")
        if place < deduction.free
        else _thing(one, -deduction.each * exact(one.value))
        for place, one in enumerate(things)
    ]
    over = -sum((one.points for one in children), _ZERO) - (deduction.at_most or _ZERO)
    if deduction.at_most is not None and over > 0:
        children.append(Node("limit", over))
    members = {"code": deduction.code, "title": deduction.title, "count": len(things)}
    return branch("deduction", children, **members)


def _bounds(scheme: Scheme, total: Fraction) -> list[Node]:
    inside = min(max(total, scheme.floor), scheme.ceiling)
    return [Node("bounds", inside - total)] if inside != total else []


def _veto(veto: Veto, things: Sequence[Figure], total: Fraction) -> Node:
    cut = Node("cap", min(veto.cap - total, _ZERO))
    children = [cut, *(_thing(one, _ZERO) for one in things)]
    return branch("veto", children, code=veto.code, title=veto.title, count=len(things))


def _rounding(scheme: Scheme, children: Sequence[Node]) -> list[Node]:
    total = sum((one.points for one in children), _ZERO)
    rounded = half_up(total, scheme.places)
    return [Node("rounding", rounded - total)] if rounded != total else []
