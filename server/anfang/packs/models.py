"""Tables of packs."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id


class PackState(StrEnum):
    """Where a pack stands; `failed` says why in `failure` and is not tried again.

    `expired`: its file was deleted by the rules of retention; its hash and its log entry stay.
    """

    WAITING = "waiting"
    BUILDING = "building"
    READY = "ready"
    FAILED = "failed"
    EXPIRED = "expired"


class Pack(Base):
    """A pack that somebody asked for, and the file that storage holds once it is ready.

    `selector` is `selector.Selector` as JSON. `pack_name` is the pack's id of PROTOCOL §8 (its
    folder), `sha256` the hash of the file, under which storage keeps it. `bytes_done` of
    `bytes_total` payload bytes tell the progress; both are None before the building begins.
    """

    __tablename__ = "packs"
    __table_args__ = (Index("ix_packs_requested_at", "requested_at", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    profile: Mapped[str]
    selector: Mapped[dict[str, Any]]
    private: Mapped[bool]
    state: Mapped[str] = mapped_column(default=PackState.WAITING.value)
    failure: Mapped[str | None]
    failure_details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    pack_name: Mapped[str | None]
    tagmanifest_sha256: Mapped[str | None]
    bytes: Mapped[int | None]
    sha256: Mapped[str | None]
    record_count: Mapped[int | None]
    bytes_done: Mapped[int | None]
    bytes_total: Mapped[int | None]
    requested_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    requested_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]
