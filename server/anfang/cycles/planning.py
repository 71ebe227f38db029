"""Verbs of planning: which periods a campaign's rulebook asks for, of whom, until when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from anfang.campaigns import queries as campaigns
from anfang.campaigns.models import Campaign
from anfang.cycles import queries
from anfang.cycles.errors import NoCycles
from anfang.cycles.models import CyclePeriod, PeriodState
from anfang.cycles.rules import Duty
from anfang.cycles.spans import spans
from anfang.kit.clock import local_day
from anfang.kit.db import db
from anfang.kit.working_time import CLOSING_TIME, add_working_days
from anfang.log import service as log
from anfang.registry import queries as registry


@dataclass(frozen=True)
class _Asked:
    duty: str
    unit_id: UUID | None
    from_day: date
    to_day: date
    due_at: datetime

    @property
    def key(self) -> str:
        return f"{self.duty}/{self.unit_id or ''}/{self.from_day.isoformat()}"


def plan_periods(campaign: Campaign) -> int:
    """Write down the periods that are asked for; returns how many are new.

    Known open ones get their present end; those in which nothing came and which the rulebook no
    longer asks for become void. Doing it again changes nothing.

    Raises:
        NoCycles: the rulebook has none.
    """
    version = campaigns.rulebook_version(campaign.id)
    if version is None:
        raise NoCycles
    known = {
        one.key: one
        for one in db.session.scalars(select(CyclePeriod).filter_by(campaign_id=campaign.id))
    }
    new, asked_keys = 0, set()
    for duty in queries.rules_of(campaign.id).duties.values():
        for asked in _asked(campaign, duty):
            asked_keys.add(asked.key)
            period = known.get(asked.key)
            if period is None:
                db.session.add(_period(campaign.id, version.id, asked))
                new += 1
            elif period.state in {PeriodState.OPEN.value, PeriodState.VOID.value}:
                period.state = PeriodState.OPEN.value
                period.to_day, period.due_at = asked.to_day, asked.due_at
    for key, period in known.items():
        if key not in asked_keys and period.state == PeriodState.OPEN.value and not period.total:
            period.state = PeriodState.VOID.value
    db.session.flush()
    if new:
        log.audit("cycle.planned", "campaign", campaign.id, periods=new)
    return new


def _asked(campaign: Campaign, duty: Duty) -> Iterator[_Asked]:
    units = _units(campaign.id, duty)
    for first, last in _spans(campaign, duty):
        day = add_working_days(last, duty.due_working_days) if duty.due_working_days else last
        due_at = datetime.combine(day, CLOSING_TIME, tzinfo=current_app.config["ZONE"])
        for unit_id in units:
            yield _Asked(duty.code, unit_id, first, last, due_at)


def _spans(campaign: Campaign, duty: Duty) -> Iterator[tuple[date, date]]:
    first, last = queries.days_of(campaign, duty)
    if duty.every == "stage":
        yield from _stages(campaign, duty.stage)
    else:
        yield from spans(duty.every, first, last)


def _stages(campaign: Campaign, code: str | None) -> Iterator[tuple[date, date]]:
    """Yield the days of the stages that were entered, or of one; open ends are the campaign's."""
    zone = current_app.config["ZONE"]
    stages = list(campaigns.stages(campaign.id))
    for place, stage in enumerate(stages):
        if stage.entered_at is None or code not in {None, stage.code}:
            continue
        following = stages[place + 1].entered_at if place + 1 < len(stages) else None
        first = local_day(stage.entered_at, zone)
        last = local_day(following, zone) if following else stage.to_day or campaign.ends_on
        yield first, max(first, last)


def _units(campaign_id: UUID, duty: Duty) -> list[UUID | None]:
    """Return the units that have a duty; of the office's own, nobody."""
    if duty.by == "office":
        return [None]
    if duty.parts:
        playing = [campaigns.units_of_actor(campaign_id, part) for part in duty.parts]
        return sorted({one for units in playing for one in units}, key=str)
    units = db.session.scalars(registry.active_units())
    return [one.id for one in units if not duty.categories or one.category in duty.categories]


def _period(campaign_id: UUID, version_id: UUID, asked: _Asked) -> CyclePeriod:
    return CyclePeriod(
        campaign_id=campaign_id,
        rulebook_version_id=version_id,
        duty=asked.duty,
        unit_id=asked.unit_id,
        key=asked.key,
        from_day=asked.from_day,
        to_day=asked.to_day,
        due_at=asked.due_at,
    )
