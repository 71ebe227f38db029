"""Self-reports of the demonstration's units: asked for, filed, signed, compared, explained."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

from anfang.claims import queries, questioning, service
from anfang.claims.models import ClaimSheet
from anfang.demo.agenda import Days, Deed
from anfang.demo.content.voice import CallEntry, DifferenceEntry, SheetEntry
from anfang.demo.desk import LEAD, Desk, liaison_of
from anfang.kit.db import db, transaction

_WHAT: Final = "self-reports"


def deeds(
    desk: Desk, campaign_id: UUID, entries: tuple[CallEntry, ...], days: Days
) -> Iterator[Deed]:
    """Yield each call, what the units file, and what they are asked about it."""
    for entry in entries:
        yield from _Call(desk, campaign_id, entry, days).deeds()


class _Call:
    """One call and the units' answers to it."""

    def __init__(self, desk: Desk, campaign_id: UUID, entry: CallEntry, days: Days) -> None:
        self._desk, self._campaign_id, self._entry, self._days = desk, campaign_id, entry, days
        self._id: UUID | None = None
        self._questions: dict[DifferenceEntry, UUID] = {}

    def deeds(self) -> Iterator[Deed]:
        ago = self._days.ago
        yield Deed(ago(self._entry.days_ago), _WHAT, self._ask)
        for sheet in self._entry.sheets:
            yield Deed(ago(sheet.days_ago), _WHAT, partial(self._file, sheet))
        for one in self._entry.differences:
            yield Deed(ago(one.days_ago), _WHAT, partial(self._question, one))
            yield Deed(ago(one.answered_days_ago), _WHAT, partial(self._explain, one))

    def _ask(self, at: datetime) -> None:
        entry = self._entry
        with self._desk.acting(LEAD, at), transaction():
            units = [self._desk.unit(code).id for code in entry.units]
            since, until = self._day(entry.from_days_ago), self._day(entry.to_days_ago)
            self._id = service.ask(self._campaign_id, units, since, until, call=entry.call).id

    def _file(self, entry: SheetEntry, at: datetime) -> None:
        with self._desk.acting(liaison_of(entry.unit), at), transaction():
            sheet = self._sheet(entry.unit)
            service.file_answers(sheet, [_said(entry, item) for item in sheet.request.item_ids])
            service.sign(sheet, entry.signatory)

    def _question(self, entry: DifferenceEntry, at: datetime) -> None:
        with self._desk.acting(LEAD, at), transaction():
            put = questioning.put(self._sheet(entry.unit), entry.item, entry.note)
            self._questions[entry] = put.id

    def _explain(self, entry: DifferenceEntry, at: datetime) -> None:
        with self._desk.acting(liaison_of(entry.unit), at), transaction():
            question = queries.question(self._questions[entry], lock=True)
            questioning.answer(question, entry.answer)

    def _sheet(self, unit: str) -> ClaimSheet:
        listed = db.session.scalars(queries.sheets_listed(request=self._id))
        found = next(one for one in listed if one.unit_id == self._desk.unit(unit).id)
        return queries.sheet(found.id, lock=True)

    def _day(self, days_ago: int) -> date:
        return date.fromisoformat(self._days.iso(-days_ago))


def _said(entry: SheetEntry, item: str) -> dict[str, Any]:
    if item in entry.counted:
        good, checked = entry.counted[item]
        return {"item": item, "good": good, "checked": checked}
    return {"item": item, "percent": entry.percent}
