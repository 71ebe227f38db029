"""Tables of assignments."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
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


class VisitMode(StrEnum):
    """明查 or 暗访: whether the unit may know who is there."""

    OPEN = "open"
    COVERT = "covert"


class VisitKind(StrEnum):
    """常规 or 突击: whether the visit belongs to the routine."""

    ROUTINE = "routine"
    SURPRISE = "surprise"


class Assignment(Base):
    """One visit for one inspector between two days, both included.

    `site_id` is empty where the inspector chooses among a unit's sites, `draw_id` where the visit
    was handed out by hand; `theme` is the code of the campaign's theme that it counts for.
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
    mode: Mapped[str] = mapped_column(default=VisitMode.COVERT.value)
    kind: Mapped[str] = mapped_column(default=VisitKind.ROUTINE.value)
    theme: Mapped[str | None]
    state: Mapped[str] = mapped_column(default=AssignmentState.OPEN.value)
    draw_id: Mapped[UUID | None] = mapped_column(ForeignKey("draws.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)

    campaign: Mapped[Campaign] = relationship(lazy="joined")
    checklist_version: Mapped[ChecklistVersion] = relationship(lazy="joined")
    site: Mapped[Site | None] = relationship(lazy="joined")
    unit: Mapped[Unit] = relationship(lazy="joined")
    inspector: Mapped[Inspector] = relationship(lazy="joined")


class DrawState(StrEnum):
    """A draw's life: its pools and its secret settled; drawn; published after the visits.

    One that was given up for another draw, with a reason, is replaced.
    """

    COMMITTED = "committed"
    DRAWN = "drawn"
    PUBLISHED = "published"
    REPLACED = "replaced"


class Draw(Base):
    """A double-random draw of objects and inspectors (PROTOCOL §9).

    The frames are the pools as they were frozen at commitment; `commitment` is what the log holds
    of them. `secret` (hex) and the entropy make the seed. `objects_file` and `inspectors_file` are
    the two halves to the byte. `checklists`: stratum → id of the version for its visits.
    """

    __tablename__ = "draws"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), index=True)
    from_day: Mapped[date]
    to_day: Mapped[date]
    state: Mapped[str] = mapped_column(default=DrawState.COMMITTED.value)
    secret: Mapped[str]
    inspectors_salt: Mapped[str]
    entropy: Mapped[str | None]
    witness: Mapped[str | None]
    checklists: Mapped[dict[str, Any]]
    objects_frame: Mapped[dict[str, Any]]
    inspectors_frame: Mapped[dict[str, Any]]
    commitment: Mapped[dict[str, Any]]
    objects_file: Mapped[str | None] = mapped_column(deferred=True)
    inspectors_file: Mapped[str | None] = mapped_column(deferred=True)
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("draws.id"))
    committed_at: Mapped[datetime] = mapped_column(default=now)
    drawn_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)

    campaign: Mapped[Campaign] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 -- SQLAlchemy's own protocol


class InspectorConflict(Base):
    """An inspector who is not sent to a unit or what stands below it.

    Why (employer, kin, declared) stays with the custodians: with the alias it would tell who the
    inspector is.
    """

    __tablename__ = "inspector_conflicts"

    inspector_id: Mapped[UUID] = mapped_column(ForeignKey("inspectors.id"), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"), primary_key=True)
    declared_at: Mapped[datetime] = mapped_column(default=now)

    inspector: Mapped[Inspector] = relationship(lazy="joined")
    unit: Mapped[Unit] = relationship(lazy="joined")
