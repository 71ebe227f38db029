"""Reads of cycles as their addresses tell them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import current_app

from anfang.campaigns import queries as campaigns
from anfang.cycles import queries
from anfang.cycles.models import Alert, CyclePeriod, PeriodEntry
from anfang.cycles.rules import Duty
from anfang.kit.clock import local_day
from anfang.kit.i18n import translate
from anfang.kit.principal import Person, Principal, Role, at_the_desk

_SECTIONS = ("registers", "supervision", "cycles")


def running_views() -> list[dict[str, Any]]:
    """Tell the running campaigns that have a rulebook, by first day."""
    told = []
    for campaign in campaigns.running():
        version = campaigns.rulebook_version(campaign.id)
        if version is not None:
            has = {name: name in version.content for name in _SECTIONS}
            has["bulletin"] = "bulletin" in version.content.get("cycles", {})
            told.append({"id": campaign.id, "name": campaign.name, **has})
    return told


def period_views(
    campaign_id: UUID, periods: Sequence[CyclePeriod], caller: Principal
) -> list[dict[str, Any]]:
    """Tell periods with what came in them."""
    duties = queries.rules_of(campaign_id).duties
    entries = queries.entries_of(one.id for one in periods)
    return [
        _period_view(one, duties.get(one.duty), entries.get(one.id, []), caller) for one in periods
    ]


def alert_views(alerts: Sequence[Alert]) -> list[dict[str, Any]]:
    """Tell alerts in the reader's words."""
    return [
        {
            "id": one.id,
            "kind": one.kind,
            "text": translate(f"alert-{one.kind}"),
            "title": one.title,
            "unit": _unit(one),
            "at": one.at,
            "seen_at": one.seen_at,
        }
        for one in alerts
    ]


def _period_view(
    period: CyclePeriod, duty: Duty | None, entries: Sequence[PeriodEntry], caller: Principal
) -> dict[str, Any]:
    zone = current_app.config["ZONE"]
    count = duty and duty.count
    return {
        "id": period.id,
        "duty": period.duty,
        "title": duty.title if duty else period.duty,
        "note": duty.note if duty else "",
        "fulfilled_by": duty.fulfilled_by if duty else "report",
        "unit": _unit(period),
        "from_day": period.from_day,
        "to_day": period.to_day,
        "due_at": period.due_at,
        "state": period.state,
        "count": count
        and {
            "title": count.title,
            "unit": count.unit,
            "at_least": count.at_least,
            "at_most_each": count.at_most_each,
            "total": period.total,
        },
        "may_report": duty is not None and _may_report(duty, period, caller),
        "entries": [
            {
                "number": one.number,
                "text": one.text,
                "count": one.count,
                "day": local_day(one.at, zone),
            }
            for one in entries
        ],
    }


def _may_report(duty: Duty, period: CyclePeriod, caller: Principal) -> bool:
    if not isinstance(caller, Person) or period.from_day > queries.today():
        return False
    if at_the_desk(caller):
        return duty.by == "unit"
    return Role.LEAD in caller.roles or (duty.by == "office" and Role.REVIEWER in caller.roles)


def _unit(row: CyclePeriod | Alert) -> dict[str, Any] | None:
    return {"id": row.unit.id, "name": row.unit.name} if row.unit else None
