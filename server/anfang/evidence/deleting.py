"""Verbs of deletion: certified, logged, then removed; what comes again is kept again.

[Note: Deletion] The certificate and its log entry are durable before the first byte is removed, and
removing is repeated until it is noted as done: a process may die at any moment in between.
"""

from collections.abc import Iterator

from sqlalchemy import select

from anfang.evidence import queries
from anfang.evidence.models import DecodedState, Media, MediaDeletion
from anfang.identity.office_keys import sign
from anfang.kit.clock import now, rfc3339
from anfang.kit.db import db, transaction
from anfang.kit.ids import sha256_hex
from anfang.log import service as log
from anfang.storage import service as storage

CERTIFICATE_TYP = "deletion+jwt"


def lock(sha256: str) -> Media:
    """Return a medium, locked and read anew: nobody receives it again before the caller commits."""
    return db.session.get_one(Media, sha256, with_for_update=True, populate_existing=True)


def certify(medium: Media, rule: str) -> MediaDeletion | None:
    """Certify and log, in the caller's transaction, that a locked medium is deleted.

    Whether it may be is decided above this room, by who links to media. None if it was certified
    before; `remove_certified` removes the bytes afterwards.

    Args:
        rule: by which rule of retention; it stands in the certificate.

    Raises:
        OfficeKeyMissing: the office cannot sign.
    """
    if medium.deleted_at is not None:
        return None
    medium.deleted_at = now()
    said = {
        "v": 1,
        "original": medium.sha256,
        "bytes": medium.bytes,
        "rule": rule,
        "issued_at": rfc3339(medium.deleted_at),
    }
    certificate = sign(said, typ=CERTIFICATE_TYP)
    deletion = MediaDeletion(
        certificate_sha256=sha256_hex(certificate.encode("ascii")),
        sha256=medium.sha256,
        rule=rule,
        certificate=certificate,
        at=medium.deleted_at,
    )
    db.session.add(deletion)
    db.session.flush()
    log.queue("deletion", medium.sha256, deletion.certificate_sha256)
    log.audit("media.deleted", "media", medium.sha256, rule=rule)
    return deletion


def remove_certified() -> int:
    """Remove the bytes of every certified deletion that is not done; returns how many.

    Original, preview and thumbnail go; what was redacted for publication stays. Opens its own
    transactions, one for each, so that a phone that delivers the same bytes waits for one removal.
    """
    with transaction(write=False):
        waiting = db.session.scalars(
            select(MediaDeletion.certificate_sha256).where(MediaDeletion.removed_at.is_(None))
        ).all()
    for certificate_sha256 in waiting:
        with transaction():
            deletion = db.session.get_one(MediaDeletion, certificate_sha256)
            if lock(deletion.sha256).deleted_at is not None:
                for key in _keys(deletion.sha256):
                    storage.delete(key)
            deletion.removed_at = now()
    return len(waiting)


def revive(sha256: str) -> bool:
    """Keep a deleted medium again, because a phone delivers it; False if it was not deleted.

    Its first tile root stands; preview and thumbnail are made anew. The certificate stays: it
    speaks of what the office held until then.
    """
    medium = lock(sha256)
    if medium.deleted_at is None:
        return False
    medium.deleted_at = None
    medium.decoded_state = DecodedState.WAITING.value
    log.audit("media.delivered_again", "media", sha256)
    return True


def _keys(sha256: str) -> Iterator[str]:
    yield storage.media_key(sha256)
    for kind in (queries.PREVIEW, queries.THUMBNAIL):
        yield storage.derived_key(kind, sha256)
