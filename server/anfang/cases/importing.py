"""Verbs of the ledger's Excel sheet: show what a changed sheet would do; do it whole or not at all.

[Note: Preview is the verb] the preview does what the import would do, in a savepoint that is rolled
back: what it shows and refuses is what happens, by the same rules as on a case's own page.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, select

from anfang.cases import exporting, queries, service
from anfang.cases.errors import ImportChanged, ImportFaulty
from anfang.cases.models import Case, CaseClass, CaseSource, CaseState
from anfang.cases.sheet import CHANGEABLE, ID, REVISION, WORDED, value_of
from anfang.kit.db import db, locked
from anfang.kit.errors import Problem
from anfang.kit.ids import sha256_hex
from anfang.kit.sheets import Fault, SheetRow
from anfang.log import service as log

_AT_ONCE: Final = 500
_FIXED: Final = ("number", "unit", "state", "opened_on")
_NEEDED: Final = frozenset({"title", "class", "due_on", "source", "owner"})
_LONGEST: Final = {"title": 120, "responsible": 120, "summary": 4000, "public_explanation": 4000}
_VALUES: Final[Mapping[str, Sequence[str]]] = {
    "class": [one.value for one in CaseClass],
    "state": [one.value for one in CaseState],
    "source": [one.value for one in CaseSource],
}
_MEMBERS: Final = {"class": "case_class", "theme": "theme_id", "owner": "owner_id"}


@dataclass(frozen=True)
class Change:
    """One cell that differs: the words before and after."""

    row: int
    number: str
    column: str
    before: str
    after: str


@dataclass
class Plan:
    """What a sheet would change; `digest` names exactly these changes of exactly these revisions.

    With a fault nothing of it can be done.
    """

    rows: int
    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    refusals: dict[int, Problem] = field(default_factory=dict)
    digest: str = ""
    done: bool = False


class _OnlyShown(Exception):  # noqa: N818 -- no error: it takes the played changes back
    """What was played to be shown is not to stay."""


def import_sheet(
    rows: Sequence[SheetRow],
    faults: Iterable[Fault],
    within: ColumnElement[bool],
    digest: str | None = None,
) -> Plan:
    """Show what a sheet would change, or change it.

    Args:
        rows, faults: as `sheet.read` gave them.
        within: the policy's predicate for the caller.
        digest: of the plan that was shown; None only shows.

    Raises:
        ImportFaulty: there are faults; nothing was changed.
        ImportChanged: the sheet or a case is no longer what the plan was made of.
    """
    plan = Plan(len(rows), faults=list(faults))
    with suppress(_OnlyShown), db.session.begin_nested():
        revisions = [] if plan.faults else _play(plan, rows, within)
        plan.digest = _digest(plan, revisions)
        if plan.faults or digest != plan.digest:
            raise _OnlyShown
        plan.done = True
    if plan.done:
        log.audit("case.imported", "ledger", plan.digest, changes=len(plan.changes))
    elif digest is not None:
        raise ImportFaulty if plan.faults else ImportChanged
    return plan


def _play(plan: Plan, rows: Sequence[SheetRow], within: ColumnElement[bool]) -> list[int]:
    """Change every row's case; returns the revisions that were changed."""
    cases = _cases(rows, within)
    told = {row[ID]: row for row in exporting.rows_of(list(cases.values()))}
    often = Counter(row.cells[ID] for row in rows)
    revisions, people = [], _owners()
    for row in rows:
        case = cases.get(row.cells[ID])
        fault = _fault_of(row, case, often)
        if fault is not None or case is None:
            plan.faults.append(fault or Fault(row.number, ID, "case-unknown"))
            continue
        before = {name: _shown(value) for name, value in told[str(case.id)].items()}
        wanted = _changes(plan, row, case, before, people)
        if wanted:
            revisions.append(case.revision)
            _change(plan, row, case, wanted)
    return revisions


