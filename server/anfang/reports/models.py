"""Tables of reports: results that were published, packs for the press."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from anfang.campaigns.models import Campaign
from anfang.documents.models import Notice
from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id
from anfang.packs.models import Pack


class ResultRelease(Base):
    """A campaign's results for everybody to read, frozen when they were drafted.

    `figures` are `results.frozen`, `sha256` their digest. A second person signs them off, which
    publishes them; what was published is withdrawn with a reason, never changed.
    """

    __tablename__ = "result_releases"
    __table_args__ = (
        CheckConstraint("signed_by IS NULL OR signed_by <> drafted_by", name="four_eyes"),
        CheckConstraint("(signed_by IS NULL) = (published_at IS NULL)", name="signed"),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawal_reason IS NULL)", name="withdrawn_with_reason"
        ),
        Index("ix_result_releases_drafted_at", "drafted_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), index=True)
    title: Mapped[str]
    text: Mapped[str]
    figures: Mapped[dict[str, Any]]
    sha256: Mapped[str]
    drafted_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    drafted_at: Mapped[datetime] = mapped_column(default=now)
    signed_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str | None]

    campaign: Mapped[Campaign] = relationship(lazy="joined")


class PressPack(Base):
    """A typical case for a press conference: what was published of it, and a text for the press.

    It stands on a published notice, whose defence, legal check and approval are done; its own text
    is approved by a second person. `evidence_id`: the protected evidence pack that goes along.
    """

    __tablename__ = "press_packs"
    __table_args__ = (
        CheckConstraint("approved_by IS NULL OR approved_by <> drafted_by", name="four_eyes"),
        CheckConstraint("(approved_by IS NULL) = (approved_at IS NULL)", name="approved"),
        Index("ix_press_packs_drafted_at", "drafted_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notices.id"), index=True)
    headline: Mapped[str]
    text: Mapped[str]
    drafted_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    drafted_at: Mapped[datetime] = mapped_column(default=now)
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    approved_at: Mapped[datetime | None]
    evidence_id: Mapped[UUID | None] = mapped_column(ForeignKey("packs.id"))

    notice: Mapped[Notice] = relationship(lazy="joined")
    evidence: Mapped[Pack | None] = relationship(lazy="joined")


@event.listens_for(ResultRelease, "before_delete")
@event.listens_for(PressPack, "before_delete")
def _keep(_mapper: Mapper[Any], _connection: Connection, row: Base) -> None:
    """Refuse to let vanish what the public or the press was told."""
    raise RuntimeError(f"{row.__tablename__}: rows stay as they were written")
