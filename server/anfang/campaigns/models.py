"""Tables of campaigns."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from anfang.checklists.models import ChecklistVersion
from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id
from anfang.registry.models import Unit

PUBLICATION_DELAY_DAYS: Final = 7
PUBLICATION_GROUP: Final = 5


class CampaignState(StrEnum):
    """A campaign's life; phones see only running ones."""

    DRAFT = "draft"
    RUNNING = "running"
    CLOSED = "closed"


class ThemeRole(StrEnum):
    """A unit's part in a theme: 牵头 or 配合."""

    LEAD = "lead"
    SUPPORT = "support"


class CampaignThemeUnit(Base):
    """A unit that leads or supports a theme."""

    __tablename__ = "campaign_theme_units"

    theme_id: Mapped[UUID] = mapped_column(
        ForeignKey("campaign_themes.id", ondelete="CASCADE"), primary_key=True
    )
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"), primary_key=True)
    role: Mapped[str]

    unit: Mapped[Unit] = relationship(lazy="joined")


class CampaignTheme(Base):
    """One subject of a campaign, e.g. one of its special rectifications."""

    __tablename__ = "campaign_themes"
    __table_args__ = (UniqueConstraint("campaign_id", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), index=True)
    code: Mapped[str]
    title: Mapped[str]
    position: Mapped[int]

    units: Mapped[list[CampaignThemeUnit]] = relationship(
        cascade="all, delete-orphan",
        lazy="selectin",
        order_by=(CampaignThemeUnit.role, CampaignThemeUnit.unit_id),
    )


class CampaignChecklist(Base):
    """A published checklist version that a campaign's visits are filed on."""

    __tablename__ = "campaign_checklists"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    checklist_version_id: Mapped[UUID] = mapped_column(
        ForeignKey("checklist_versions.id"), primary_key=True
    )

    checklist_version: Mapped[ChecklistVersion] = relationship(lazy="joined")


class Campaign(Base):
    """A campaign of visits; its plan's bytes are in storage under `plan_sha256`.

    `rides` is null where phones may not measure rides, else `{"tariffs": […]}` (see `fares`).
    A visit is published once `publication_delay_days` have passed, or sooner, but not on its own
    day, among `publication_group` accepted visits of its week; no delay switches the rule off.
    """

    __tablename__ = "campaigns"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    legal_basis: Mapped[str] = mapped_column(default="")
    plan_name: Mapped[str | None]
    plan_sha256: Mapped[str | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    rides: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    publication_delay_days: Mapped[int] = mapped_column(default=PUBLICATION_DELAY_DAYS)
    publication_group: Mapped[int] = mapped_column(default=PUBLICATION_GROUP)
    state: Mapped[str] = mapped_column(default=CampaignState.DRAFT.value, index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    revision: Mapped[int] = mapped_column(default=1)

    themes: Mapped[list[CampaignTheme]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", order_by=CampaignTheme.position
    )
    checklists: Mapped[list[CampaignChecklist]] = relationship(
        cascade="all, delete-orphan",
        lazy="selectin",
        order_by=CampaignChecklist.checklist_version_id,
    )

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 -- SQLAlchemy's own protocol


class RulebookVersion(Base):
    """One version of a campaign's rulebook; never changed, the highest number is in force.

    `text` is what was loaded, to the byte; `content` what it says; `sha256` is of the text.
    """

    __tablename__ = "rulebook_versions"
    __table_args__ = (UniqueConstraint("campaign_id", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), index=True)
    version: Mapped[int]
    code: Mapped[str]
    title: Mapped[str]
    text: Mapped[str] = mapped_column(Text, deferred=True)
    content: Mapped[dict[str, Any]]
    sha256: Mapped[str]
    reason: Mapped[str | None]
    loaded_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=now)


class CampaignStage(Base):
    """A stage of a campaign after its rulebook; entered in the order of `position`, once."""

    __tablename__ = "campaign_stages"
    __table_args__ = (UniqueConstraint("campaign_id", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), index=True)
    code: Mapped[str]
    position: Mapped[int]
    title: Mapped[str]
    from_day: Mapped[date | None]
    to_day: Mapped[date | None]
    entered_at: Mapped[datetime | None]
    entered_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))


class MarkKind(StrEnum):
    """What a mark on a stage is about."""

    POINT = "point"
    GATE = "gate"


class StageMark(Base):
    """That a key point of a stage is carried out, or that what a gate asks for is confirmed.

    `code` is the point's or the gate's in the rulebook; `note` says by what it shows (a document's
    number, a meeting's minutes), `count` how many where the rulebook asks for a number.
    """

    __tablename__ = "campaign_stage_marks"
    __table_args__ = (UniqueConstraint("campaign_id", "stage", "kind", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), index=True)
    stage: Mapped[str]
    kind: Mapped[str]
    code: Mapped[str]
    note: Mapped[str]
    count: Mapped[int | None]
    marked_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=now)


class CampaignActor(Base):
    """A unit that plays a part of the rulebook: `actor` is the part's code there."""

    __tablename__ = "campaign_actors"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    actor: Mapped[str] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"), primary_key=True)

    unit: Mapped[Unit] = relationship(lazy="joined")
