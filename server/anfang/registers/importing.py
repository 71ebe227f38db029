"""Verbs of a register's Excel sheet: show what it would file and change; do it whole or not at all.

As with the ledger of cases, the preview is the verb [Note: Preview is the verb]: it is played in a
savepoint that is rolled back, so what it refuses is refused by the rules of the row's own page.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select

from anfang.kit.db import db
from anfang.kit.errors import Problem
from anfang.kit.ids import sha256_hex
from anfang.kit.principal import principal
from anfang.kit.sheets import Fault, SheetRow
from anfang.log import service as log
from anfang.registers import exporting, queries, service, sheet
from anfang.registers.errors import SheetChanged, SheetFaulty
from anfang.registers.models import RegisterRow
from anfang.registers.rules import UNIT, Register
from anfang.registry import service as registry
from anfang.registry.models import Site, Unit


@dataclass(frozen=True)
class Change:
    """One cell that differs; `before` is empty and `filed` true in a row that is new."""

    row: int
    column: str
    before: str
    after: str
    filed: bool


@dataclass
class Plan:
    """What a sheet would do; `digest` names exactly these changes of exactly these revisions."""

    rows: int
    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    digest: str = ""
    done: bool = False


class _OnlyShown(Exception):  # noqa: N818 -- no error: it takes the played changes back
    """What was played to be shown is not to stay."""


def import_sheet(
    campaign_id: UUID,
    register: Register,
    read: tuple[list[SheetRow], list[Fault]],
    within: ColumnElement[bool],
    digest: str | None = None,
) -> Plan:
    """Show what a sheet would do, or do it: rows without an id are filed, the others changed.

    Args:
        read: as `sheet.read` gave it.
        within: the policy's predicate for the caller.
        digest: of the plan that was shown; None only shows.

    Raises:
        SheetFaulty: there are faults; nothing was changed.
        SheetChanged: the sheet or a row is no longer what the plan was made of.
    """
    rows, faults = read
    plan = Plan(len(rows), faults=list(faults))
    with suppress(_OnlyShown), db.session.begin_nested():
        revisions = [] if plan.faults else _Player(campaign_id, register, within, plan).play(rows)
        plan.digest = _digest(plan, revisions)
        if plan.faults or digest != plan.digest:
            raise _OnlyShown
        plan.done = True
    if plan.done:
        log.audit("register.imported", "register", register.code, changes=len(plan.changes))
    elif digest is not None:
        raise SheetFaulty if plan.faults else SheetChanged
    return plan


class _Player:
    """Plays a sheet's rows through the verbs, and notes what they do and refuse."""

    def __init__(
        self, campaign_id: UUID, register: Register, within: ColumnElement[bool], plan: Plan
    ) -> None:
        self._campaign_id, self._register, self._plan = campaign_id, register, plan
        listed = queries.rows_listed(campaign_id, register.code, within)
        self._known = {str(row.id): row for row in db.session.scalars(listed)}
        told = exporting.cells(register, list(self._known.values()))
        self._before = {one[sheet.ID]: one for one in told}
        self._units = _units()
        self._references = {**_sites(), **{name: str(one) for name, one in self._units.items()}}

    def play(self, rows: Sequence[SheetRow]) -> list[int]:
        """File and change; returns the revisions of the rows that were changed."""
        revisions = []
        for row in rows:
            given, faults = sheet.values_of(self._register, row, self._references)
            self._plan.faults += faults
            if faults:
                continue
            if not row.cells.get(sheet.ID):
                self._file(row, given)
            elif (known := self._known_row(row)) is not None:
                revisions.append(known.revision)
                self._change(row, known, given)
        return revisions

    def _file(self, row: SheetRow, given: Mapping[str, Any]) -> None:
        unit_id = self._units.get(row.cells[UNIT])
        if unit_id is None:
            self._fault(row, UNIT, "value-unknown", row.cells[UNIT])
            return
        if self._tried(
            row, lambda: service.file_row(self._campaign_id, self._register.code, unit_id, given)
        ):
            self._note(row, {}, filed=True)

    def _change(self, row: SheetRow, known: RegisterRow, given: Mapping[str, Any]) -> None:
        before = {name: sheet.shown(value) for name, value in self._before[str(known.id)].items()}
        fixed = {UNIT, sheet.STATE} & row.cells.keys()
        for name in sorted(fixed):
            if row.cells[name] != before[name] and row.cells[name]:
                self._fault(row, name, "column-fixed", row.cells[name])
        changed = any(
            text != before[name]
            for name, text in row.cells.items()
            if name not in {UNIT, sheet.STATE, sheet.ID, sheet.REVISION}
        )
        if changed and self._tried(row, lambda: service.change_row(known, given)):
            self._note(row, before, filed=False)

    def _known_row(self, row: SheetRow) -> RegisterRow | None:
        known = self._known.get(row.cells[sheet.ID])
        if known is None:
            self._fault(row, sheet.ID, "row-unknown", row.cells[sheet.ID])
        elif row.cells.get(sheet.REVISION) != str(known.revision):
            self._fault(row, None, "changed-since-export")
            return None
        return known

    def _tried(self, row: SheetRow, verb: Callable[[], object]) -> bool:
        """Play a verb in a savepoint; its refusal becomes the row's fault."""
        try:
            with db.session.begin_nested():
                verb()
        except Problem as problem:
            for name, code in problem.pointers.items():
                self._fault(row, name, code)
            if not problem.pointers:
                self._fault(row, None, problem.code)
            return False
        return True

    def _note(self, row: SheetRow, before: Mapping[str, str], *, filed: bool) -> None:
        for name, text in row.cells.items():
            said = before.get(name, "")
            if text != said and name not in {sheet.ID, sheet.REVISION}:
                title = sheet.title_of(self._register, name) or name
                self._plan.changes.append(Change(row.number, title, said, text, filed))

    def _fault(self, row: SheetRow, name: str | None, code: str, value: str = "") -> None:
        title = sheet.title_of(self._register, name)
        self._plan.faults.append(Fault(row.number, title, code, value))


def _units() -> dict[str, UUID]:
    """Return the units that the caller sees by code, and by name where a name is one unit's."""
    rows = db.session.execute(
        select(Unit.id, Unit.name, Unit.code).where(
            Unit.id.in_(registry.visible_unit_ids(principal()))
        )
    ).all()
    by_name = _unambiguous([(row.name, row.id) for row in rows])
    return by_name | {row.code: row.id for row in rows}


def _sites() -> dict[str, str]:
    rows = db.session.execute(select(Site.name, Site.id)).all()
    found = _unambiguous([(row.name, row.id) for row in rows])
    return {name: str(one) for name, one in found.items()}


def _unambiguous(pairs: Sequence[tuple[str, UUID]]) -> dict[str, UUID]:
    names = [name for name, _ in pairs]
    return {name: one for name, one in pairs if names.count(name) == 1}


def _digest(plan: Plan, revisions: Sequence[int]) -> str:
    told = [[one.row, one.column, one.before, one.after] for one in plan.changes]
    return sha256_hex(json.dumps([told, list(revisions)], ensure_ascii=False).encode())
