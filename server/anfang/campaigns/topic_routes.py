"""Addresses of topics and goals."""

from typing import Any
from uuid import UUID

from anfang.campaigns import goals, queries, topics
from anfang.campaigns.topic_models import CampaignTopic
from anfang.campaigns.topic_schemas import (
    GoalsSchema,
    NewGoalReadingSchema,
    NewTopicSchema,
    TopicDecisionSchema,
    TopicQuerySchema,
    TopicSchema,
)
from anfang.kit.http import Room
from anfang.kit.pages import Page, page, page_of

room = Room("topics", __name__, description="Topics that a campaign takes up, and its goals")


@room.get("/campaigns/<uuid:campaign_id>/topics", permission="campaign.read")
@room.arguments(TopicQuerySchema, location="query")
@room.response(200, page_of(TopicSchema))
def list_topics(query: dict[str, Any], campaign_id: UUID) -> Page:
    """List topics, the latest first."""
    cursor, limit = query.pop("cursor"), query.pop("limit")
    return page(topics.topics_listed(campaign_id, **query), cursor=cursor, limit=limit)


@room.post("/campaigns/<uuid:campaign_id>/topics", permission="campaign.manage")
@room.arguments(NewTopicSchema)
@room.response(201, TopicSchema)
def raise_topic(body: dict[str, Any], campaign_id: UUID) -> CampaignTopic:
    """Bring in a problem."""
    return topics.raise_topic(queries.campaign(campaign_id), **body)


@room.post("/topics/<uuid:topic_id>/decision", permission="stage.confirm")
@room.arguments(TopicDecisionSchema)
@room.response(200, TopicSchema)
def decide_topic(body: dict[str, Any], topic_id: UUID) -> CampaignTopic:
    """Take a topic up or drop it."""
    topic = topics.topic(topic_id)
    topics.decide(topic, **body)
    return topic


@room.get("/campaigns/<uuid:campaign_id>/goals", permission="campaign.read")
@room.response(200, GoalsSchema)
def list_goals(campaign_id: UUID) -> dict[str, Any]:
    """Return the goals with what was last read of their indicators."""
    queries.campaign(campaign_id)
    return {"items": goals.standing(campaign_id)}


@room.post("/campaigns/<uuid:campaign_id>/goal-readings", permission="campaign.manage")
@room.arguments(NewGoalReadingSchema)
@room.response(201, GoalsSchema)
def read_indicator(body: dict[str, Any], campaign_id: UUID) -> dict[str, Any]:
    """Put a value of an indicator on file."""
    goals.read(queries.campaign(campaign_id), **body)
    return {"items": goals.standing(campaign_id)}
