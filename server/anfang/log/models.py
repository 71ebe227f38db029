"""Tables of the log."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id


class LogEntry(Base):
    """One entry; `position` is empty until the daily writer appends it.

    `salt` (hex) opens the commitment and leaves the office only in packs.
    """

    __tablename__ = "log_entries"
    __table_args__ = (
        UniqueConstraint("kind", "subject", "sha256"),
        Index("ix_log_entries_subject", "subject", "kind"),
        Index("ix_log_entries_sha256", "sha256"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    subject: Mapped[str]
    sha256: Mapped[str]
    salt: Mapped[str]
    leaf_hash: Mapped[str]
    queued_at: Mapped[datetime] = mapped_column(default=now)
    position: Mapped[int | None] = mapped_column(unique=True)


class LogCheckpoint(Base):
    """A signed size and root of the log."""

    __tablename__ = "log_checkpoints"

    size: Mapped[int] = mapped_column(primary_key=True)
    root: Mapped[str]
    note: Mapped[str]
    sealed_at: Mapped[datetime] = mapped_column(default=now)


class LogStamp(Base):
    """An authority's time stamp over a checkpoint's note [RFC 3161].

    `authority` is the hash of `certificates` (PEM), with which the stamp was verified when it came;
    `stamp` is the authority's whole answer (DER), base64.
    """

    __tablename__ = "log_stamps"

    size: Mapped[int] = mapped_column(ForeignKey("log_checkpoints.size"), primary_key=True)
    authority: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str]
    certificates: Mapped[str]
    stamp: Mapped[str]
    stamped_at: Mapped[datetime]


class LogAlarm(Base):
    """An entry that had no place when its receipt had promised one; the row stays as a fact."""

    __tablename__ = "log_alarms"

    kind: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    promised_by: Mapped[datetime]
    raised_at: Mapped[datetime] = mapped_column(default=now)


class AuditEntry(Base):
    """Who did what to which object; written inside the verb that it records."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_object", "object_kind", "object_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    actor_kind: Mapped[str]
    actor_id: Mapped[UUID | None] = mapped_column(index=True)
    action: Mapped[str]
    object_kind: Mapped[str]
    object_id: Mapped[str]
    facts: Mapped[dict[str, Any]]
