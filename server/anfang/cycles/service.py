"""Verbs of cycles: report what came in a period, tell what is near or missed, note alerts."""

from datetime import date
from uuid import UUID

from flask import current_app

from anfang.campaigns.models import Campaign
from anfang.cycles import queries
from anfang.cycles.errors import (
    CountTooLarge,
    DocumentNotIssued,
    DocumentUsed,
    PeriodNotBegun,
    PeriodNotYours,
    PeriodVoid,
    ReportMissing,
)
from anfang.cycles.models import Alert, CyclePeriod, PeriodEntry, PeriodState
from anfang.cycles.rules import Duty
from anfang.jobs import service as jobs
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.principal import Role, at_the_desk, person, principal
from anfang.kit.working_time import add_working_days
from anfang.log import service as log


def report(
    period: CyclePeriod, number: str | None = None, text: str = "", count: int | None = None
) -> PeriodEntry:
    """Put down what came in a period; it is fulfilled as soon as it is what the duty asks for.

    Args:
        period: locked (`queries.period`).
        number: of an issued document of the campaign, for duties that documents fulfil.
        text: a report, or what was counted.
        count: for duties that count; adds up.

    Raises:
        PeriodVoid, PeriodNotBegun, PeriodNotYours: not now, not by the caller.
        ReportMissing, CountTooLarge, DocumentNotIssued, DocumentUsed: not what is asked for.
    """
    duty = queries.rules_of(period.campaign_id).duties.get(period.duty)
    if duty is None or period.state == PeriodState.VOID.value:
        raise PeriodVoid
    if queries.today() < period.from_day:
        raise PeriodNotBegun
    _require_right(duty)
    _require_fitting(period, duty, number, text, count)
    entry = PeriodEntry(
        period_id=period.id, number=number, text=text.strip(), count=count, by_user=person().id
    )
    db.session.add(entry)
    period.total += count or 0
    if duty.count is None or period.total >= duty.count.at_least:
        _fulfil(period)
    db.session.flush()
    log.audit("cycle.reported", "cycle_period", period.id, duty=period.duty, count=count)
    return entry


def tell_due(campaign: Campaign) -> int:
    """Tell once of each period that its reminder is due, once that it was missed."""
    duties = queries.rules_of(campaign.id).duties
    told, today = 0, queries.today()
    for period in queries.open_periods(campaign.id):
        duty = duties.get(period.duty)
        told += duty is not None and _tell(period, duty, today)
    db.session.flush()
    return told


def note_alert(kind: str, campaign: str, unit: str | None, title: str, object_id: str) -> None:
    """Keep an alert for whoever should look; the same one again is one."""
    known = db.session.query(Alert).filter_by(kind=kind, object_id=object_id).first()
    if known is None:
        db.session.add(
            Alert(
                campaign_id=UUID(campaign),
                unit_id=UUID(unit) if unit else None,
                kind=kind,
                title=title,
                object_id=object_id,
            )
        )


def see_alert(alert: Alert) -> None:
    """Note that somebody has looked at an alert; the first look stays."""
    if alert.seen_at is None:
        alert.seen_at, alert.seen_by = now(), person().id
        db.session.flush()


def _require_right(duty: Duty) -> None:
    """A unit's duty is its liaison's or the lead's to report, the office's the office's."""
    desk = at_the_desk(principal())
    if (duty.by == "office" and desk) or (
        duty.by == "unit" and not desk and Role.LEAD not in person().roles
    ):
        raise PeriodNotYours


def _require_fitting(
    period: CyclePeriod, duty: Duty, number: str | None, text: str, count: int | None
) -> None:
    given = {"document": number, "report": text.strip(), "count": count}
    if not given[duty.fulfilled_by]:
        raise ReportMissing
    if duty.fulfilled_by == "document" and number is not None:
        if not queries.is_issued(period.campaign_id, number):
            raise DocumentNotIssued
        if queries.is_used(period, number):
            raise DocumentUsed
    most = duty.count.at_most_each if duty.count else None
    if most is not None and count is not None and count > most:
        raise CountTooLarge(most=most)


def _fulfil(period: CyclePeriod) -> None:
    if period.fulfilled_at is None:
        late = now() > period.due_at
        period.state = (PeriodState.LATE if late else PeriodState.FULFILLED).value
        period.fulfilled_at = now()


def _tell(period: CyclePeriod, duty: Duty, today: date) -> bool:
    facts = {"period": str(period.id), "campaign": str(period.campaign_id)}
    unit = str(period.unit_id) if period.unit_id else None
    title = f"{duty.title} {period.from_day.isoformat()} – {period.to_day.isoformat()}"
    if now() > period.due_at:
        period.state, period.missed_at = PeriodState.MISSED.value, now()
        jobs.emit("cycle.missed", unit=unit, title=title, **facts)
        return True
    if duty.remind_working_days is None or period.reminded_at is not None:
        return False
    last = period.due_at.astimezone(current_app.config["ZONE"]).date()
    if add_working_days(last, -duty.remind_working_days) > today:
        return False
    period.reminded_at = now()
    jobs.emit("cycle.due_soon", unit=unit, title=title, **facts)
    return True
