"""Verbs of topics: bring problems in, and decide which of them the campaign takes up."""

from uuid import UUID

from sqlalchemy import Select, select

from anfang.campaigns import service
from anfang.campaigns.errors import (
    TopicDecided,
    TopicOwnDecision,
    TopicReasonMissing,
    TopicThemeUnknown,
)
from anfang.campaigns.models import Campaign
from anfang.campaigns.topic_models import CampaignTopic, TopicState
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.errors import required
from anfang.kit.principal import caller_id
from anfang.log import service as log


def raise_topic(
    campaign: Campaign, theme: str, title: str, raised_by: str, detail: str = ""
) -> CampaignTopic:
    """Bring in a problem under one of the campaign's themes.

    Raises:
        CampaignClosed, TopicThemeUnknown.
    """
    service.require_open(campaign)
    if theme not in {one.code for one in campaign.themes}:
        raise TopicThemeUnknown
    topic = CampaignTopic(
        campaign_id=campaign.id,
        theme=theme,
        title=title,
        detail=detail,
        raised_by=raised_by,
        entered_by=caller_id(),
    )
    db.session.add(topic)
    db.session.flush()
    log.audit("topic.raised", "topic", topic.id, theme=theme)
    return topic


def decide(topic: CampaignTopic, *, approved: bool, reason: str = "") -> None:
    """Take a topic up, or drop it with a reason.

    Raises:
        TopicDecided, TopicOwnDecision, TopicReasonMissing.
    """
    if topic.state != TopicState.RAISED.value:
        raise TopicDecided
    if topic.entered_by is not None and topic.entered_by == caller_id():
        raise TopicOwnDecision
    if not approved and not reason.strip():
        raise TopicReasonMissing
    topic.state = (TopicState.APPROVED if approved else TopicState.DROPPED).value
    topic.reason, topic.decided_by, topic.decided_at = reason.strip() or None, caller_id(), now()
    db.session.flush()
    log.audit(f"topic.{topic.state}", "topic", topic.id)


def topic(topic_id: UUID) -> CampaignTopic:
    """Return a topic; raises NotFound."""
    return required(db.session.get(CampaignTopic, topic_id))


def topics_listed(
    campaign_id: UUID, theme: str | None = None, state: str | None = None
) -> Select[CampaignTopic]:
    """Return the statement of a campaign's topics, the latest first, narrowed if asked."""
    statement = (
        select(CampaignTopic)
        .where(CampaignTopic.campaign_id == campaign_id)
        .order_by(CampaignTopic.at.desc(), CampaignTopic.id)
    )
    if theme is not None:
        statement = statement.where(CampaignTopic.theme == theme)
    return statement if state is None else statement.where(CampaignTopic.state == state)
