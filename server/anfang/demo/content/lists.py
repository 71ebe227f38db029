"""What the demonstration's units file: rows of registers, approval matters, periods of cycles.

Days are counted from the day of loading.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class MoveEntry:
    """A row taken on to a state by an account, after `filled_by` (else itself) put in `values`."""

    to: str
    by: str
    days_ago: int
    reason: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    filled_by: str | None = None


@dataclass(frozen=True)
class RowEntry:
    """A row of a register; `days` holds columns of days, counted ahead from the day of loading."""

    register: str
    unit: str
    by: str
    days_ago: int
    values: Mapping[str, Any]
    days: Mapping[str, int] = field(default_factory=dict)
    moves: tuple[MoveEntry, ...] = ()


@dataclass(frozen=True)
class StepEntry:
    """A step of an approval matter; `left_days_ago` None while it is there."""

    name: str
    handler: str
    days_ago: int
    left_days_ago: int | None = None


@dataclass(frozen=True)
class MatterEntry:
    """An approval matter, in working days; `promised` None lets the promise end on the last day.

    `case_days_ago`: when the office opened a case about its gravest card.
    """

    unit: str
    number: str
    item: str
    days_ago: int
    legal: int
    promised: int | None = None
    finished_days_ago: int | None = None
    steps: tuple[StepEntry, ...] = ()
    case_days_ago: int | None = None


@dataclass(frozen=True)
class DutyEntry:
    """What came for a duty of the cycles in every period but the `missed` ones (from 0)."""

    duty: str
    by: str
    text: str = ""
    count: int | None = None
    missed: tuple[int, ...] = ()
