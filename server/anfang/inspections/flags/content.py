"""What was filled in, against what the checklist asks for, and the record against itself."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from anfang.inspections.flags.flag import Flag

_MOST_NAMED: Final = 40
"""Items named in one flag: a record may hold thousands of senseless answers."""


@dataclass(frozen=True)
class Judged:
    """What the checklist says of the answers: ids of items."""

    missing: Sequence[str]
    out_of_range: Sequence[str]
    photos_due: Sequence[str]


def compare_visit(visit: Mapping[str, Any] | None) -> Iterator[Flag]:
    """Look whether the record says what kind of visit it was, and why none was made."""
    if visit is None:
        yield Flag("visit-missing")
    elif visit["outcome"] != "done" and not (visit.get("reason") or "").strip():
        yield Flag("reason-missing", {"outcome": visit["outcome"]})


def compare_answers(answers: Sequence[Mapping[str, Any]], judged: Judged | None) -> Iterator[Flag]:
    """Compare the answers of a visit that was made with its checklist.

    Args:
        judged: None for an unknown checklist.
    """
    twice = [item for item, count in Counter(a["item"] for a in answers).items() if count > 1]
    yield from _items("answers-twice", twice)
    if judged is not None:
        yield from _items("answers-missing", judged.missing)
        yield from _items("answers-out-of-range", judged.out_of_range)
        yield from _items("photos-missing", judged.photos_due)


def compare_media(
    declared: Sequence[str],
    details: Sequence[Mapping[str, Any]],
    remarks: Sequence[Mapping[str, Any]],
    *,
    capture_forbidden: bool,
) -> Iterator[Flag]:
    """Compare the media in clear with their details and with the remarks that show them."""
    described = {detail["sha256"] for detail in details}
    shown = {sha256 for remark in remarks for sha256 in remark.get("media") or []}
    bare, foreign = set(declared) - described, (described | shown) - set(declared)
    if bare or foreign:
        yield Flag("media-details-differ", {"undescribed": len(bare), "undeclared": len(foreign)})
    if capture_forbidden and declared:
        yield Flag("capture-forbidden", {"media": len(declared)})


def _items(code: str, items: Sequence[str]) -> Iterator[Flag]:
    if items:
        named = [item[:_MOST_NAMED] for item in items[:_MOST_NAMED]]
        yield Flag(code, {"count": len(items), "items": named})
