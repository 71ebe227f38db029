"""How an approval goes through the departments that examine it. Pure.

DOMAIN.md row 26: side by side (并联) instead of one after the other (串联); where that cannot be,
the next department is involved early (提前介入), before the one before it is done.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Flow(StrEnum):
    """The ways through several departments."""

    PARALLEL = "parallel"
    EARLY = "early"
    SERIAL = "serial"


@dataclass(frozen=True, order=True)
class Span:
    """A department's part, from its first day to its last (`date.max` while it is open)."""

    entered: date
    left: date


def flow_of(steps: Sequence[Mapping[str, Any]]) -> Flow | None:
    """Return the way that a matter took so far; None until a second department has it.

    Args:
        steps: `department` (empty for what the accepting window itself does), `early` (no
            examination yet, but involvement before it), `entered_on` and `left_on`, days as ISO
            8601, `left_on` empty while the step is open.
    """
    involved = _spans(steps)
    if len(involved) < 2:
        return None
    examining = _spans(one for one in steps if not one["early"])
    if len(examining) == len(involved) and not _waits(examining):
        return Flow.PARALLEL
    return Flow.SERIAL if _waits(involved) else Flow.EARLY


def departments_of(steps: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Return the departments that a matter has gone to."""
    return frozenset(one["department"] for one in steps if one["department"])


def _spans(steps: Iterable[Mapping[str, Any]]) -> list[Span]:
    """Return each department's part, the first to begin first."""
    parts: dict[str, Span] = {}
    for one in steps:
        if not one["department"]:
            continue
        entered = date.fromisoformat(one["entered_on"])
        left = date.fromisoformat(one["left_on"]) if one["left_on"] else date.max
        before = parts.get(one["department"], Span(entered, left))
        span = Span(min(before.entered, entered), max(before.left, left))
        parts[one["department"]] = span
    return sorted(parts.values())


def _waits(spans: Sequence[Span]) -> bool:
    """Tell whether a department began only after all before it were done.

    Who begins on the same day as the first did not wait, however soon the first was done.
    """
    first, done = spans[0].entered, spans[0].left
    for one in spans[1:]:
        if one.entered >= done and one.entered > first:
            return True
        done = max(done, one.left)
    return False
