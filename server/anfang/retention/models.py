"""Tables of retention."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id


class HoldOn(StrEnum):
    """What a legal hold keeps: a record's media, those of a case's records, a campaign's."""

    RECORD = "record"
    CASE = "case"
    CAMPAIGN = "campaign"


class LegalHold(Base):
    """Nothing of its object is deleted until it is lifted; both have a reason and a name."""

    __tablename__ = "legal_holds"
    __table_args__ = (Index("ix_legal_holds_object_id", "object_id", "lifted_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    object_kind: Mapped[str]
    object_id: Mapped[UUID]
    reason: Mapped[str]
    set_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    set_at: Mapped[datetime] = mapped_column(default=now)
    lift_reason: Mapped[str | None]
    lifted_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    lifted_at: Mapped[datetime | None]
