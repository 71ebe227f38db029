"""Reads of evidence."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from anfang.evidence.duplicates import owners_alike as owners_alike  # for the rooms above
from anfang.evidence.duplicates import seen_before as seen_before
from anfang.evidence.errors import MediaDeleted, MediaNotDeclared, PictureNotDecoded
from anfang.evidence.models import (
    CertifiedDeletion,
    DecodedState,
    DeletedKind,
    Media,
    MediaClaim,
    Upload,
)
from anfang.kit.clock import now
from anfang.kit.db import db, found_by, locked
from anfang.kit.errors import required
from anfang.log import queries as log
from anfang.storage import service as storage

PREVIEW = "preview"
THUMBNAIL = "thumbnail"

# [Note: Statements built once]
_OF_RECORD: Final = (
    MediaClaim.owner_id == bindparam("owner"),
    MediaClaim.inspector_id == bindparam("inspector"),
)
_CLAIMED: Final = (
    select(MediaClaim.sha256, MediaClaim.held_at).where(*_OF_RECORD).order_by(MediaClaim.sha256)
)
_CLAIM: Final = select(MediaClaim).where(*_OF_RECORD, MediaClaim.sha256 == bindparam("sha256"))
_LOCKED_CLAIM: Final = locked(_CLAIM)
_UNFINISHED: Final = select(func.count()).where(
    Upload.device_id == bindparam("device"),
    Upload.finished_at.is_(None),
    Upload.expires_at > bindparam("now"),
)


@dataclass(frozen=True)
class Picture:
    """A declared medium as a reviewer needs it; all but the first three are None until it is held.

    Attributes:
        state: `waiting`, `decoded` or `not_decoded`, `failure` (`decoder.FailureCode`) says why.
        found_mime: the true kind; `kind_mismatch` says that the first phone to deliver it declared
            another one.
        width, height: of the upright pixels, in which rectangles to redact are given.
        phash: 16 hex digits; near-duplicates differ in few bits.
        exif: what the file says of itself (`decoder.ExifFacts`): claims, not facts.
        deletion: what certifies that the bytes are gone; None while they are kept.
    """

    sha256: str
    declared_mime: str | None
    held_at: datetime | None
    bytes: int | None = None
    state: str | None = None
    failure: str | None = None
    found_mime: str | None = None
    kind_mismatch: bool = False
    width: int | None = None
    height: int | None = None
    phash: str | None = None
    exif: dict[str, Any] | None = None
    tile_root: str | None = None
    deletion: "Deletion | None" = None


@dataclass(frozen=True)
class Deletion:
    """That a medium's bytes are gone: by which rule, when, and the office's certificate (JWS)."""

    rule: str
    at: datetime
    certificate: str


@dataclass(frozen=True)
class RedactionBasis:
    """What a redaction starts from: the medium's secret and what was logged at its receipt."""

    sha256: str
    salt_secret: bytes
    logged_root: bytes
    root_salt: bytes


def claimed(owner_id: UUID, inspector_id: UUID) -> dict[str, datetime | None]:
    """Return what an inspector may deliver for a record: by hash, ascending, when it was held."""
    rows = db.session.execute(_CLAIMED, {"owner": owner_id, "inspector": inspector_id})
    return {row.sha256: row.held_at for row in rows}


def held(owner_id: UUID, inspector_id: UUID) -> list[str]:
    """Return the hashes that an inspector has delivered for a record, ascending."""
    found = claimed(owner_id, inspector_id)
    return [sha256 for sha256, held_at in found.items() if held_at is not None]


def missing(owner_id: UUID, inspector_id: UUID, sha256s: Sequence[str]) -> list[str]:
    """Return those of the given hashes that the inspector has still to deliver, ascending."""
    return sorted(set(sha256s) - set(held(owner_id, inspector_id)))


def claim(
    owner_id: UUID, inspector_id: UUID, sha256: str, *, for_update: bool = False
) -> MediaClaim:
    """Return the claim that allows an upload; raises MediaNotDeclared.

    Args:
        for_update: read anew and lock the row, to change it.
    """
    found = db.session.scalar(
        _LOCKED_CLAIM if for_update else _CLAIM,
        {"owner": owner_id, "inspector": inspector_id, "sha256": sha256},
    )
    if found is None:
        raise MediaNotDeclared
    return found


def pictures(owner_id: UUID, inspector_id: UUID, sha256s: Sequence[str]) -> list[Picture]:
    """Return the given declared media of a record, in the order asked.

    What is not held for this record shows nothing, though storage may know the bytes from
    elsewhere. Raises MediaNotDeclared for a hash that the record never declared.
    """
    rows = db.session.execute(
        select(MediaClaim, Media)
        .outerjoin(Media, Media.sha256 == MediaClaim.sha256)
        .where(
            MediaClaim.owner_id == owner_id,
            MediaClaim.inspector_id == inspector_id,
            MediaClaim.sha256.in_(sha256s),
        )
    )
    gone = deletions_of(sha256s)
    found = {
        row.MediaClaim.sha256: _picture(row.MediaClaim, row.Media, gone.get(row.MediaClaim.sha256))
        for row in rows
    }
    if not found.keys() >= set(sha256s):
        raise MediaNotDeclared
    return [found[sha256] for sha256 in sha256s]


def is_waiting(sha256: str) -> bool:
    """Whether a medium is still to be decoded; `media.decoded` will tell when it was."""
    return media(sha256).decoded_state == DecodedState.WAITING


def media(sha256: str) -> Media:
    """Return a stored medium; raises NotFound."""
    return required(db.session.get(Media, sha256))


