"""Tables of supervision."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id
from anfang.registry.models import Unit


class ApprovalMatter(Base):
    """A case of an approval system: what was asked for, when it was accepted, how far it is.

    Limits are working days. `steps`: name, department, handler's post, whether it is early
    involvement, day entered, day left. `colour` is the gravest that it has had a card of;
    `excessive` marks a promise beyond the rulebook's share; `flow` is the way through several
    departments, which `lead_post` leads.
    Nobody's name who asked is kept.
    """

    __tablename__ = "approval_matters"
    __table_args__ = (
        UniqueConstraint("campaign_id", "unit_id", "number"),
        CheckConstraint("colour IN ('', 'blue', 'yellow', 'red')", name="colour"),
        CheckConstraint("flow IN ('', 'parallel', 'early', 'serial')", name="flow"),
        CheckConstraint("finished_on IS NULL OR finished_on >= accepted_on", name="order"),
        Index("ix_approval_matters_listed", "campaign_id", "promised_until", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"), index=True)
    number: Mapped[str]
    item: Mapped[str]
    accepted_on: Mapped[date]
    legal_working_days: Mapped[int]
    promised_working_days: Mapped[int]
    paused_working_days: Mapped[int] = mapped_column(default=0)
    promised_until: Mapped[date]
    legal_until: Mapped[date]
    finished_on: Mapped[date | None]
    lead_post: Mapped[str] = mapped_column(default="")
    steps: Mapped[list[Any]]
    flow: Mapped[str] = mapped_column(default="")
    excessive: Mapped[bool] = mapped_column(default=False)
    colour: Mapped[str] = mapped_column(default="")

    unit: Mapped[Unit] = relationship(lazy="joined")


class SupervisionCard(Base):
    """A card dealt to a unit because a matter turned a colour; one of each colour a matter.

    `step`, `department` and `handler` say where the matter stuck when it was dealt.
    """

    __tablename__ = "supervision_cards"
    __table_args__ = (
        UniqueConstraint("matter_id", "colour"),
        CheckConstraint("colour IN ('blue', 'yellow', 'red')", name="colour"),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name="withdrawn_with_reason"
        ),
        Index("ix_supervision_cards_listed", "campaign_id", "dealt_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    rulebook_version_id: Mapped[UUID] = mapped_column(ForeignKey("rulebook_versions.id"))
    matter_id: Mapped[UUID] = mapped_column(ForeignKey("approval_matters.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"), index=True)
    colour: Mapped[str]
    points: Mapped[int]
    step: Mapped[str] = mapped_column(default="")
    department: Mapped[str] = mapped_column(default="")
    handler: Mapped[str] = mapped_column(default="")
    dealt_at: Mapped[datetime] = mapped_column(default=now)
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("cases.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str | None]
    withdrawn_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))

    matter: Mapped[ApprovalMatter] = relationship(lazy="joined")


@event.listens_for(SupervisionCard, "before_delete")
def _keep(_mapper: Mapper[Any], _connection: Connection, row: Base) -> None:
    """Refuse what would make a card vanish: one dealt wrongly is withdrawn with a reason."""
    raise RuntimeError(f"{row.__tablename__}: rows stay as they were written")
