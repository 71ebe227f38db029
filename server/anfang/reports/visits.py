"""Reads of reports from accepted visits, answer by answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from anfang.checklists.models import Checklist, ChecklistVersion
from anfang.claims import queries as claims
from anfang.inspections.models import Record, RecordVersion
from anfang.kit.db import db
from anfang.registry.models import Unit
from anfang.reports.queries import Span, accepted

_AT_ONCE: Final = 500


@dataclass(frozen=True)
class Visit:
    """A visit: where, on which checklist, how many points of 100, which items were met.

    `place` is the site, or the unit where there is none.
    """

    record_id: UUID
    unit_id: UUID
    path: str
    category: str
    place: UUID
    checklist_id: UUID
    points: int | None
    met: Mapping[str, bool]


@dataclass(frozen=True)
class Wording:
    """What a checklist and its items are called, by the newest published version."""

    title: str
    items: Mapping[str, str]


def visits(span: Span) -> Iterator[Visit]:
    """Yield the visits that count, the earliest first."""
    rows = db.session.execute(
        select(
            Record.id,
            Record.unit_id,
            Record.site_id,
            Record.points,
            Unit.path,
            Unit.category,
            ChecklistVersion.checklist_id,
            RecordVersion.content["answers"].label("answers"),
            RecordVersion.score,
        )
        .select_from(Record)
        .join(Unit, Unit.id == Record.unit_id)
        .join(ChecklistVersion, ChecklistVersion.id == Record.checklist_version_id)
        .join(RecordVersion, RecordVersion.record_sha256 == Record.decided_sha256)
        .where(*accepted(span))
        .order_by(Record.day, Record.received_at, Record.id)
        .execution_options(yield_per=_AT_ONCE)
    )
    for row in rows:
        yield _visit(row)


def wordings() -> dict[UUID, Wording]:
    """Return what checklists and their items are called."""
    rows = db.session.execute(
        select(Checklist.id, Checklist.title, ChecklistVersion.items)
        .join(ChecklistVersion, ChecklistVersion.checklist_id == Checklist.id)
        .where(ChecklistVersion.published_at.is_not(None))
        .order_by(ChecklistVersion.version)
    )
    return {
        id_: Wording(title, {str(one["id"]): str(one["text"]) for one in items})
        for id_, title, items in rows
    }


def record_ids(span: Span) -> list[UUID]:
    """Return the records of the visits that count."""
    return list(db.session.scalars(select(Record.id).where(*accepted(span)).order_by(Record.id)))


def _visit(row: Any) -> Visit:
    return Visit(
        record_id=row.id,
        unit_id=row.unit_id,
        path=row.path,
        category=row.category,
        place=row.site_id or row.unit_id,
        checklist_id=row.checklist_id,
        points=row.points,
        met=dict(claims.judged(row.answers, row.score)),
    )
