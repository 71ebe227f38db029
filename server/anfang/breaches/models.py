"""Tables of breaches."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from anfang.cases.models import Case
from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id
from anfang.registry.models import Unit


class BreachState(StrEnum):
    """A breach's life: alleged, then established or dismissed by a second person."""

    ALLEGED = "alleged"
    ESTABLISHED = "established"
    DISMISSED = "dismissed"


class RuleBreach(Base):
    """That a unit breached a rule; `text` is the rule as it read then.

    Settled with the decision: `repeated` (the unit breached the same set before, within the days
    that the rulebook counts), `defiant` (after the campaign had begun, 顶风违纪), `verdict` (what a
    veto of the rule set demands; None without one).
    """

    __tablename__ = "rule_breaches"
    __table_args__ = (
        CheckConstraint("decided_by IS NULL OR decided_by <> alleged_by", name="four_eyes"),
        CheckConstraint("(state = 'alleged') = (decided_at IS NULL)", name="decision"),
        Index("ix_rule_breaches_campaign_id_unit_id", "campaign_id", "unit_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"))
    rulebook_version_id: Mapped[UUID] = mapped_column(ForeignKey("rulebook_versions.id"))
    rule_set: Mapped[str]
    rule: Mapped[str]
    text: Mapped[str]
    found_on: Mapped[date]
    note: Mapped[str]
    state: Mapped[str] = mapped_column(default=BreachState.ALLEGED.value)
    repeated: Mapped[bool] = mapped_column(default=False)
    defiant: Mapped[bool] = mapped_column(default=False)
    verdict: Mapped[str | None]
    alleged_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None]

    case: Mapped[Case] = relationship(lazy="joined")
    unit: Mapped[Unit] = relationship(lazy="joined")
