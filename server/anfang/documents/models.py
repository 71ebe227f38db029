"""Tables of documents.

A published notice never changes and is never deleted: checks, and the guards below, hold it.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Connection,
    ForeignKey,
    Index,
    UniqueConstraint,
    event,
    inspect,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from anfang.campaigns.models import Campaign
from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id


class NoticeState(StrEnum):
    """A notice's life; the last three are public."""

    DRAFT = "draft"
    IN_APPROVAL = "in_approval"
    APPROVED = "approved"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


PUBLIC_STATES: Final = (
    NoticeState.PUBLISHED.value,
    NoticeState.CORRECTED.value,
    NoticeState.WITHDRAWN.value,
)
_IS_PUBLIC: Final = "state IN ('published', 'corrected', 'withdrawn')"
_IS_UNAPPROVED: Final = "state IN ('draft', 'in_approval')"
_FROZEN: Final = (
    "kind",
    "title",
    "content",
    "number",
    "year",
    "serial",
    "published_at",
    "pdf_sha256",
    "office_kid",
    "approved_by",
    "original_id",
    "reason",
)


class NoticeSerial(Base):
    """The last serial of a year; its row is locked while a notice is published."""

    __tablename__ = "notice_serials"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)


class Notice(Base):
    """A notice from draft to publication and beyond.

    `content` is the editable text in the form of `composition.py`. `original_id` and `reason`
    belong to corrections and withdrawals. `returned_reason` says why an approver gave it back.
    The PDF's bytes are in storage under `pdf_sha256`; `office_kid` is the thumbprint printed in it.
    """

    __tablename__ = "notices"
    __table_args__ = (
        CheckConstraint(f"({_IS_PUBLIC}) = (number IS NOT NULL)", name="public_has_number"),
        CheckConstraint(f"({_IS_PUBLIC}) = (pdf_sha256 IS NOT NULL)", name="public_has_pdf"),
        CheckConstraint(f"({_IS_PUBLIC}) = (published_at IS NOT NULL)", name="public_has_time"),
        CheckConstraint(f"({_IS_UNAPPROVED}) = (approved_by IS NULL)", name="approval"),
        CheckConstraint("approved_by IS NULL OR approved_by <> drafted_by", name="four_eyes"),
        CheckConstraint(
            "(number IS NULL) = (year IS NULL) AND (number IS NULL) = (serial IS NULL)",
            name="number_whole",
        ),
        UniqueConstraint("year", "serial"),
        Index("ix_notices_state_published_at", "state", "published_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), index=True)
    title: Mapped[str]
    content: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default=NoticeState.DRAFT.value)
    number: Mapped[str | None] = mapped_column(unique=True)
    year: Mapped[int | None]
    serial: Mapped[int | None]
    drafted_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    drafted_at: Mapped[datetime] = mapped_column(default=now)
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    approved_at: Mapped[datetime | None]
    returned_reason: Mapped[str | None]
    published_at: Mapped[datetime | None]
    pdf_sha256: Mapped[str | None]
    office_kid: Mapped[str | None]
    original_id: Mapped[UUID | None] = mapped_column(ForeignKey("notices.id"), index=True)
    reason: Mapped[str | None]
    revision: Mapped[int] = mapped_column(default=1)

    campaign: Mapped[Campaign] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 -- SQLAlchemy's own protocol


class NoticeCase(Base):
    """A case that a notice makes public."""

    __tablename__ = "notice_cases"

    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notices.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True, index=True)


class NoticeAuthor(Base):
    """Somebody who wrote on a notice and therefore cannot approve it."""

    __tablename__ = "notice_authors"

    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notices.id"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), primary_key=True)


class NoticePicture(Base):
    """A picture that a notice shows; `png_sha256` is what was redacted or cleared."""

    __tablename__ = "notice_pictures"
    __table_args__ = (UniqueConstraint("notice_id", "finding_id", "original_sha256"),)

    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notices.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[UUID] = mapped_column(ForeignKey("findings.id"))
    original_sha256: Mapped[str]
    png_sha256: Mapped[str]
    caption: Mapped[str]


@event.listens_for(Notice, "before_delete")
@event.listens_for(NoticeCase, "before_delete")
def _keep(_mapper: Mapper[Any], _connection: Connection, row: Base) -> None:
    """Refuse to let a notice vanish."""
    raise RuntimeError(f"{row.__tablename__}: rows are never deleted")


@event.listens_for(Notice, "before_update")
def _keep_published(_mapper: Mapper[Any], _connection: Connection, notice: Notice) -> None:
    """Refuse to write over what was published before this transaction's change."""
    attributes = inspect(notice).attrs
    before = attributes.number.history
    was_public = any(
        one is not None for one in (*(before.unchanged or ()), *(before.deleted or ()))
    )
    if was_public and any(attributes[name].history.has_changes() for name in _FROZEN):
        raise RuntimeError("a published notice stays as it was published")
