"""Tables of assignments about invited supervisors (特邀监督员, DOMAIN.md row 40)."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from anfang.campaigns.models import Campaign
from anfang.identity.models import Inspector
from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id


class Capacity(StrEnum):
    """As what somebody was invited: 党代表, 人大代表, 政协委员, 老同志."""

    PARTY_DELEGATE = "party_delegate"
    PEOPLES_DEPUTY = "peoples_deputy"
    CPPCC_MEMBER = "cppcc_member"
    VETERAN = "veteran"


class SupervisorMandate(Base):
    """An inspector is an invited supervisor: for one campaign, between two days, both included.

    Who has ever had a mandate makes only the visits that were handed out to them within one.
    Known by alias alone, as every inspector; `capacity` stays with who hands out visits.
    """

    __tablename__ = "supervisor_mandates"
    __table_args__ = (
        UniqueConstraint("inspector_id", "campaign_id"),
        CheckConstraint("to_day >= from_day", name="days"),
        CheckConstraint("(ended_at IS NULL) = (end_reason IS NULL)", name="ended_with_reason"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    inspector_id: Mapped[UUID] = mapped_column(ForeignKey("inspectors.id"))
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), index=True)
    capacity: Mapped[str]
    from_day: Mapped[date]
    to_day: Mapped[date]
    given_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    given_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None]

    inspector: Mapped[Inspector] = relationship(lazy="joined")
    campaign: Mapped[Campaign] = relationship(lazy="joined")
