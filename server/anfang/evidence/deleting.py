"""Verbs of deletion: certified, logged, then removed; what comes again is kept again.

[Note: Deletion] The certificate and its log entry are durable before the first byte is removed, and
removing is repeated until it is noted as done: a process may die at any moment in between.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from sqlalchemy import select

from anfang.evidence import queries
from anfang.evidence.models import CertifiedDeletion, DecodedState, DeletedKind, Media
from anfang.identity.office_keys import sign
from anfang.kit.clock import now, rfc3339
from anfang.kit.db import db, lock_row, transaction
from anfang.kit.errors import required
from anfang.kit.ids import sha256_hex
from anfang.log import service as log
from anfang.storage import service as storage

CERTIFICATE_TYP: Final = "deletion+jwt"


def lock(sha256: str) -> Media:
    """Return a medium, locked and read anew: nobody receives it again before the caller commits."""
    return required(lock_row(Media, sha256))


def certify(medium: Media, rule: str) -> CertifiedDeletion | None:
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
    deletion = _certified(DeletedKind.ORIGINAL, medium.sha256, medium.bytes, rule)
    medium.deleted_at = deletion.at
    log.audit("media.deleted", "media", medium.sha256, rule=rule)
    return deletion


def certify_file(
    kind: DeletedKind, sha256: str, size: int, rule: str, keys: Sequence[str]
) -> CertifiedDeletion:
    """Certify and log, in the caller's transaction, that a file made by the office is deleted.

    The caller marks its own row and writes the audit entry.

    Args:
        size: of the file, in bytes.
        keys: where storage keeps it, and what goes with it.

    Raises:
        OfficeKeyMissing: the office cannot sign.
    """
    deletion = _certified(kind, sha256, size, rule)
    deletion.keys = list(keys)
    return deletion


def remove_certified(made_again: Callable[[CertifiedDeletion], bool]) -> int:
    """Remove the bytes of every certified deletion that is not done; returns how many.

    An original takes its preview and thumbnail along. Opens its own transactions, one for each, so
    that a phone that delivers the same bytes waits for one removal.

    Args:
        made_again: whether a file that the office makes itself was made anew since it was
            certified; it then stays.
    """
    with transaction(write=False):
        waiting = db.session.scalars(
            select(CertifiedDeletion.certificate_sha256).where(
                CertifiedDeletion.removed_at.is_(None)
            )
        ).all()
    for certificate_sha256 in waiting:
        with transaction():
            deletion = db.session.get_one(CertifiedDeletion, certificate_sha256)
            if deletion.kind == DeletedKind.ORIGINAL:
                wanted = lock(deletion.sha256).deleted_at is None
                keys = list(_keys(deletion.sha256))
            else:
                wanted, keys = made_again(deletion), deletion.keys
            for key in [] if wanted else keys:
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


def _certified(kind: DeletedKind, sha256: str, size: int, rule: str) -> CertifiedDeletion:
    at = now()
    said = {"v": 1, kind.value: sha256, "bytes": size, "rule": rule, "issued_at": rfc3339(at)}
    certificate = sign(said, typ=CERTIFICATE_TYP)
    deletion = CertifiedDeletion(
        certificate_sha256=sha256_hex(certificate.encode("ascii")),
        kind=kind.value,
        sha256=sha256,
        rule=rule,
        certificate=certificate,
        at=at,
    )
    db.session.add(deletion)
    db.session.flush()
    log.queue("deletion", sha256, deletion.certificate_sha256)
    return deletion


def _keys(sha256: str) -> Iterator[str]:
    yield storage.media_key(sha256)
    for kind in (queries.PREVIEW, queries.THUMBNAIL):
        yield storage.derived_key(kind, sha256)