def media_of(sha256s: Sequence[str]) -> dict[str, Media]:
    """Return those of the given media that are stored, by hash."""
    rows = db.session.scalars(select(Media).where(Media.sha256.in_(sha256s)))
    return {row.sha256: row for row in rows}


def deletions_of(sha256s: Sequence[str]) -> dict[str, Deletion]:
    """Return the certificates of those of the given media whose bytes are deleted."""
    rows = db.session.scalars(
        select(CertifiedDeletion)
        .join(Media, Media.sha256 == CertifiedDeletion.sha256)
        .where(
            CertifiedDeletion.kind == DeletedKind.ORIGINAL.value,
            Media.sha256.in_(sha256s),
            Media.deleted_at.is_not(None),
        )
        .order_by(CertifiedDeletion.at)
    )
    return {row.sha256: Deletion(row.rule, row.at, row.certificate) for row in rows}


def deletions_listed() -> Select[CertifiedDeletion]:
    """Return the statement of all certified deletions, the newest first."""
    newest = CertifiedDeletion.at.desc()
    return select(CertifiedDeletion).order_by(newest, CertifiedDeletion.certificate_sha256)


def declared_mime(sha256: str) -> str | None:
    """Return what the first phone that delivered a medium said it was; None if it did not say."""
    return db.session.scalar(
        select(MediaClaim.declared_mime)
        .where(MediaClaim.sha256 == sha256, MediaClaim.held_at.is_not(None))
        .order_by(MediaClaim.held_at, MediaClaim.owner_id)
        .limit(1)
    )


def owners_holding(sha256s: Sequence[str]) -> dict[str, list[UUID]]:
    """Return the records that hold each medium: one picture in two records is worth a flag."""
    rows = db.session.execute(
        select(MediaClaim.sha256, MediaClaim.owner_id)
        .where(MediaClaim.sha256.in_(sha256s), MediaClaim.held_at.is_not(None))
        .order_by(MediaClaim.held_at, MediaClaim.owner_id)
    )
    owners: dict[str, list[UUID]] = defaultdict(list)
    for row in rows:
        owners[row.sha256].append(row.owner_id)
    return dict(owners)


def preview(sha256: str) -> bytes:
    """Return a JPEG of at most 1600 px without metadata.

    Raises:
        NotFound, MediaDeleted, PictureNotDecoded: there is none.
    """
    return _derivative(PREVIEW, sha256)


def thumbnail(sha256: str) -> bytes:
    """Return a JPEG of at most 320 px without metadata; raises like `preview`."""
    return _derivative(THUMBNAIL, sha256)


def original(sha256: str) -> Iterator[bytes]:
    """Yield an original's bytes at constant memory.

    Raises:
        NotFound, MediaDeleted: before the first piece.
    """
    _require_kept(media(sha256))
    return storage.stream(storage.media_key(sha256))


def original_link(sha256: str) -> str | None:
    """Return a short-lived address of an original in the bucket, None where it is streamed.

    Raises:
        NotFound, MediaDeleted: it is not kept.
    """
    _require_kept(media(sha256))
    return storage.link(storage.media_key(sha256))


def redaction_basis(sha256: str) -> RedactionBasis:
    """Return what a redaction starts from.

    Raises:
        NotFound: no such medium.
        MediaDeleted: its time has run out.
        PictureNotDecoded: it could not be decoded, or not yet.
    """
    found = _require_kept(media(sha256))
    if found.tile_secret is None or found.tile_root is None:
        raise PictureNotDecoded
    (entry,) = log.entries_of([("pixels", sha256, found.tile_root)])
    return RedactionBasis(
        sha256=sha256,
        salt_secret=bytes.fromhex(found.tile_secret),
        logged_root=bytes.fromhex(found.tile_root),
        root_salt=bytes.fromhex(entry.salt),
    )


def upload(upload_id: UUID, visible: ColumnElement[bool]) -> Upload:
    """Return an unexpired upload, read anew; raises NotFound.

    Args:
        visible: the policy's predicate for the caller.
    """
    return found_by(
        select(Upload)
        .where(Upload.id == upload_id, Upload.expires_at > now(), visible)
        .execution_options(populate_existing=True)
    )


def unfinished_count(device_id: UUID) -> int:
    """Return how many unexpired uploads a phone has under way."""
    return db.session.scalar(_UNFINISHED, {"device": device_id, "now": now()}) or 0


def expired_uploads() -> Sequence[Upload]:
    """Return the uploads whose time has run out."""
    return db.session.scalars(select(Upload).where(Upload.expires_at <= now())).all()


def _derivative(kind: str, sha256: str) -> bytes:
    if _require_kept(media(sha256)).decoded_state != DecodedState.DECODED:
        raise PictureNotDecoded
    return storage.get_bytes(storage.derived_key(kind, sha256))


def _require_kept(found: Media) -> Media:
    if found.deleted_at is not None:
        raise MediaDeleted
    return found


def _picture(claimed: MediaClaim, stored: Media | None, deletion: Deletion | None) -> Picture:
    if stored is None or claimed.held_at is None:
        return Picture(claimed.sha256, claimed.declared_mime, None)
    return Picture(
        sha256=claimed.sha256,
        declared_mime=claimed.declared_mime,
        held_at=claimed.held_at,
        bytes=stored.bytes,
        state=stored.decoded_state,
        failure=stored.failure,
        found_mime=stored.found_mime,
        kind_mismatch=stored.kind_mismatch,
        width=stored.width,
        height=stored.height,
        phash=stored.phash,
        exif=stored.exif,
        tile_root=stored.tile_root,
        deletion=deletion,
    )
