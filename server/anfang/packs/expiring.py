"""Verbs of built packs' end: a pack's file is a copy that can be built again, and is not kept long.

Requests that gave the same bytes share one file: it goes when the last of them has run out.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select

from anfang.evidence import deleting
from anfang.evidence.models import DeletedKind
from anfang.kit.clock import now
from anfang.kit.db import db, locked
from anfang.log import service as log
from anfang.packs import queries, selecting
from anfang.packs.models import Pack, PackState
from anfang.packs.selector import Selector
from anfang.retention import queries as retention
from anfang.retention.rules import Rule
from anfang.retention.sources import Due, Source

_KIND: Final = DeletedKind.PACK


def due() -> Iterator[Due]:
    """Return the packs whose time has run out, the oldest first; one on legal hold is not due."""
    newest = func.max(Pack.finished_at)
    candidates = db.session.scalars(
        select(Pack.sha256)
        .where(Pack.state == PackState.READY.value)
        .group_by(Pack.sha256)
        .order_by(newest, Pack.sha256)
    ).all()
    for sha256 in candidates:
        packs = [] if sha256 is None else _ready(sha256)
        ended = _ended(packs)
        if ended is not None and ended <= now() and not _is_held(packs):
            found = packs[0]
            yield Due(_KIND.value, str(found.sha256), found.bytes or 0, Rule.PACK.value, ended)


def certify(one: Due) -> bool:
    """Certify one pack's deletion if it is still due, with every request of it locked.

    Raises:
        OfficeKeyMissing: the office cannot sign.
    """
    packs = _ready(one.sha256, lock=True)
    ended = _ended(packs)
    if ended is None or ended > now() or _is_held(packs):
        return False
    deleting.certify_file(
        _KIND, one.sha256, one.bytes, Rule.PACK.value, [queries.file_key(one.sha256)]
    )
    for pack in packs:
        pack.state = PackState.EXPIRED.value
        log.audit("pack.expired", "pack", pack.id, profile=pack.profile)
    return True


def is_kept(sha256: str) -> bool:
    """Tell whether a request (again) has a file of this hash."""
    return bool(_ready(sha256))


def until(finished_at: datetime) -> datetime:
    """Return until when the file of a pack is kept that was finished at a moment."""
    return finished_at + timedelta(days=retention.keep_days()[Rule.PACK])


def _ended(packs: Sequence[Pack]) -> datetime | None:
    """Return when the last of several requests for one file runs out, None where there is none."""
    return max((until(one.finished_at) for one in packs if one.finished_at), default=None)


def _ready(sha256: str, *, lock: bool = False) -> Sequence[Pack]:
    statement = select(Pack).filter_by(sha256=sha256, state=PackState.READY.value)
    if lock:
        statement = locked(statement)
    return db.session.scalars(statement).all()


def _is_held(packs: Sequence[Pack]) -> bool:
    named = {one for pack in packs for one in selecting.named(Selector.from_json(pack.selector))}
    return retention.is_held(named)


SOURCE: Final = Source(_KIND.value, due, certify, is_kept)
