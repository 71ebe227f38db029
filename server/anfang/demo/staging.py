"""Taking a campaign of the demonstration through its topics and stages."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from uuid import UUID

from anfang.campaigns import queries as campaigns
from anfang.campaigns import stages, topics
from anfang.demo.agenda import Days, Deed
from anfang.demo.content.rules import Ruled, StageEntry, TopicEntry
from anfang.demo.desk import APPROVER, LEAD, Desk
from anfang.kit.db import transaction

_WHAT = "topics and stages"


def deeds(desk: Desk, campaign_id: UUID, rules: Ruled, days: Days) -> Iterator[Deed]:
    """Yield what it takes: each topic, each stage."""
    for topic in rules.topics:
        yield Deed(days.ago(topic.days_ago), _WHAT, partial(_bring_in, desk, campaign_id, topic))
    for entry in rules.stages:
        enter = partial(_enter, desk, campaign_id, entry)
        yield Deed(days.ago(entry.days_ago), _WHAT, enter)


def _bring_in(desk: Desk, campaign_id: UUID, entry: TopicEntry, at: datetime) -> None:
    with desk.acting(LEAD, at), transaction():
        campaign = campaigns.campaign(campaign_id)
        topic = topics.raise_topic(
            campaign, entry.theme, entry.title, entry.raised_by, entry.detail
        )
    if entry.approved is not None:
        with desk.acting(APPROVER, at), transaction():
            topics.decide(topics.topic(topic.id), approved=entry.approved, reason=entry.reason)


def _enter(desk: Desk, campaign_id: UUID, entry: StageEntry, at: datetime) -> None:
    with desk.acting(APPROVER, at), transaction():
        for gate in entry.confirmed:
            stages.confirm_gate(campaigns.campaign(campaign_id), entry.code, gate, "会议决定")
    with desk.acting(LEAD, at), transaction():
        campaign = campaigns.campaign(campaign_id)
        stages.enter_next(campaign)
        for point in entry.points:
            stages.mark_point(campaign, entry.code, point.code, point.note, point.count)
