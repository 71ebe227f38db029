"""Reads of reports that were drafted or published."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from anfang.kit.db import found_by, locked
from anfang.kit.pages import filled
from anfang.reports.models import PressPack, ResultRelease


def release(release_id: UUID, *within: ColumnElement[bool], lock: bool = False) -> ResultRelease:
    """Return results, locked and read anew if asked; raises NotFound."""
    statement = select(ResultRelease).where(ResultRelease.id == release_id, *within)
    if lock:
        statement = locked(statement)
    return found_by(statement)


def releases_listed() -> Select[ResultRelease]:
    """Return the statement of results, the newest first."""
    return select(ResultRelease).order_by(ResultRelease.drafted_at.desc(), ResultRelease.id)


def is_public() -> ColumnElement[bool]:
    """Return the predicate on `ResultRelease` of what everybody reads, withdrawn ones included."""
    return ResultRelease.published_at.is_not(None)


def public_releases() -> Select[ResultRelease]:
    """Return the statement of what was ever published, the latest first."""
    return (
        select(ResultRelease)
        .where(is_public())
        .order_by(filled(ResultRelease.published_at).desc(), ResultRelease.id)
    )


def press_pack(pack_id: UUID, *, lock: bool = False) -> PressPack:
    """Return a pack for the press, locked and read anew if asked; raises NotFound."""
    statement = select(PressPack).where(PressPack.id == pack_id)
    if lock:
        statement = locked(statement)
    return found_by(statement)


def press_packs_listed() -> Select[PressPack]:
    """Return the statement of packs for the press, the newest first."""
    return select(PressPack).order_by(PressPack.drafted_at.desc(), PressPack.id)
