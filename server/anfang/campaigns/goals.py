"""Verbs of goals: read an indicator's value, and say whether the goal is reached."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from anfang.campaigns import queries, service
from anfang.campaigns.errors import IndicatorUnknown
from anfang.campaigns.models import Campaign
from anfang.campaigns.topic_models import GoalReading
from anfang.kit.db import db
from anfang.kit.principal import caller_id
from anfang.log import service as log


def read(
    campaign: Campaign, goal: str, indicator: str, value: float, day: date, source: str
) -> GoalReading:
    """Put a value of an indicator on file; the latest day counts, then the latest reading.

    Raises:
        CampaignClosed, IndicatorUnknown.
    """
    service.require_open(campaign)
    if (goal, indicator) not in {(one, entry["code"]) for one, entry in _indicators(campaign.id)}:
        raise IndicatorUnknown
    reading = GoalReading(
        campaign_id=campaign.id,
        goal=goal,
        indicator=indicator,
        value=value,
        day=day,
        source=source,
        read_by=caller_id(),
    )
    db.session.add(reading)
    db.session.flush()
    log.audit("goal.read", "campaign", campaign.id, goal=goal, indicator=indicator)
    return reading


def standing(campaign_id: UUID) -> list[dict[str, Any]]:
    """Return the rulebook's goals with each indicator's latest reading and whether it is met.

    `met` is None where nothing was read, or where the rulebook sets no bound.
    """
    latest = _latest(campaign_id)
    return [
        {
            "code": goal["code"],
            "title": goal["title"],
            "indicators": [
                _indicator(one, latest.get((goal["code"], one["code"])))
                for one in goal.get("indicators", ())
            ],
        }
        for goal in queries.rulebook_section(campaign_id, "goals") or ()
    ]


def _indicator(entry: Mapping[str, Any], reading: GoalReading | None) -> dict[str, Any]:
    bounds = {"at_least": entry.get("at_least"), "at_most": entry.get("at_most")}
    return {
        "code": entry["code"],
        "title": entry["title"],
        "unit": entry.get("unit", ""),
        **bounds,
        "reading": reading,
        "met": None if reading is None else _met(reading.value, **bounds),
    }


def _met(value: float, at_least: float | None, at_most: float | None) -> bool | None:
    if at_least is None and at_most is None:
        return None
    return (at_least is None or value >= at_least) and (at_most is None or value <= at_most)


def _latest(campaign_id: UUID) -> dict[tuple[str, str], GoalReading]:
    readings = db.session.scalars(
        select(GoalReading)
        .where(GoalReading.campaign_id == campaign_id)
        .order_by(GoalReading.day, GoalReading.at, GoalReading.id)
    )
    return {(one.goal, one.indicator): one for one in readings}


def _indicators(campaign_id: UUID) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for goal in queries.rulebook_section(campaign_id, "goals") or ():
        for indicator in goal.get("indicators", ()):
            yield goal["code"], indicator
