"""What the demonstration's units file: rows of registers, approval matters."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from uuid import UUID

from sqlalchemy import select

from anfang.demo.agenda import Days, Deed
from anfang.demo.content.lists import MatterEntry, MoveEntry, RowEntry
from anfang.demo.desk import LEAD, Desk
from anfang.kit.db import db, transaction
from anfang.kit.working_time import working_days_between
from anfang.registers import queries as registers
from anfang.registers import service as filing
from anfang.supervision import importing
from anfang.supervision import service as supervision
from anfang.supervision.models import ApprovalMatter, SupervisionCard


def rows(
    desk: Desk, campaign_id: UUID, entries: tuple[RowEntry, ...], days: Days
) -> Iterator[Deed]:
    """Yield a row's filing and each of its moves."""
    for entry in entries:
        yield from _Row(desk, campaign_id, entry, days).deeds()


class _Row:
    """One row on its way through its states."""

    def __init__(self, desk: Desk, campaign_id: UUID, entry: RowEntry, days: Days) -> None:
        self._desk, self._campaign_id, self._entry, self._days = desk, campaign_id, entry, days
        self._id: UUID | None = None

    def deeds(self) -> Iterator[Deed]:
        yield Deed(self._days.ago(self._entry.days_ago), "registers", self._file)
        for move in self._entry.moves:
            yield Deed(self._days.ago(move.days_ago), "registers", partial(self._move, move))

    def _file(self, at: datetime) -> None:
        entry = self._entry
        of_days = {column: self._days.iso(ahead) for column, ahead in entry.days.items()}
        with self._desk.acting(entry.by, at), transaction():
            unit = self._desk.unit(entry.unit)
            row = filing.file_row(
                self._campaign_id, entry.register, unit.id, {**entry.values, **of_days}
            )
            self._id = row.id

    def _move(self, move: MoveEntry, at: datetime) -> None:
        if self._id is None:
            raise LookupError(f"a row of {self._entry.register} was moved before it was filed")
        if move.values:
            with self._desk.acting(move.filled_by or move.by, at), transaction():
                row = registers.row_for_update(self._id)
                filing.change_row(row, {**row.values, **move.values})
        with self._desk.acting(move.by, at), transaction():
            filing.move_row(registers.row_for_update(self._id), move.to, move.reason)


def matters(
    desk: Desk, campaign_id: UUID, entries: tuple[MatterEntry, ...], days: Days
) -> Iterator[Deed]:
    """Yield the delivery of each matter by its approval system, and the case about its card."""
    for entry in entries:
        known = entry.finished_days_ago
        last = min(step.days_ago for step in entry.steps) if known is None else known
        deliver = partial(_deliver, desk, campaign_id, entry, days)
        yield Deed(days.ago(last), "approval matters", deliver)
        if entry.case_days_ago is not None:
            opening = partial(_open_case, desk, campaign_id, entry.number)
            yield Deed(days.ago(entry.case_days_ago), "approval matters", opening)


def _deliver(desk: Desk, campaign_id: UUID, entry: MatterEntry, days: Days, at: datetime) -> None:
    accepted, today = date.fromisoformat(days.iso(-entry.days_ago)), date.fromisoformat(days.iso(0))
    finished = entry.finished_days_ago
    matter = importing.Matter(
        place=1,
        unit_code=entry.unit,
        number=entry.number,
        item=entry.item,
        accepted_on=accepted,
        legal_working_days=entry.legal,
        promised_working_days=entry.promised or max(1, working_days_between(accepted, today)),
        finished_on=None if finished is None else date.fromisoformat(days.iso(-finished)),
        steps=tuple(
            importing.Step(
                step.name,
                step.handler,
                days.iso(-step.days_ago),
                "" if step.left_days_ago is None else days.iso(-step.left_days_ago),
            )
            for step in entry.steps
        ),
    )
    with desk.acting(LEAD, at), transaction():
        importing.take(campaign_id, [matter], at_once=True)


def _open_case(desk: Desk, campaign_id: UUID, number: str, at: datetime) -> None:
    gravest = (
        select(SupervisionCard)
        .join(SupervisionCard.matter)
        .where(ApprovalMatter.campaign_id == campaign_id, ApprovalMatter.number == number)
        .order_by(SupervisionCard.points.desc())
        .limit(1)
    )
    with desk.acting(LEAD, at), transaction():
        supervision.open_case(db.session.scalars(gravest).one())
