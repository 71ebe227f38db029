"""Reads of checklists."""

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import Select, or_, select

from anfang.checklists.models import Checklist, ChecklistVersion
from anfang.kit.db import db
from anfang.kit.errors import required
from anfang.kit.names import Names

_TITLES: Final = Names(ChecklistVersion.id, ChecklistVersion.title)


def checklist(checklist_id: UUID) -> Checklist:
    """Return a checklist; raises NotFound."""
    return required(db.session.get(Checklist, checklist_id))


def checklists_listed(q: str | None = None) -> Select[Checklist]:
    """Return the statement of all checklists by code, or of those named like `q`."""
    statement = select(Checklist).order_by(Checklist.code)
    if q:
        statement = statement.where(
            or_(
                Checklist.title.icontains(q, autoescape=True),
                Checklist.code.icontains(q, autoescape=True),
            )
        )
    return statement


def checklist_version(version_id: UUID) -> ChecklistVersion:
    """Return a version of a checklist; raises NotFound."""
    return required(db.session.get(ChecklistVersion, version_id))


def version_titles(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the titles of versions, for lists that mention them."""
    return _TITLES.of(ids)


def checklist_versions(ids: Iterable[UUID]) -> Sequence[ChecklistVersion]:
    """Return the versions with these ids, by id; unknown ids are left out."""
    return db.session.scalars(
        select(ChecklistVersion)
        .where(ChecklistVersion.id.in_(list(ids)))
        .order_by(ChecklistVersion.id)
    ).all()
