"""Verbs of evidence: declare and receive originals, decode them once, redact what is published.

Pictures are parsed only in the confined process [Note: Confined decoding].
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final
from uuid import UUID

from flask import current_app

from anfang.evidence import decoder, deleting, likeness, queries, redaction
from anfang.evidence.errors import PictureNotDecoded, RectangleOutside
from anfang.evidence.models import DecodedState, Media, MediaClaim, MediaHash
from anfang.jobs import service as jobs
from anfang.kit import tiles
from anfang.kit.clock import now
from anfang.kit.db import db, enter, transaction
from anfang.kit.principal import Device
from anfang.log import service as log
from anfang.storage import service as storage

DECODING: Final = ".decoding-"
"""Prefix of the temporary copies in the spool."""


def declare(
    owner_id: UUID,
    device: Device,
    sha256s: Sequence[str],
    mimes: Mapping[str, str] | None = None,
) -> list[str]:
    """Let a phone deliver media for a record; what was declared before stays as it is.

    Returns the hashes that its inspector has delivered for the record already, ascending; nothing
    where nothing is declared.

    Args:
        owner_id: the record; this room knows no more of it.
        sha256s: hex hashes of the originals.
        mimes: what the phone says they are, by hash; one left out says nothing.
    """
    if not sha256s:
        return []
    known = queries.claimed(owner_id, device.inspector)
    db.session.add_all(
        MediaClaim(
            owner_id=owner_id,
            inspector_id=device.inspector,
            sha256=sha256,
            device_id=device.id,
            declared_mime=(mimes or {}).get(sha256),
        )
        for sha256 in sorted(set(sha256s) - known.keys())
    )
    return [sha256 for sha256, held_at in known.items() if held_at is not None]


def receive(owner_id: UUID, inspector_id: UUID, sha256: str, size: int) -> bool:
    """Take note of an original that has arrived for a record [Note: Photo path].

    Its bytes lie verified and durable in storage before this is called. Repeating it is harmless:
    a process may have died between storage and this transaction.

    Args:
        size: of the original, in bytes.

    Returns:
        Whether these bytes had been deleted before and come again: the caller then stores them once
        more, in this transaction, because the deletion may have overtaken it.

    Raises:
        MediaNotDeclared: no such claim.
    """
    claim = queries.claim(owner_id, inspector_id, sha256, for_update=True)
    come_again = False
    if _know(sha256, size) or (come_again := deleting.revive(sha256)):
        jobs.emit("media.stored", sha256=sha256)
    if claim.held_at is not None:
        return come_again
    with db.session.no_autoflush:  # what is asked for here is not written here
        claim.held_at = now()
        log.queue("media", str(owner_id), sha256)
    log.audit("media.received", "media", sha256)
    jobs.emit("media.held", owner=str(owner_id), sha256=sha256, inspector=str(inspector_id))
    return come_again


def decode(sha256: str) -> None:
    """Decode an original once, keep preview, thumbnail and facts, and log its pixel root.

    Emits `media.decoded`, also where it cannot be decoded. Opens its own transactions: decoding
    takes long. Done before, it does nothing.

    Raises:
        NotFound: no such medium.
        OSError, DecoderUnavailableError: worth another try; all else is kept as an answer.
    """
    with transaction(write=False):
        medium = queries.media(sha256)
        if medium.decoded_state != DecodedState.WAITING or medium.deleted_at is not None:
            return
        mime = queries.declared_mime(sha256)
    found = _decode_original(sha256, mime)
    if isinstance(found, decoder.NotDecoded):
        _keep_failure(sha256, found)
    else:
        _keep_decoded(sha256, found)


def redact(sha256: str, rectangles: Iterable[tuple[int, int, int, int]]) -> redaction.Redaction:
    """Black out the tiles that rectangles touch; no rectangle gives the cleared picture.

    Decodes the original again, which takes a second or so: call it outside transactions, it reads
    in its own. `proof` is None where this decoder gives other pixels than the logged ones: the
    picture is then published without a proof and says so (PROTOCOL §7).

    Args:
        rectangles: (x, y, width, height) in pixels of the upright picture.

    Raises:
        NotFound: no such medium.
        PictureNotDecoded: it could not be decoded, or not yet.
        RectangleOutside: a rectangle covers no pixel.
    """
    if db.session().in_transaction():
        raise RuntimeError("redacting decodes for seconds: call it outside a transaction")
    with transaction(write=False):
        basis = queries.redaction_basis(sha256)
    found = _decode_original(sha256, None)
    if isinstance(found, decoder.NotDecoded):
        raise PictureNotDecoded
    try:
        return redaction.redact(
            original_sha256=sha256,
            width=found.width,
            height=found.height,
            rgb=found.rgb,
            rectangles=rectangles,
            salt_secret=basis.salt_secret,
            root_salt=basis.root_salt,
            logged_root=basis.logged_root,
        )
    except ValueError as error:
        raise RectangleOutside from error


def _know(sha256: str, size: int) -> bool:
    """Enter a medium; False if it is known, also where another delivery enters it just now."""
    return enter(Media(sha256=sha256, bytes=size))


def _decode_original(sha256: str, mime: str | None) -> decoder.Decoded | decoder.NotDecoded:
    """Decode from a temporary copy: storage may be far away, the confined child reads a file."""
    folder: Path = current_app.config["SPOOL"]
    with NamedTemporaryFile(dir=folder, prefix=DECODING) as copy:
        for piece in storage.stream(storage.media_key(sha256)):
            copy.write(piece)
        copy.flush()
        return decoder.decode(Path(copy.name), mime)


def _keep_failure(sha256: str, found: decoder.NotDecoded) -> None:
    with transaction():
        medium = deleting.lock(sha256)
        if medium.decoded_state == DecodedState.WAITING:
            medium.decoded_state = DecodedState.NOT_DECODED
            medium.failure = found.code
            jobs.emit("media.decoded", sha256=sha256)


def _keep_decoded(sha256: str, found: decoder.Decoded) -> None:
    storage.put_bytes(storage.derived_key(queries.PREVIEW, sha256), found.preview)
    storage.put_bytes(storage.derived_key(queries.THUMBNAIL, sha256), found.thumbnail)
    secret = tiles.new_salt_secret()
    root = redaction.pixel_root(found.width, found.height, found.rgb, secret).hex()
    with transaction():
        medium = deleting.lock(sha256)
        if medium.decoded_state != DecodedState.WAITING:
            return
        medium.decoded_state = DecodedState.DECODED
        medium.found_mime, medium.kind_mismatch = found.mime, found.kind_mismatch
        medium.width, medium.height = found.width, found.height
        medium.phash = f"{found.dhash:016x}"
        medium.exif = asdict(found.facts)
        if medium.tile_root is None:  # the first root stands, also for bytes that come again
            medium.tile_secret, medium.tile_root = secret.hex(), root
            log.queue("pixels", sha256, root)
        _index(found.dhash)
        jobs.emit("media.decoded", sha256=sha256)


def _index(dhash: int) -> None:
    """Make a picture findable for near-duplicates; a hash that tells nothing is left out."""
    if not likeness.is_telling(dhash):
        return
    for band, part in enumerate(likeness.bands(dhash)):
        db.session.merge(MediaHash(band=band, value=part, hash=likeness.stored(dhash)))
