"""Tables of evidence."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
)
from sqlalchemy.orm import Mapped, mapped_column

from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id


class DecodedState(StrEnum):
    """What became of decoding a medium."""

    WAITING = "waiting"
    DECODED = "decoded"
    NOT_DECODED = "not_decoded"


class Media(Base):
    """An original that storage holds durably, once, whoever sent it; with what decoding found.

    `width`, `height` are those of the upright pixels (PROTOCOL §7), `phash` 16 hex digits,
    `exif` what the file says of itself (`decoder.ExifFacts`), `tile_root` the root that was
    logged. `tile_secret` (hex) opens the tiles and never leaves the office. From `deleted_at` on
    the bytes are gone or going (`MediaDeletion`); the row stays, because the log speaks of it.
    """

    __tablename__ = "media"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    bytes: Mapped[int]
    stored_at: Mapped[datetime] = mapped_column(default=now)
    decoded_state: Mapped[str] = mapped_column(default=DecodedState.WAITING)
    failure: Mapped[str | None]
    found_mime: Mapped[str | None]
    kind_mismatch: Mapped[bool] = mapped_column(default=False)
    width: Mapped[int | None]
    height: Mapped[int | None]
    phash: Mapped[str | None] = mapped_column(index=True)
    exif: Mapped[dict[str, Any] | None]
    tile_secret: Mapped[str | None]
    tile_root: Mapped[str | None]
    deleted_at: Mapped[datetime | None]


class DeletedKind(StrEnum):
    """What was deleted: an original, the published form of a picture, a built pack's file; the
    sealed name of who complained, the words of a complaint."""

    ORIGINAL = "original"
    REDACTION = "redaction"
    PACK = "pack"
    INFORMANT = "informant"
    COMPLAINT = "complaint"


class CertifiedDeletion(Base):
    """The office's certificate that it deleted a file, and by which rule.

    `sha256` is the file's; `keys` are where storage kept what went with it (an original's follow
    from its hash).

    `certificate` is a JWS (typ `deletion+jwt`); its SHA-256 is in the log before a byte is removed.
    `removed_at` is empty until that is done: a process that died in between finishes later.
    """

    __tablename__ = "deletions"

    certificate_sha256: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    keys: Mapped[list[Any]] = mapped_column(default=list)
    rule: Mapped[str]
    certificate: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
    removed_at: Mapped[datetime | None] = mapped_column(index=True)


class MediaHash(Base):
    """One band of a difference hash that some medium has: the index of near-duplicates.

    `hash` is the whole, as a signed number (`likeness.stored`).
    """

    __tablename__ = "media_hashes"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 -- SQLAlchemy's own protocol

    band: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    value: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    hash: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class MediaClaim(Base):
    """A record declares a medium; `held_at` once its inspector has uploaded it for that record.

    Possession is never lent: the same bytes held for another record do not count (PROTOCOL §5).
    """

    __tablename__ = "media_claims"
    __table_args__ = (Index("ix_media_claims_sha256_held_at", "sha256", "held_at"),)

    owner_id: Mapped[UUID] = mapped_column(primary_key=True)
    inspector_id: Mapped[UUID] = mapped_column(ForeignKey("inspectors.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    device_id: Mapped[UUID] = mapped_column(ForeignKey("devices.id"))
    declared_mime: Mapped[str | None]
    declared_at: Mapped[datetime] = mapped_column(default=now)
    held_at: Mapped[datetime | None]


class Upload(Base):
    """A tus upload; its bytes lie in the spool under its id, and the file's size is its offset."""

    __tablename__ = "uploads"
    __table_args__ = (
        ForeignKeyConstraint(
            ["owner_id", "inspector_id", "sha256"],
            ["media_claims.owner_id", "media_claims.inspector_id", "media_claims.sha256"],
            name="fk_uploads_media_claims",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    owner_id: Mapped[UUID]
    inspector_id: Mapped[UUID]
    device_id: Mapped[UUID] = mapped_column(ForeignKey("devices.id"))
    sha256: Mapped[str]
    length: Mapped[int]
    upload_metadata: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    finished_at: Mapped[datetime | None]
