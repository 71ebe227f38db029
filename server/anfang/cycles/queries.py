"""Reads of cycles: the rules in force, periods, what came, bulletins, pace, alerts."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import ColumnElement, Select, func, select

from anfang.campaigns import queries as campaigns
from anfang.campaigns.models import Campaign
from anfang.cases.models import Case, CaseState
from anfang.cycles.errors import NoCycles
from anfang.cycles.models import Alert, CaseBulletin, CyclePeriod, PeriodEntry, PeriodState
from anfang.cycles.rules import Cycles, Duty, Pace, parse
from anfang.cycles.spans import passed_percent
from anfang.documents.models import Notice
from anfang.kit.clock import local_day, now
from anfang.kit.db import db, found_by, locked
from anfang.kit.errors import required
from anfang.registers import queries as registers

_UNTOLD = (CaseState.REFERRED.value, CaseState.MERGED.value)
DONE = (PeriodState.FULFILLED.value, PeriodState.LATE.value)


def rules_of(campaign_id: UUID) -> Cycles:
    """Return what a campaign's rulebook in force says of cycles; raises NoCycles."""
    section = campaigns.rulebook_section(campaign_id, "cycles")
    if section is None:
        raise NoCycles
    return parse(section)


def today() -> date:
    """Return the office's calendar day."""
    return local_day(now(), current_app.config["ZONE"])


def days_of(campaign: Campaign, rule: Duty | Pace) -> tuple[date, date]:
    """Return the first and last day of a duty or a measure within its campaign."""
    first = rule.from_day and campaigns.rulebook_day(campaign, rule.from_day)
    last = rule.until and campaigns.rulebook_day(campaign, rule.until)
    return first or campaign.starts_on, last or campaign.ends_on


def period(period_id: UUID, *within: ColumnElement[bool]) -> CyclePeriod:
    """Return a period, locked and read anew; raises NotFound outside `within`."""
    return found_by(locked(select(CyclePeriod).where(CyclePeriod.id == period_id, *within)))


def periods_listed(
    campaign_id: UUID,
    *within: ColumnElement[bool],
    state: str | None = None,
    duty: str | None = None,
    unit: UUID | None = None,
) -> Select[CyclePeriod]:
    """Return the statement of periods that the rulebook asks for, the first to be due first."""
    statement = (
        select(CyclePeriod)
        .where(
            CyclePeriod.campaign_id == campaign_id,
            CyclePeriod.state != PeriodState.VOID.value,
            *within,
        )
        .order_by(CyclePeriod.due_at, CyclePeriod.id)
    )
    if state is not None:
        statement = statement.where(CyclePeriod.state == state)
    if duty is not None:
        statement = statement.where(CyclePeriod.duty == duty)
    return statement if unit is None else statement.where(CyclePeriod.unit_id == unit)


def entries_of(period_ids: Iterable[UUID]) -> dict[UUID, list[PeriodEntry]]:
    """Return what came in periods, oldest first."""
    found: dict[UUID, list[PeriodEntry]] = {}
    statement = (
        select(PeriodEntry)
        .where(PeriodEntry.period_id.in_(list(period_ids)))
        .order_by(PeriodEntry.at, PeriodEntry.id)
    )
    for entry in db.session.scalars(statement):
        found.setdefault(entry.period_id, []).append(entry)
    return found


def is_issued(campaign_id: UUID, number: str) -> bool:
    """Tell whether a document of a campaign was issued under a number."""
    statement = select(Notice.id).where(Notice.campaign_id == campaign_id, Notice.number == number)
    return db.session.scalar(statement) is not None


def is_used(period_asked: CyclePeriod, number: str) -> bool:
    """Tell whether a document stands already for a period of the same duty."""
    statement = (
        select(PeriodEntry.id)
        .join(CyclePeriod, CyclePeriod.id == PeriodEntry.period_id)
        .where(
            CyclePeriod.campaign_id == period_asked.campaign_id,
            CyclePeriod.duty == period_asked.duty,
            PeriodEntry.number == number,
        )
    )
    return db.session.scalar(statement) is not None


