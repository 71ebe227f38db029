"""Tables of documents.

An issued document never changes and is never deleted: checks, and the guards below, hold it. A
document in any of its kinds is a `Notice` here, after the first kind that there was.
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
from anfang.documents.template_models import TemplateVersion
from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id
from anfang.registry.models import Unit


class NoticeState(StrEnum):
    """A document's life; in the last three it is issued: to the public or to its readers."""

    DRAFT = "draft"
    IN_APPROVAL = "in_approval"
    APPROVED = "approved"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


ISSUED_STATES: Final = (
    NoticeState.PUBLISHED.value,
    NoticeState.CORRECTED.value,
    NoticeState.WITHDRAWN.value,
)
_IS_ISSUED: Final = "state IN ('published', 'corrected', 'withdrawn')"
_IS_UNAPPROVED: Final = "state IN ('draft', 'in_approval')"
_FROZEN: Final = (
    "kind",
    "series",
    "audience",
    "unit_id",
    "template_id",
    "title",
    "content",
    "number",
    "year",
    "serial",
    "published_at",
    "pdf_sha256",
    "docx_sha256",
    "office_kid",
    "checked_by",
    "check_remark",
    "approved_by",
    "original_id",
    "reason",
)


class NoticeSerial(Base):
    """The last serial of a series in a year; its row is locked while a document is issued."""

    __tablename__ = "notice_serials"

    series: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)


class Notice(Base):
    """A document from draft to issue and beyond.

    `content` is the editable text in the form of `composition.py`, `template_id` the version of
    the template that it was drafted from. `series` is the kind whose numbers it takes, `audience`
    who reads it once it is issued (`kinds.Audience`), `unit_id` the unit that receives it.
    `checked_by` is who checked its lawfulness. `original_id` and `reason` belong to corrections and
    withdrawals. `returned_reason` says why it was given back. The bytes of the PDF and of the Word
    file are in storage under their hashes; `office_kid` is the thumbprint printed in the PDF.
    """

    __tablename__ = "notices"
    __table_args__ = (
        CheckConstraint(f"({_IS_ISSUED}) = (number IS NOT NULL)", name="issued_has_number"),
        CheckConstraint(f"({_IS_ISSUED}) = (pdf_sha256 IS NOT NULL)", name="issued_has_pdf"),
        CheckConstraint(f"({_IS_ISSUED}) = (published_at IS NOT NULL)", name="issued_has_time"),
        CheckConstraint(f"({_IS_UNAPPROVED}) = (approved_by IS NULL)", name="approval"),
        CheckConstraint(f"({_IS_ISSUED}) = (docx_sha256 IS NOT NULL)", name="issued_has_docx"),
        CheckConstraint("approved_by IS NULL OR approved_by <> drafted_by", name="four_eyes"),
        CheckConstraint("checked_by IS NULL OR checked_by <> drafted_by", name="check_by_another"),
        CheckConstraint("approved_by IS NULL OR checked_by IS NOT NULL", name="checked_first"),
        CheckConstraint("(audience = 'unit') = (unit_id IS NOT NULL)", name="unit_reads"),
        CheckConstraint(
            "(number IS NULL) = (year IS NULL) AND (number IS NULL) = (serial IS NULL)",
            name="number_whole",
        ),
        UniqueConstraint("series", "year", "serial"),
        Index("ix_notices_state_published_at", "state", "published_at"),
        Index("ix_notices_unit_id_state", "unit_id", "state", "published_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    series: Mapped[str]
    audience: Mapped[str]
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    template_id: Mapped[UUID] = mapped_column(ForeignKey("document_templates.id"), index=True)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), index=True)
    title: Mapped[str]
    content: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default=NoticeState.DRAFT.value)
    number: Mapped[str | None] = mapped_column(unique=True)
    year: Mapped[int | None]
    serial: Mapped[int | None]
    drafted_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    drafted_at: Mapped[datetime] = mapped_column(default=now)
    checked_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    checked_at: Mapped[datetime | None]
    check_remark: Mapped[str | None]
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    approved_at: Mapped[datetime | None]
    returned_reason: Mapped[str | None]
    published_at: Mapped[datetime | None]
    pdf_sha256: Mapped[str | None]
    docx_sha256: Mapped[str | None]
    office_kid: Mapped[str | None]
    original_id: Mapped[UUID | None] = mapped_column(ForeignKey("notices.id"), index=True)
    reason: Mapped[str | None]
    revision: Mapped[int] = mapped_column(default=1)

    campaign: Mapped[Campaign] = relationship(lazy="joined")
    unit: Mapped[Unit | None] = relationship(lazy="joined")
    template: Mapped[TemplateVersion] = relationship(lazy="joined")

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


class NoticeReceipt(Base):
    """The signature of receipt (签收) of the unit that a document went to; written once."""

    __tablename__ = "notice_receipts"

    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notices.id"), primary_key=True)
    signed_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    signed_at: Mapped[datetime] = mapped_column(default=now)
    remark: Mapped[str] = mapped_column(default="")


@event.listens_for(NoticeReceipt, "before_update")
@event.listens_for(NoticeReceipt, "before_delete")
@event.listens_for(Notice, "before_delete")
@event.listens_for(NoticeCase, "before_delete")
def _keep(_mapper: Mapper[Any], _connection: Connection, row: Base) -> None:
    """Refuse to let a document, or the proof of its receipt, vanish or change."""
    raise RuntimeError(f"{row.__tablename__}: rows stay as they were written")


@event.listens_for(Notice, "before_update")
def _keep_published(_mapper: Mapper[Any], _connection: Connection, notice: Notice) -> None:
    """Refuse to write over what was published before this transaction's change."""
    attributes = inspect(notice).attrs
    before = attributes.number.history
    was_public = any(
        one is not None for one in (*(before.unchanged or ()), *(before.deleted or ()))
    )
    if was_public and any(attributes[name].history.has_changes() for name in _FROZEN):
        raise RuntimeError("an issued document stays as it was issued")