def _change(plan: Plan, row: SheetRow, case: Case, wanted: Mapping[str, Any]) -> None:
    try:
        with db.session.begin_nested():
            service.change_case(case, **wanted)
    except Problem as problem:
        plan.faults.append(Fault(row.number, None, problem.code))
        plan.refusals[row.number] = problem


def _fault_of(row: SheetRow, case: Case | None, often: Counter[str]) -> Fault | None:
    """Return why a row cannot be taken for a case as it was exported; None if it can."""
    if case is None:
        return Fault(row.number, ID, "case-unknown", row.cells[ID])
    if often[row.cells[ID]] > 1:
        return Fault(row.number, ID, "row-twice", case.number)
    if row.cells[REVISION] != str(case.revision):
        return Fault(row.number, None, "changed-since-export", case.number)
    return None


def _changes(
    plan: Plan,
    row: SheetRow,
    case: Case,
    before: Mapping[str, str],
    people: Mapping[str, list[UUID]],
) -> dict[str, Any]:
    """Read what a row wants changed, note it and its faults; empty if there is nothing to do."""
    wanted: dict[str, Any] = {}
    faults = []
    for column, text in row.cells.items():
        if column not in CHANGEABLE and column not in _FIXED:
            continue
        if _is_same(column, text, before[column]):
            continue
        value = _Value(None, "column-fixed")
        if column in CHANGEABLE:
            value = _value(column, text, case, people)
        if value.fault is not None:
            faults.append(Fault(row.number, column, value.fault, text))
            continue
        wanted[_MEMBERS.get(column, column)] = value.value
        plan.changes.append(Change(row.number, case.number, column, before[column], text))
    plan.faults += faults
    return {} if faults else wanted


@dataclass(frozen=True)
class _Value:
    value: Any
    fault: str | None = None


def _value(column: str, text: str, case: Case, people: Mapping[str, list[UUID]]) -> _Value:
    """Return what a cell's text means for a case, or which fault it is."""
    if not text and column in _NEEDED:
        return _Value(None, "value-missing")
    if column in WORDED:
        value = value_of(column, text, _VALUES[column])
        return _Value(value, None if value else "value-unknown")
    if column == "due_on":
        return _day(text)
    if column == "owner":
        found = people.get(text, [])
        fault = "value-unknown" if not found else "value-ambiguous" if len(found) > 1 else None
        return _Value(found[0] if len(found) == 1 else None, fault)
    if column == "theme":
        return _theme(text, case)
    return _Value(text, "value-too-long" if len(text) > _LONGEST[column] else None)


def _day(text: str) -> _Value:
    try:
        return _Value(date.fromisoformat(text))
    except ValueError:
        return _Value(None, "value-unknown")


def _theme(text: str, case: Case) -> _Value:
    if not text:
        return _Value(None)
    found = [theme.id for theme in case.campaign.themes if theme.title == text]
    return _Value(found[0]) if found else _Value(None, "value-unknown")


def _is_same(column: str, text: str, before: str) -> bool:
    if column in WORDED:
        values = _VALUES[column]
        return value_of(column, text, values) == value_of(column, before, values)
    return text == before


def _cases(rows: Sequence[SheetRow], within: ColumnElement[bool]) -> dict[str, Case]:
    """Return the sheet's cases that the caller sees, locked, by id."""
    ids = sorted({found for row in rows if (found := _uuid(row.cells[ID])) is not None})
    cases: dict[str, Case] = {}
    for first in range(0, len(ids), _AT_ONCE):
        part = locked(
            select(Case).where(Case.id.in_(ids[first : first + _AT_ONCE]), within).order_by(Case.id)
        )
        cases.update({str(case.id): case for case in db.session.scalars(part)})
    return cases


def _owners() -> dict[str, list[UUID]]:
    found = defaultdict(list)
    for user in queries.owners():
        found[user.display_name].append(user.id)
    return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def _digest(plan: Plan, revisions: Sequence[int]) -> str:
    changes = [[one.row, one.number, one.column, one.before, one.after] for one in plan.changes]
    return sha256_hex(json.dumps([changes, list(revisions)]).encode())
