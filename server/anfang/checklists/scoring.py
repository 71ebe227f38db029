"""Scoring of a visit's answers against a checklist's items (PROTOCOL §3, §4).

Only `yes_no` and `grade` items carry points. `yes` earns all of an item's points, `no` none; a
grade earns its share of the way from `min` to `max`. An item answered `na` and an item without an
answer are left out of both sums, so the score is proportional over what was judged. It is rounded
down: only a faultless visit shows 100.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

Item = Mapping[str, Any]
NOT_APPLICABLE: Final = "na"
OUT_OF: Final = 100


@dataclass(frozen=True)
class Score:
    """The result of one visit.

    Attributes:
        points: 0..`out_of`.
        out_of: 100, or 0 when nothing that carries points was judged.
        covered: how many of the checklist's points the score rests on.
        vetoes: ids of veto items that failed; what follows from them is the campaign's rule.
        failed: ids of `yes_no` items answered `no` and grades below the middle of their range.
        missing: ids of items without an answer.
        out_of_range: ids of items whose answer is none of theirs (they earn nothing), then ids that
            the checklist does not hold.
    """

    points: int
    out_of: int
    covered: int
    vetoes: tuple[str, ...]
    failed: tuple[str, ...]
    missing: tuple[str, ...]
    out_of_range: tuple[str, ...]


def score(items: Sequence[Item], answers: Iterable[Mapping[str, Any]]) -> Score:
    """Score `[{"item","value"}]` against items in PROTOCOL §3's form; the last answer counts."""
    given = {str(answer["item"]): answer["value"] for answer in answers}
    answered = [item for item in items if given.get(item["id"]) is not None]
    judged = [item for item in answered if given[item["id"]] != NOT_APPLICABLE]
    earned = sum((_share(item, given[item["id"]]) * _points(item) for item in judged), Fraction(0))
    covered = sum(_points(item) for item in judged)
    failed = tuple(item["id"] for item in judged if fails(item, given[item["id"]]))
    known = {item["id"] for item in items}
    odd = [item["id"] for item in judged if not in_range(item, given[item["id"]])]
    return Score(
        points=int(OUT_OF * earned / covered) if covered else 0,
        out_of=OUT_OF if covered else 0,
        covered=covered,
        vetoes=tuple(item["id"] for item in items if item.get("veto") and item["id"] in failed),
        failed=failed,
        missing=tuple(item["id"] for item in items if given.get(item["id"]) is None),
        out_of_range=(*odd, *(name for name in given if name not in known)),
    )


def photos_due(
    items: Sequence[Item], answers: Iterable[Mapping[str, Any]], pictured: Iterable[str]
) -> tuple[str, ...]:
    """Return the ids of items that want a photo and have none.

    Args:
        pictured: ids of the items to which pictures belong.
    """
    given = {str(answer["item"]): answer["value"] for answer in answers}
    have = set(pictured)
    return tuple(
        item["id"]
        for item in items
        if item["id"] not in have and _wants_photo(item, given.get(item["id"]))
    )


def fails(item: Item, value: object) -> bool:
    """Tell whether an answer says that the requirement is not met."""
    if item["kind"] == "yes_no":
        return value == "no"
    if item["kind"] == "grade" and in_range(item, value):
        return 2 * _share(item, value) < 1
    return False


def in_range(item: Item, value: object) -> bool:
    """Tell whether a value is one that an item of this kind can have; `na` always is."""
    if value == NOT_APPLICABLE:
        return True
    match item["kind"]:
        case "yes_no":
            return value in ("yes", "no")
        case "grade" | "number":
            return _is_integer(value) and _between(item, value)
        case "choice":
            return isinstance(value, str) and value in _values(item)
        case "choices":
            return isinstance(value, list) and all(one in _values(item) for one in value)
        case _:
            return isinstance(value, str)


def _share(item: Item, value: Any) -> Fraction:
    if item["kind"] == "yes_no":
        return Fraction(value == "yes")
    if item["kind"] == "grade" and in_range(item, value):
        return Fraction(value - item["min"], item["max"] - item["min"])
    return Fraction(0)


def _wants_photo(item: Item, value: object) -> bool:
    if value is None or value == NOT_APPLICABLE:
        return False
    rule = item.get("photo", "never")
    return rule == "always" or (rule == "on_fail" and fails(item, value))


def _points(item: Item) -> int:
    return int(item.get("points", 0))


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _between(item: Item, value: Any) -> bool:
    low, high = item.get("min"), item.get("max")
    return (low is None or value >= low) and (high is None or value <= high)


def _values(item: Item) -> list[str]:
    return [option["value"] for option in item.get("options", ())]
