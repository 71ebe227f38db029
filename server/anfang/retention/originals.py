"""Verbs of originals' end: what the records that declare them use them for decides it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from anfang.evidence import deleting
from anfang.evidence.models import DeletedKind, Media, MediaClaim
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.retention import queries
from anfang.retention.queries import Link
from anfang.retention.sources import Due, Source

_BATCH: Final = 200


def due() -> Iterator[Due]:
    """Return the originals whose time has run out, the oldest first, read in batches."""
    oldest = now() - timedelta(days=min(queries.keep_days().values()))
    candidates = db.session.execute(
        select(Media.sha256, Media.bytes)
        .where(Media.deleted_at.is_(None), Media.stored_at <= oldest)
        .order_by(Media.stored_at, Media.sha256)
    ).all()
    for start in range(0, len(candidates), _BATCH):
        some = candidates[start : start + _BATCH]
        verdicts = queries.verdicts_of(_links([row.sha256 for row in some]))
        for row in some:
            found = verdicts[row.sha256]
            if found.is_due(now()) and found.until is not None:
                kind = DeletedKind.ORIGINAL.value
                yield Due(kind, row.sha256, row.bytes, found.rule.value, found.until)


def certify(one: Due) -> bool:
    """Certify one original's deletion if it is still due, with the medium locked.

    Raises:
        OfficeKeyMissing: the office cannot sign.
    """
    medium = deleting.lock(one.sha256)
    verdict = queries.verdicts_of(_links([one.sha256]))[one.sha256]
    return verdict.is_due(now()) and deleting.certify(medium, verdict.rule.value) is not None


def is_kept(sha256: str) -> bool:
    """Tell whether the office keeps an original of this hash."""
    found = db.session.get(Media, sha256)
    return found is not None and found.deleted_at is None


def _links(sha256s: Sequence[str]) -> Mapping[str, set[Link]]:
    links: dict[str, set[Link]] = defaultdict(set, {sha256: set() for sha256 in sha256s})
    rows = db.session.execute(
        select(MediaClaim.sha256, MediaClaim.owner_id).where(MediaClaim.sha256.in_(sha256s))
    )
    for row in rows:
        links[row.sha256].add((row.owner_id, row.sha256))
    return links


SOURCE: Final = Source(DeletedKind.ORIGINAL.value, due, certify, is_kept)
