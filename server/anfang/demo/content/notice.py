"""The case from a visit and the notice about it, from finding to publication."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from anfang.demo.content.reading import read


@dataclass(frozen=True)
class StatementEntry:
    """What the unit's liaison states: `defence` or `rectification`."""

    kind: str
    text: str


@dataclass(frozen=True)
class CaseEntry:
    """The case that is opened from the findings of one visit."""

    visit: str
    unit: str
    title: str
    summary: str
    case_class: str
    working_days: int
    defence_working_days: int
    responsible: str
    statements: tuple[StatementEntry, ...]


@dataclass(frozen=True)
class NoticeEntry:
    """What the drafter adds to the notice about the case (see documents/composing.py)."""

    organ: str
    addressees: tuple[str, ...]
    copies_to: tuple[str, ...]
    contact: Mapping[str, str]
    theme: str
    coverage: str
    view: str
    deadline_working_days: int
    check_remark: str


def case_of(entry: Mapping[str, Any]) -> CaseEntry:
    """Read the case; its file writes `class` for `case_class`."""
    members = dict(entry)
    return read(CaseEntry, {"case_class": members.pop("class"), **members})
