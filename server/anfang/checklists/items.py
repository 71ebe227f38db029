"""What makes a checklist's items well-formed (PROTOCOL §3); types are the schema's matter.

`min` and `max` are integers on the scale of the answer: a value ×10^`scale`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

KINDS: Final = ("yes_no", "grade", "number", "text", "choice", "choices")
PHOTO_RULES: Final = ("never", "on_fail", "always")
_MEANINGFUL: Final[Mapping[str, frozenset[str]]] = {
    "yes_no": frozenset(),
    "grade": frozenset({"min", "max", "scale"}),
    "number": frozenset({"min", "max", "scale", "unit"}),
    "text": frozenset(),
    "choice": frozenset({"options"}),
    "choices": frozenset({"options"}),
}
_SPECIAL: Final = frozenset({"min", "max", "scale", "unit", "options"})
_REQUIRED: Final[Mapping[str, tuple[str, ...]]] = {
    "grade": ("min", "max", "scale"),
    "number": ("scale",),
    "choice": ("options",),
    "choices": ("options",),
}
_SCORED: Final = frozenset({"yes_no", "grade"})


def faults(items: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return what contradicts itself: JSON pointer → code of the reason; empty if all is well."""
    found: dict[str, str] = {}
    counts = Counter(item["id"] for item in items)
    for place, item in enumerate(items):
        if counts[item["id"]] > 1:
            found[f"/items/{place}/id"] = "item-id-twice"
        for member, reason in _item_faults(item):
            found.setdefault(f"/items/{place}/{member}", reason)
    return found


def _item_faults(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    kind = item["kind"]
    for member in _REQUIRED.get(kind, ()):
        if member not in item:
            yield member, "item-member-missing"
    for member in sorted(_SPECIAL - _MEANINGFUL[kind]):
        if member in item:
            yield member, "item-member-meaningless"
    if "min" in item and "max" in item and item["min"] >= item["max"]:
        yield "max", "item-range-empty"
    if item.get("points", 0) and kind not in _SCORED:
        yield "points", "item-points-unscorable"
    if item.get("veto") and kind not in _SCORED:
        yield "veto", "item-points-unscorable"
    if item.get("photo") == "on_fail" and kind not in _SCORED:
        yield "photo", "item-cannot-fail"
    yield from _option_faults(item.get("options"))


def _option_faults(options: Sequence[Mapping[str, str]] | None) -> Iterator[tuple[str, str]]:
    if options is None:
        return
    values = [option["value"] for option in options]
    if len(set(values)) < len(values) or len(values) < 2 or "na" in values:
        yield "options", "item-options-unclear"
