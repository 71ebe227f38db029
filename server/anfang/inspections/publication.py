"""Reads of when records may be published: late enough, or among enough others.

Whoever reads of a visit on the day it was made can look at who was there. So a visit waits for the
campaign's delay; it may come out sooner, but never on its own day, where enough accepted visits of
the campaign lie in the same week (Monday to Sunday) that one of them cannot be picked out.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from flask import current_app
from sqlalchemy import func, select

from anfang.campaigns.models import PUBLICATION_DELAY_DAYS, PUBLICATION_GROUP, Campaign
from anfang.inspections import queries
from anfang.inspections.errors import PublicationTooEarly
from anfang.inspections.models import Record, RecordState
from anfang.kit.clock import local_day, now
from anfang.kit.db import db


def require_publishable(record_ids: Iterable[UUID]) -> None:
    """Check that records may be published today by their campaigns' rules.

    Raises:
        PublicationTooEarly: `until` is the first day on which all of them may be; `pointers` name
            each that must wait with its own.
    """
    today = local_day(now(), current_app.config["ZONE"])
    earliest = (
        (record.id, publishable_from(record)) for record in queries.each_record_of(record_ids)
    )
    waiting = {f"/records/{id_}": day.isoformat() for id_, day in earliest if day > today}
    if waiting:
        raise PublicationTooEarly(pointers=waiting, until=max(waiting.values()))


def publishable_from(record: Record) -> date:
    """Return the first local day on which a record may be published, as things stand."""
    day = record.day or local_day(record.received_at, current_app.config["ZONE"])
    delay, group = _rule(db.session.get(Campaign, record.campaign_id))
    if delay <= 1 or _accepted_in_week(record.campaign_id, day) < group:
        return day + timedelta(days=delay)
    return day + timedelta(days=1)


def _rule(campaign: Campaign | None) -> tuple[int, int]:
    if campaign is None:  # a phone may name any: the usual rule protects it
        return PUBLICATION_DELAY_DAYS, PUBLICATION_GROUP
    return campaign.publication_delay_days, campaign.publication_group


def _accepted_in_week(campaign_id: UUID, day: date) -> int:
    monday = day - timedelta(days=day.weekday())
    counted = select(func.count()).where(
        Record.campaign_id == campaign_id,
        Record.state == RecordState.ACCEPTED.value,
        Record.day.between(monday, monday + timedelta(days=6)),
    )
    return db.session.scalar(counted) or 0
