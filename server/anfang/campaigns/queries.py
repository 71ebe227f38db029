"""Reads of campaigns."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import Select, select

from anfang.campaigns.models import Campaign, CampaignChecklist, CampaignState
from anfang.checklists.models import ChecklistVersion
from anfang.kit.db import db
from anfang.kit.errors import NotFound


def campaign(campaign_id: UUID) -> Campaign:
    """Return a campaign; raises NotFound."""
    found = db.session.get(Campaign, campaign_id)
    if found is None:
        raise NotFound
    return found


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
    rows = db.session.execute(select(Campaign.id, Campaign.name).where(Campaign.id.in_(list(ids))))
    return {row.id: row.name for row in rows}


def checklist_versions_of(campaign_ids: Iterable[UUID]) -> Sequence[ChecklistVersion]:
    """Return the checklist versions that these campaigns use, each once, by id."""
    used = select(CampaignChecklist.checklist_version_id).where(
        CampaignChecklist.campaign_id.in_(list(campaign_ids))
    )
    return db.session.scalars(
        select(ChecklistVersion).where(ChecklistVersion.id.in_(used)).order_by(ChecklistVersion.id)
    ).all()