def pace_of(campaign: Campaign) -> list[dict[str, Any]]:
    """Return each measure of work beside the time that has passed: behind if it is less."""
    told = []
    for one in rules_of(campaign.id).pace:
        first, last = days_of(campaign, one)
        time = passed_percent(first, last, today())
        done, asked = _work(campaign, one)
        work = done * 100 // asked if asked else 0
        told.append(
            {
                "code": one.code,
                "title": one.title,
                "from_day": first,
                "until": last,
                "done": done,
                "asked": asked,
                "time_percent": time,
                "work_percent": work,
                "behind": work < time,
            }
        )
    return told


def material(campaign_id: UUID, first: date, last: date) -> tuple[list[Case], list[Case]]:
    """Return what a bulletin may tell of some days: cases opened, and cases closed, by number.

    What went to the competent body is told by nobody here; of merged cases the older one is told.
    """
    begin, end = _bounds(first, last)
    of_campaign = (
        select(Case)
        .where(Case.campaign_id == campaign_id, Case.state.not_in(_UNTOLD))
        .order_by(Case.number)
    )
    opened = of_campaign.where(Case.opened_at >= begin, Case.opened_at < end)
    closed = of_campaign.where(Case.closed_at >= begin, Case.closed_at < end)
    return list(db.session.scalars(opened)), list(db.session.scalars(closed))


def bulletins_listed(campaign_id: UUID) -> Select[CaseBulletin]:
    """Return the statement of bulletins, the latest first."""
    return (
        select(CaseBulletin)
        .where(CaseBulletin.campaign_id == campaign_id)
        .order_by(CaseBulletin.at.desc(), CaseBulletin.id)
    )


def bulletin(bulletin_id: UUID) -> CaseBulletin:
    """Return a bulletin; raises NotFound."""
    return required(db.session.get(CaseBulletin, bulletin_id))


def alerts_listed(
    *within: ColumnElement[bool], campaign: UUID | None = None, seen: bool | None = None
) -> Select[Alert]:
    """Return the statement of alerts, the latest first."""
    statement = select(Alert).where(*within).order_by(Alert.at.desc(), Alert.id)
    if campaign is not None:
        statement = statement.where(Alert.campaign_id == campaign)
    if seen is not None:
        looked = Alert.seen_at.is_not(None)
        statement = statement.where(looked if seen else ~looked)
    return statement


def alert(alert_id: UUID, *within: ColumnElement[bool]) -> Alert:
    """Return an alert; raises NotFound outside `within`."""
    return found_by(select(Alert).where(Alert.id == alert_id, *within))


def open_periods(campaign_id: UUID) -> Sequence[CyclePeriod]:
    """Return the periods in which something is still to come."""
    return db.session.scalars(periods_listed(campaign_id, state=PeriodState.OPEN.value)).all()


def _work(campaign: Campaign, one: Pace) -> tuple[int, int]:
    """Return how much is done of how much, by a measure."""
    if one.measure == "register":
        found = registers.register(campaign.id, one.register or "")
        completed = registers.completed(campaign.id, found)
        return completed.done, completed.rows
    if one.measure == "cases":
        counted = select(func.count()).where(Case.campaign_id == campaign.id)
        closed = counted.where(Case.state == CaseState.CLOSED.value)
        return db.session.scalar(closed) or 0, db.session.scalar(counted) or 0
    listed = periods_listed(campaign.id).order_by(None)
    done = listed.where(CyclePeriod.state.in_(DONE))
    return _size(done), _size(listed)


def _size(statement: Select[CyclePeriod]) -> int:
    return db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0


def _bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """Return the moments between which the office's days lie."""
    zone = current_app.config["ZONE"]
    begin = datetime.combine(first, datetime.min.time(), tzinfo=zone)
    end = datetime.combine(last + timedelta(days=1), datetime.min.time(), tzinfo=zone)
    return begin.astimezone(UTC), end.astimezone(UTC)
