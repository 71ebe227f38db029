"""Verbs of evidence for uploads: tus 1.0.0 (PROTOCOL §5) between the wire and the spool.

They open their own transactions: none is held while bytes arrive. An upload's bytes lie in the
spool [Note: Spool] until the whole is verified, then in storage; only then anything is promised.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from flask import current_app
from sqlalchemy import delete

from anfang.evidence import policies, queries, service, spool
from anfang.evidence.errors import (
    ChecksumMismatch,
    MediaHashMismatch,
    TooManyUploads,
    UploadExceedsLength,
    UploadLocked,
    UploadOffsetMismatch,
    UploadTooLarge,
)
from anfang.evidence.models import Upload
from anfang.kit.clock import now
from anfang.kit.db import db, reading, transaction
from anfang.kit.errors import NotFound
from anfang.kit.ids import new_id
from anfang.kit.principal import Device
from anfang.storage import service as storage
from anfang.storage.errors import StorageFull

LARGEST_UPLOAD: Final = 64 << 20
LIFETIME: Final = timedelta(days=7)
MOST_UNFINISHED: Final = 240
"""Uploads that one phone may have under way: the photos of four full records."""
_ASK_AGAIN_SECONDS: Final = 60
_STALE_AFTER: Final = LIFETIME + timedelta(days=1)
_SETTLING_SECONDS: Final = 2.0


@dataclass(frozen=True)
class Wanted:
    """What a phone wants to upload.

    Attributes:
        owner_id: the record that declares it.
        length: of the whole, in bytes.
        metadata: the header as it came; HEAD gives it back.
    """

    owner_id: UUID
    sha256: str
    length: int
    metadata: str


@dataclass(frozen=True)
class Chunk:
    """Bytes on their way; `sha256` is their checksum (hex) where the phone stated one."""

    pieces: Iterable[bytes]
    sha256: str | None = None


@dataclass(frozen=True)
class Progress:
    """How far an upload is; it is finished when `offset` is its length."""

    id: UUID
    offset: int
    length: int
    metadata: str
    expires_at: datetime


def create(device: Device, wanted: Wanted, chunk: Chunk | None = None) -> Progress:
    """Begin an upload, with its first bytes if they come along.

    What the phone's inspector has delivered for this record before is finished at once.

    Raises:
        UploadTooLarge: beyond 64 MiB.
        TooManyUploads: the phone has too many under way.
        MediaNotDeclared: no record of this inspector declares the hash.
        ChecksumMismatch, MediaHashMismatch, UploadExceedsLength, StorageFull: as in `append`; then
            no upload was made.
    """
    if wanted.length > LARGEST_UPLOAD:
        raise UploadTooLarge(limit=LARGEST_UPLOAD)
    with reading():
        claim = queries.claim(wanted.owner_id, device.inspector, wanted.sha256)
        if claim.held_at is None and queries.unfinished_count(device.id) >= MOST_UNFINISHED:
            raise TooManyUploads(retry_after=_ASK_AGAIN_SECONDS)
    upload = _new_upload(device, wanted)
    if claim.held_at is not None:
        with transaction():
            upload.finished_at = now()
            db.session.add(upload)
        return _progress(upload, upload.length)
    with spool.created(_path(upload.id)) as file:
        digest = None
        if chunk is not None:
            digest = _take(file, chunk, room=upload.length)
        if file.size == upload.length:
            _finish(upload, file, digest or file.sha256())
        else:
            if chunk is not None:
                file.sync()
            with transaction():
                db.session.add(upload)
        return _progress(upload, file.size)


def append(device: Device, upload_id: UUID, offset: int, chunk: Chunk) -> Progress:
    """Take the next bytes of an upload; its last ones finish it.

    If the phone vanishes in the middle, what arrived stays and the upload goes on from there.

    Raises:
        NotFound: no such upload of this inspector, or it has ended.
        UploadLocked: another call is writing to it.
        UploadOffsetMismatch: `offset` is not where the upload ends.
        UploadExceedsLength: more bytes than announced; the chunk was dropped.
        ChecksumMismatch: the chunk is not that of its checksum; it was dropped.
        MediaHashMismatch: the whole is not what was declared; the upload is gone.
        StorageFull: no room; the chunk was dropped.
    """
    upload = _own_upload(device, upload_id)
    if upload.finished_at is not None:
        _require_offset(offset, upload.length)
        return _progress(upload, upload.length)
    with _opened(upload) as file:
        _require_offset(offset, file.size)
        try:
            digest = _take(file, chunk, room=upload.length - offset)
        finally:
            if file.size < upload.length:  # the whole is made durable in storage instead
                file.sync()
        if file.size == upload.length:
            _finish(upload, file, digest if offset == 0 else file.sha256())
        return _progress(upload, file.size)


def progress(device: Device, upload_id: UUID) -> Progress:
    """Return how far an upload is.

    Waits a moment for a writer whose phone has vanished, so that the answer is where to go on
    from. An upload whose process died after the last byte is finished here: otherwise the phone
    would believe it is.

    Raises:
        NotFound: no such upload of this inspector, or it has ended.
        MediaHashMismatch, StorageFull: found while finishing.
    """
    upload = _own_upload(device, upload_id)
    if upload.finished_at is None:
        try:
            return _spooled_progress(upload)
        except NotFound:
            upload = _own_upload(device, upload_id)
            if upload.finished_at is None:
                raise
            # Its writer finished it while this call waited.
    return _progress(upload, upload.length)


def terminate(device: Device, upload_id: UUID) -> None:
    """End an upload and drop its bytes; an original that arrived whole stays held.

    Raises:
        NotFound: no such upload of this inspector, or it has ended.
        UploadLocked: another call is writing to it.
    """
    upload = _own_upload(device, upload_id)
    if upload.finished_at is None:
        with _opened(upload) as file:
            _drop(upload, file)
        return
    with transaction():
        db.session.delete(upload)


def remove_expired() -> None:
    """Forget uploads whose time has run out, and drop their bytes (caller's transaction)."""
    for upload in queries.expired_uploads():
        _path(upload.id).unlink(missing_ok=True)
        db.session.delete(upload)
    spool.remove_stale(_folder(), _STALE_AFTER.total_seconds())


def forget_unfinished() -> None:
    """Forget every upload under way, after a restore: its bytes were in no backup.

    The phones begin them again (caller's transaction).
    """
    db.session.execute(delete(Upload).where(Upload.finished_at.is_(None)))


def _finish(upload: Upload, file: spool.SpoolFile, digest: str) -> None:
    """Verify the whole, make it durable, then promise it [Note: Photo path].

    Dying between storage and transaction is harmless: the spool file is still whole, and the
    phone's next call comes here again.
    """
    if digest != upload.sha256:
        _drop(upload, file)
        raise MediaHashMismatch
    key = storage.media_key(upload.sha256)
    storage.put_file(key, file.path)
    with transaction():
        owner, inspector = upload.owner_id, upload.inspector_id
        if service.receive(owner, inspector, upload.sha256, upload.length):
            storage.put_file(key, file.path)
        upload.finished_at = now()
        db.session.add(upload)
    file.remove()


def _spooled_progress(upload: Upload) -> Progress:
    try:
        with _opened(upload, patience=_SETTLING_SECONDS) as file:
            file.sync()
            if file.size == upload.length:
                _finish(upload, file, file.sha256())
            return _progress(upload, file.size)
    except UploadLocked:
        return _progress(upload, spool.size_of(_path(upload.id)))


def _drop(upload: Upload, file: spool.SpoolFile) -> None:
    file.remove()
    with transaction():
        kept = db.session.get(Upload, upload.id)
        if kept is not None:
            db.session.delete(kept)


def _take(file: spool.SpoolFile, chunk: Chunk, *, room: int) -> str:
    """Spool a chunk and return its SHA-256 (hex); a refused chunk leaves nothing behind."""
    start = file.size
    try:
        digest = file.append(chunk.pieces, room)
    except spool.TooManyBytesError as error:
        raise UploadExceedsLength from error
    except spool.SpoolFullError as error:
        raise StorageFull from error
    if chunk.sha256 is not None and chunk.sha256 != digest:
        file.cut(start)
        raise ChecksumMismatch
    return digest


@contextmanager
def _opened(upload: Upload, patience: float = 0.0) -> Iterator[spool.SpoolFile]:
    with ExitStack() as stack:
        try:
            file = stack.enter_context(spool.opened(_path(upload.id), patience))
        except spool.SpoolLockedError as error:
            raise UploadLocked from error
        except FileNotFoundError as error:
            raise NotFound from error
        yield file


def _own_upload(device: Device, upload_id: UUID) -> Upload:
    with transaction(write=False):
        return queries.upload(upload_id, policies.own_uploads(device))


def _new_upload(device: Device, wanted: Wanted) -> Upload:
    return Upload(
        id=new_id(),
        owner_id=wanted.owner_id,
        inspector_id=device.inspector,
        device_id=device.id,
        sha256=wanted.sha256,
        length=wanted.length,
        upload_metadata=wanted.metadata,
        expires_at=now() + LIFETIME,
    )


def _progress(upload: Upload, offset: int) -> Progress:
    return Progress(upload.id, offset, upload.length, upload.upload_metadata, upload.expires_at)


def _require_offset(stated: int, held: int) -> None:
    if stated != held:
        raise UploadOffsetMismatch(offset=held)


def _path(upload_id: UUID) -> Path:
    return spool.path_of(_folder(), upload_id)


def _folder() -> Path:
    folder: Path = current_app.config["SPOOL"]
    return folder
