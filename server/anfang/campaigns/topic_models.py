"""Tables of topics and of readings of goals."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id


class TopicState(StrEnum):
    """A topic's life: raised, then taken up or dropped by somebody else."""

    RAISED = "raised"
    APPROVED = "approved"
    DROPPED = "dropped"


class CampaignTopic(Base):
    """A problem that somebody brought in, for those who decide what the campaign takes up.

    `theme` is the code of the theme that it belongs to, `raised_by` the group or unit as text.
    """

    __tablename__ = "campaign_topics"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), index=True)
    theme: Mapped[str]
    title: Mapped[str]
    detail: Mapped[str]
    raised_by: Mapped[str]
    entered_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    state: Mapped[str] = mapped_column(default=TopicState.RAISED.value)
    reason: Mapped[str | None]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]


class GoalReading(Base):
    """A value of an indicator of a goal on a day, with its source; earlier ones stay."""

    __tablename__ = "campaign_goal_readings"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), index=True)
    goal: Mapped[str]
    indicator: Mapped[str]
    value: Mapped[float]
    day: Mapped[date]
    source: Mapped[str]
    read_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=now)
