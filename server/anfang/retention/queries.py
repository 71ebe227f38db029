"""Reads of retention: what each medium is used for, in every room that links to it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from flask import current_app
from sqlalchemy import Select, select

from anfang.evidence.models import Media, MediaClaim
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.errors import NotFound
from anfang.retention.models import LegalHold
from anfang.retention.rules import Verdict, judge
from anfang.retention.uses import Uses

_BATCH: Final = 200


@dataclass(frozen=True)
class Due:
    """A medium whose time has run out, by which rule and since when."""

    sha256: str
    bytes: int
    rule: str
    since: datetime


def keep_days() -> Mapping[str, int]:
    """Return how many days each rule keeps."""
    days: Mapping[str, int] = current_app.config["KEEP_DAYS"]
    return days


def due() -> Iterator[Due]:
    """Return the media whose time has run out, the oldest first, read in batches."""
    oldest = now() - timedelta(days=min(keep_days().values()))
    candidates = db.session.execute(
        select(Media.sha256, Media.bytes)
        .where(Media.deleted_at.is_(None), Media.stored_at <= oldest)
        .order_by(Media.stored_at, Media.sha256)
    ).all()
    for start in range(0, len(candidates), _BATCH):
        some = candidates[start : start + _BATCH]
        verdicts = verdicts_of([row.sha256 for row in some])
        for row in some:
            found = verdicts[row.sha256]
            if found.is_due(now()) and found.until is not None:
                yield Due(row.sha256, row.bytes, found.rule.value, found.until)


def verdicts_of(sha256s: Sequence[str]) -> dict[str, Verdict]:
    """Return how long media live, by hash, from all that they are used for at this moment."""
    owners = _owners(sha256s)
    uses = Uses({owner for found in owners.values() for owner in found})
    days = keep_days()
    return {
        sha256: judge((use for owner in owners[sha256] for use in uses.of(owner, sha256)), days)
        for sha256 in sha256s
    }


def hold(hold_id: UUID) -> LegalHold:
    """Return a legal hold, locked; raises NotFound."""
    found = db.session.get(LegalHold, hold_id, with_for_update=True)
    if found is None:
        raise NotFound
    return found


def holds_listed() -> Select[LegalHold]:
    """Return the statement of all legal holds, the newest first."""
    return select(LegalHold).order_by(LegalHold.set_at.desc(), LegalHold.id)


def _owners(sha256s: Sequence[str]) -> Mapping[str, set[UUID]]:
    owners: dict[str, set[UUID]] = defaultdict(set)
    rows = db.session.execute(
        select(MediaClaim.sha256, MediaClaim.owner_id).where(MediaClaim.sha256.in_(sha256s))
    )
    for row in rows:
        owners[row.sha256].add(row.owner_id)
    return owners
