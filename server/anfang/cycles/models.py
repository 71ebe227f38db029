"""Tables of cycles."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id
from anfang.registry.models import Unit


class PeriodState(StrEnum):
    """Whether what a period asks for has come: in time, after its end, not at all."""

    OPEN = "open"
    FULFILLED = "fulfilled"
    MISSED = "missed"
    LATE = "late"
    VOID = "void"


class CyclePeriod(Base):
    """One period of a duty; `unit_id` is empty where the office itself has it.

    `key` names it within its campaign: duty, unit, first day. `total` is the sum of what was
    counted.
    """

    __tablename__ = "cycle_periods"
    __table_args__ = (
        UniqueConstraint("campaign_id", "key"),
        CheckConstraint("state IN ('open', 'fulfilled', 'missed', 'late', 'void')", name="state"),
        Index("ix_cycle_periods_listed", "campaign_id", "due_at", "id"),
        Index("ix_cycle_periods_state", "state", "due_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    rulebook_version_id: Mapped[UUID] = mapped_column(ForeignKey("rulebook_versions.id"))
    duty: Mapped[str]
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"), index=True)
    key: Mapped[str]
    from_day: Mapped[date]
    to_day: Mapped[date]
    due_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=PeriodState.OPEN.value)
    total: Mapped[int] = mapped_column(default=0)
    reminded_at: Mapped[datetime | None]
    missed_at: Mapped[datetime | None]
    fulfilled_at: Mapped[datetime | None]

    unit: Mapped[Unit | None] = relationship(lazy="joined")


class PeriodEntry(Base):
    """What came in a period: a document's number, a report's text, a count; on a day, no time."""

    __tablename__ = "cycle_entries"
    __table_args__ = (Index("ix_cycle_entries_period_id", "period_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    period_id: Mapped[UUID] = mapped_column(ForeignKey("cycle_periods.id"))
    number: Mapped[str | None]
    text: Mapped[str] = mapped_column(default="")
    count: Mapped[int | None]
    by_user: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=now)


class CaseBulletin(Base):
    """A bulletin compiled from cases: which it tells as problems, which as achievements."""

    __tablename__ = "case_bulletins"
    __table_args__ = (Index("ix_case_bulletins_listed", "campaign_id", "at", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    title: Mapped[str]
    from_day: Mapped[date]
    to_day: Mapped[date]
    problems: Mapped[list[Any]]
    achievements: Mapped[list[Any]]
    problems_percent: Mapped[int]
    by_user: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=now)


class Alert(Base):
    """What somebody should look at: a term near or past, a period missed, a card dealt.

    `object_id` is what it is about, `unit_id` empty where it concerns the office alone.
    """

    __tablename__ = "alerts"
    __table_args__ = (
        UniqueConstraint("kind", "object_id"),
        Index("ix_alerts_listed", "campaign_id", "at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[str]
    title: Mapped[str]
    object_id: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))

    unit: Mapped[Unit | None] = relationship(lazy="joined")


@event.listens_for(CyclePeriod, "before_delete")
@event.listens_for(PeriodEntry, "before_delete")
@event.listens_for(PeriodEntry, "before_update")
@event.listens_for(CaseBulletin, "before_delete")
@event.listens_for(CaseBulletin, "before_update")
def _keep(_mapper: Mapper[Any], _connection: Connection, row: Base) -> None:
    """Refuse what would make a period, or what came in it, vanish."""
    raise RuntimeError(f"{row.__tablename__}: rows stay as they were written")
