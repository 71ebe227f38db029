"""What follows in the demonstration: further cases, measures, breaches, documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Said:
    """What the unit's liaison states in a case: `defence` or `rectification`."""

    kind: str
    days_ago: int
    text: str


@dataclass(frozen=True)
class Asked:
    """What the unit asks for in a case (`cases.models.RequestKind`); it waits for a decision."""

    kind: str
    days_ago: int
    reason: str
    working_days: int | None = None


@dataclass(frozen=True)
class RaisedCase:
    """A case that no visit found; `members` as `cases.opening.open_case` names them."""

    key: str
    unit: str
    days_ago: int
    title: str
    case_class: str
    source: str
    members: Mapping[str, Any] = field(default_factory=dict)
    said: tuple[Said, ...] = ()
    asked: tuple[Asked, ...] = ()


@dataclass(frozen=True)
class MeasureEntry:
    """A step of a ladder; `in_force` was approved and put in force, else it waits.

    `fields`: texts of the case that the step asks for, filled in before.
    """

    case: str
    ladder: str
    step: str
    days_ago: int
    reason: str
    in_force: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class BreachEntry:
    """An alleged breach of a rule; `decided_days_ago` None leaves it to the approver."""

    case: str
    rule_set: str
    rule: str
    days_ago: int
    note: str
    decided_days_ago: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class PaperEntry:
    """A document of a kind, brought as far as `state` (`documents.models.NoticeState`)."""

    kind: str
    cases: tuple[str, ...]
    days_ago: int
    organ: str
    state: str
    asked: Mapping[str, Any]
