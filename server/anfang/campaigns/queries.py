"""Reads of campaigns."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import contains_eager, lazyload

from anfang.campaigns import days
from anfang.campaigns.models import (
    Campaign,
    CampaignActor,
    CampaignChecklist,
    CampaignStage,
    CampaignState,
    RulebookVersion,
    StageMark,
)
from anfang.checklists.models import ChecklistVersion
from anfang.kit.db import db, found_by
from anfang.kit.errors import NotFound, required
from anfang.kit.names import Names

# [Note: Statements built once]
_NAMES: Final = Names(Campaign.id, Campaign.name)
_OF_VISIT: Final = (
    select(Campaign)
    .outerjoin(Campaign.checklists)
    .where(Campaign.id == bindparam("id"))
    .options(
        contains_eager(Campaign.checklists).lazyload(CampaignChecklist.checklist_version),
        lazyload(Campaign.themes),
    )
)


def campaign(campaign_id: UUID) -> Campaign:
    """Return a campaign; raises NotFound."""
    return required(db.session.get(Campaign, campaign_id))


def campaign_of_visit(campaign_id: UUID) -> Campaign:
    """Return a campaign for what a visit is compared with, in one read; raises NotFound.

    It comes with the ids of its checklists. Themes, and what the checklists hold, are read when
    they are asked for.
    """
    campaign = db.session.scalars(_OF_VISIT, {"id": campaign_id}).unique().one_or_none()
    if campaign is None:
        raise NotFound
    return campaign


def campaigns_listed(state: str | None = None) -> Select[Campaign]:
    """Return the statement of campaigns, the latest first day first, or of those in one state."""
    statement = select(Campaign).order_by(Campaign.starts_on.desc(), Campaign.id)
    return statement if state is None else statement.where(Campaign.state == state)


def running() -> Sequence[Campaign]:
    """Return the running campaigns, by first day."""
    return db.session.scalars(
        select(Campaign)
        .where(Campaign.state == CampaignState.RUNNING.value)
        .order_by(Campaign.starts_on, Campaign.id)
    ).all()


def campaign_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of campaigns, for lists that mention them."""
    return _NAMES.of(ids)


def checklist_versions_of(campaign_ids: Iterable[UUID]) -> Sequence[ChecklistVersion]:
    """Return the checklist versions that these campaigns use, each once, by id."""
    used = select(CampaignChecklist.checklist_version_id).where(
        CampaignChecklist.campaign_id.in_(list(campaign_ids))
    )
    return db.session.scalars(
        select(ChecklistVersion).where(ChecklistVersion.id.in_(used)).order_by(ChecklistVersion.id)
    ).all()


def rulebook_versions(campaign_id: UUID) -> Select[RulebookVersion]:
    """Return the statement of a campaign's rulebook versions, the one in force first."""
    return (
        select(RulebookVersion)
        .where(RulebookVersion.campaign_id == campaign_id)
        .order_by(RulebookVersion.version.desc(), RulebookVersion.id)
    )


def rulebook_version(campaign_id: UUID) -> RulebookVersion | None:
    """Return the version in force, None where the campaign has no rulebook."""
    return db.session.scalars(rulebook_versions(campaign_id).limit(1)).first()


def rulebook_section(campaign_id: UUID, section: str) -> Any | None:
    """Return a section of the rulebook in force as plain values; None where there is none."""
    version = rulebook_version(campaign_id)
    return None if version is None else version.content.get(section)


def numbered_rulebook(campaign_id: UUID, number: int) -> RulebookVersion:
    """Return one version of a campaign's rulebook; raises NotFound."""
    return found_by(select(RulebookVersion).filter_by(campaign_id=campaign_id, version=number))


def rulebook_day(campaign: Campaign, text: str) -> date:
    """Return the day that a rulebook's text (`days`) means in a campaign; raises ValueError."""
    return days.resolve(text, campaign.starts_on)


def stages(campaign_id: UUID) -> Sequence[CampaignStage]:
    """Return a campaign's stages in their order."""
    return db.session.scalars(
        select(CampaignStage)
        .where(CampaignStage.campaign_id == campaign_id)
        .order_by(CampaignStage.position)
    ).all()


def current_stage(campaign_id: UUID) -> CampaignStage | None:
    """Return the stage that a campaign is in: the last that was entered."""
    return db.session.scalars(
        select(CampaignStage)
        .where(CampaignStage.campaign_id == campaign_id, CampaignStage.entered_at.is_not(None))
        .order_by(CampaignStage.position.desc())
        .limit(1)
    ).first()


def actors(campaign_id: UUID) -> Sequence[CampaignActor]:
    """Return which units play the rulebook's parts, by part."""
    return db.session.scalars(
        select(CampaignActor)
        .where(CampaignActor.campaign_id == campaign_id)
        .order_by(CampaignActor.actor, CampaignActor.unit_id)
    ).all()


def units_of_actor(campaign_id: UUID, actor: str) -> list[UUID]:
    """Return the units that play one part."""
    return [one.unit_id for one in actors(campaign_id) if one.actor == actor]


def stage_marks(campaign_id: UUID) -> Sequence[StageMark]:
    """Return the marks on a campaign's stages, the earliest first."""
    return db.session.scalars(
        select(StageMark)
        .where(StageMark.campaign_id == campaign_id)
        .order_by(StageMark.at, StageMark.id)
    ).all()
