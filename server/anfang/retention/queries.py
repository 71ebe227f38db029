"""Reads of retention: the rules, what is due by them, and legal holds."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from uuid import UUID

from flask import current_app
from sqlalchemy import Select, select

from anfang.kit.db import db, lock_row
from anfang.kit.errors import required
from anfang.retention.models import LegalHold
from anfang.retention.rules import Verdict, judge
from anfang.retention.sources import SOURCES, Due
from anfang.retention.uses import Uses

Link = tuple[UUID, str]
"""A record, and the hash of an original that it declares."""


def keep_days() -> Mapping[str, int]:
    """Return how many days each rule keeps."""
    days: Mapping[str, int] = current_app.config["KEEP_DAYS"]
    return days


def due() -> Iterator[Due]:
    """Return everything whose time has run out: kind after kind, of each the oldest first."""
    for source in SOURCES.values():
        yield from source.due()


def verdicts_of(links: Mapping[str, Collection[Link]]) -> dict[str, Verdict]:
    """Return how long files live, by hash, from all that they are used for at this moment.

    Args:
        links: for each file, the records and the originals in them that it stands for.
    """
    uses = Uses({record for found in links.values() for record, _ in found})
    days = keep_days()
    return {
        sha256: judge((use for link in found for use in uses.of(*link)), days)
        for sha256, found in links.items()
    }


def is_held(object_ids: Iterable[UUID]) -> bool:
    """Tell whether a legal hold stands on any of these records, cases or campaigns."""
    standing = select(LegalHold.id).where(
        LegalHold.object_id.in_(list(object_ids)), LegalHold.lifted_at.is_(None)
    )
    return db.session.scalar(standing.limit(1)) is not None


def hold(hold_id: UUID) -> LegalHold:
    """Return a legal hold, locked; raises NotFound."""
    return required(lock_row(LegalHold, hold_id))


def holds_listed() -> Select[LegalHold]:
    """Return the statement of all legal holds, the newest first."""
    return select(LegalHold).order_by(LegalHold.set_at.desc(), LegalHold.id)
