"""Addresses of cycles: periods, bulletins, pace, alerts."""

from typing import Any
from uuid import UUID

from anfang.campaigns import queries as campaigns
from anfang.cycles import bulletins, planning, queries, service, views
from anfang.cycles.errors import NoCycles
from anfang.cycles.models import CaseBulletin
from anfang.cycles.policies import visible_alerts, visible_periods
from anfang.cycles.schemas import (
    AlertQuerySchema,
    AlertSchema,
    BulletinDaysSchema,
    BulletinMaterialSchema,
    CaseBulletinSchema,
    NewBulletinSchema,
    NewPeriodEntrySchema,
    PacesSchema,
    PeriodQuerySchema,
    PeriodSchema,
    PlannedSchema,
    RunningCampaignsSchema,
)
from anfang.kit.http import Room
from anfang.kit.pages import Page, PageQuery, page, page_of
from anfang.kit.principal import principal

room = Room("cycles", __name__, description="Cycles, bulletins, pace, alerts")


@room.get("/running-campaigns", permission="cycle.read")
@room.response(200, RunningCampaignsSchema)
def list_running() -> dict[str, Any]:
    """List the running campaigns that have a rulebook: what units' desks choose from."""
    return {"items": views.running_views()}


@room.get("/cycles/<uuid:campaign_id>/periods", permission="cycle.read")
@room.arguments(PeriodQuerySchema, location="query")
@room.response(200, page_of(PeriodSchema))
def list_periods(query: dict[str, Any], campaign_id: UUID) -> Page:
    """List periods, the first to be due first; a liaison sees its own unit's."""
    cursor, limit = query.pop("cursor"), query.pop("limit")
    listed = queries.periods_listed(campaign_id, visible_periods(principal()), **query)
    found = page(listed, cursor=cursor, limit=limit)
    return Page(views.period_views(campaign_id, found.items, principal()), found.next)


@room.post("/cycles/<uuid:campaign_id>/plan", permission="cycle.plan")
@room.response(200, PlannedSchema)
def plan_periods(campaign_id: UUID) -> dict[str, int]:
    """Write down the periods that the rulebook asks for, without waiting for the clock."""
    return {"new": planning.plan_periods(campaigns.campaign(campaign_id))}


@room.post("/cycle-periods/<uuid:period_id>/entries", permission="cycle.report")
@room.arguments(NewPeriodEntrySchema)
@room.response(201, PeriodSchema)
def report(body: dict[str, Any], period_id: UUID) -> dict[str, Any]:
    """Put down what came in a period."""
    period = queries.period(period_id, visible_periods(principal()))
    service.report(period, **body)
    (told,) = views.period_views(period.campaign_id, [period], principal())
    return dict(told)


@room.get("/cycles/<uuid:campaign_id>/pace", permission="cycle.judge")
@room.response(200, PacesSchema)
def show_pace(campaign_id: UUID) -> dict[str, Any]:
    """Return each measure of work beside the time that has passed."""
    return {"items": queries.pace_of(campaigns.campaign(campaign_id))}


@room.get("/cycles/<uuid:campaign_id>/bulletin-material", permission="cycle.judge")
@room.arguments(BulletinDaysSchema, location="query")
@room.response(200, BulletinMaterialSchema)
def show_material(query: dict[str, Any], campaign_id: UUID) -> dict[str, Any]:
    """Return the cases that a bulletin of some days may tell."""
    rule = queries.rules_of(campaign_id).bulletin
    if rule is None:
        raise NoCycles
    opened, closed = queries.material(campaign_id, query["from_day"], query["to_day"])
    return {
        "title": rule.title,
        "problems_at_least_percent": rule.problems_at_least_percent,
        "opened": opened,
        "closed": closed,
    }


@room.get("/cycles/<uuid:campaign_id>/bulletins", permission="cycle.judge")
@room.arguments(PageQuery, location="query")
@room.response(200, page_of(CaseBulletinSchema))
def list_bulletins(query: dict[str, Any], campaign_id: UUID) -> Page:
    """List bulletins, the latest first."""
    return page(queries.bulletins_listed(campaign_id), **query)


@room.post("/cycles/<uuid:campaign_id>/bulletins", permission="cycle.plan")
@room.arguments(NewBulletinSchema)
@room.response(201, CaseBulletinSchema)
def compile_bulletin(body: dict[str, Any], campaign_id: UUID) -> CaseBulletin:
    """Compile a bulletin from cases."""
    return bulletins.compile_bulletin(campaign_id, **body)


@room.get("/case-bulletins/<uuid:bulletin_id>", permission="cycle.judge")
@room.response(200, CaseBulletinSchema)
def show_bulletin(bulletin_id: UUID) -> CaseBulletin:
    """Return a bulletin, from which a document is drafted."""
    return queries.bulletin(bulletin_id)


@room.get("/alerts", permission="cycle.read")
@room.arguments(AlertQuerySchema, location="query")
@room.response(200, page_of(AlertSchema))
def list_alerts(query: dict[str, Any]) -> Page:
    """List alerts, the latest first; a liaison sees its own unit's."""
    cursor, limit = query.pop("cursor"), query.pop("limit")
    listed = queries.alerts_listed(visible_alerts(principal()), **query)
    found = page(listed, cursor=cursor, limit=limit)
    return Page(views.alert_views(found.items), found.next)


@room.post("/alerts/<uuid:alert_id>/seen", permission="cycle.report")
@room.response(200, AlertSchema)
def see_alert(alert_id: UUID) -> dict[str, Any]:
    """Note that somebody has looked at an alert."""
    alert = queries.alert(alert_id, visible_alerts(principal()))
    service.see_alert(alert)
    (told,) = views.alert_views([alert])
    return dict(told)
