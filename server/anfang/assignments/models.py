"""Tables of assignments."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from anfang.campaigns.models import Campaign
from anfang.checklists.models import ChecklistVersion
from anfang.identity.models import Inspector
from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id
from anfang.registry.models import Site, Unit


class AssignmentState(StrEnum):
    """An assignment's life."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class Assignment(Base):
    """One visit for one inspector between two days, both included.

    `site_id` is empty where the inspector chooses among a unit's sites.
    """

    __tablename__ = "assignments"
    __table_args__ = (Index("ix_assignments_inspector_id_state", "inspector_id", "state"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), index=True)
    checklist_version_id: Mapped[UUID] = mapped_column(ForeignKey("checklist_versions.id"))
    site_id: Mapped[UUID | None] = mapped_column(ForeignKey("sites.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"))
    inspector_id: Mapped[UUID] = mapped_column(ForeignKey("inspectors.id"))
    from_day: Mapped[date]
    to_day: Mapped[date]
    state: Mapped[str] = mapped_column(default=AssignmentState.OPEN.value)
    created_at: Mapped[datetime] = mapped_column(default=now)

    campaign: Mapped[Campaign] = relationship(lazy="joined")
    checklist_version: Mapped[ChecklistVersion] = relationship(lazy="joined")
    site: Mapped[Site | None] = relationship(lazy="joined")
    unit: Mapped[Unit] = relationship(lazy="joined")
    inspector: Mapped[Inspector] = relationship(lazy="joined")
