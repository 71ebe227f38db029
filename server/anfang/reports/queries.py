"""Reads of reports: accepted visits and confirmed findings, added up by the database.

A visit counts once it was really made and its record accepted; a finding as long as it stands.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from flask import current_app
from sqlalchemy import ColumnElement, case, func, or_, select

from anfang.campaigns.models import CampaignTheme
from anfang.cases import ledger
from anfang.checklists.models import Checklist, ChecklistVersion
from anfang.inspections.models import Record, RecordState
from anfang.kit.db import db
from anfang.kit.intervals import Share, share
from anfang.registry import queries as registry
from anfang.registry.models import Site, Unit
from anfang.reports.weeks import DayCount
from anfang.review.models import Finding, FindingState

_MADE: Final = "done"
LONGEST: Final = 50
"""Lines of a ranking by findings: what is worst comes first, the rest is in the export."""
MOST_PLACES: Final = 5_000


@dataclass(frozen=True)
class Span:
    """What the figures are about: a campaign, a unit with all beneath it, days; None is all."""

    campaign: UUID | None = None
    unit: UUID | None = None
    from_day: date | None = None
    to_day: date | None = None


@dataclass(frozen=True)
class UnitFigures:
    """A unit's own visits and findings; `mean` of 100 points, None where nothing was judged."""

    unit_id: UUID
    name: str
    visits: int
    findings: int
    vetoes: int
    mean: float | None


@dataclass(frozen=True)
class ItemFigures:
    """How often an item of a checklist was found wanting; `failed.of` are the visits on it."""

    checklist_id: UUID
    checklist: str
    item: str
    text: str
    failed: Share


@dataclass(frozen=True)
class ThemeFigures:
    """The cases of a theme of a campaign."""

    theme_id: UUID
    title: str
    cases: int
    overdue: int


@dataclass(frozen=True)
class Place:
    """A site with a position (1e-7 degree WGS-84) that was visited."""

    site_id: UUID
    name: str
    unit: str
    lat_e7: int
    lon_e7: int
    visits: int
    findings: int


def days(span: Span) -> list[DayCount]:
    """Return what was counted on each day with a visit, in no order."""
    found = db.session.execute(
        select(Finding.day, func.count()).where(*standing(span)).group_by(Finding.day)
    )
    findings = {day: count for day, count in found if day is not None}
    rows = db.session.execute(
        select(Record.day, func.count(), func.count(Record.points), func.sum(Record.points))
        .where(*accepted(span))
        .group_by(Record.day)
    )
    return [
        DayCount(day, visits, findings.get(day, 0), scored, points or 0)
        for day, visits, scored, points in rows
        if day is not None
    ]


def units(span: Span, limit: int | None = LONGEST) -> list[UnitFigures]:
    """Return the visited units, those with most findings first."""
    wanting = _findings_by(Finding.unit_id, span)
    rows = db.session.execute(
        select(
            Unit.id,
            Unit.name,
            func.count(),
            func.coalesce(func.max(wanting.c.findings), 0).label("findings"),
            func.coalesce(func.max(wanting.c.vetoes), 0),
            func.avg(Record.points),
        )
        .select_from(Record)
        .join(Unit, Unit.id == Record.unit_id)
        .outerjoin(wanting, wanting.c.key == Unit.id)
        .where(*accepted(span))
        .group_by(Unit.id, Unit.name)
        .order_by(func.coalesce(func.max(wanting.c.findings), 0).desc(), Unit.name, Unit.id)
        .limit(limit)
    )
    return [
        UnitFigures(unit_id, name, visits, found, vetoes, _rounded(mean))
        for unit_id, name, visits, found, vetoes, mean in rows
    ]


def items(span: Span, limit: int | None = LONGEST) -> list[ItemFigures]:
    """Return the items found wanting, over all versions of their checklist, most often first."""
    visits = _visits_by_checklist(span)
    rows = db.session.execute(
        select(
            Checklist.id,
            Checklist.title,
            Finding.item,
            func.max(Finding.item_text),
            func.count(Finding.record_id.distinct()).label("failed"),
        )
        .select_from(Finding)
        .join(ChecklistVersion, ChecklistVersion.id == Finding.checklist_version_id)
        .join(Checklist, Checklist.id == ChecklistVersion.checklist_id)
        .where(*standing(span))
        .group_by(Checklist.id, Checklist.title, Finding.item)
        .order_by(func.count(Finding.record_id.distinct()).desc(), Checklist.id, Finding.item)
        .limit(limit)
    )
    return [
        ItemFigures(*row[:4], share(row[4], max(row[4], visits.get(row[0], 0)))) for row in rows
    ]


def themes(campaign_id: UUID) -> list[ThemeFigures]:
    """Return a campaign's themes in their order, with their cases."""
    counted = {
        one.key: one for one in ledger.groups(ledger.matching(campaign=campaign_id), "theme")
    }
    listed = db.session.execute(
        select(CampaignTheme.id, CampaignTheme.title)
        .where(CampaignTheme.campaign_id == campaign_id)
        .order_by(CampaignTheme.position, CampaignTheme.id)
    )
    none = ledger.Group(None, 0, 0)
    found = [(theme, title, counted.get(str(theme), none)) for theme, title in listed]
    return [ThemeFigures(theme, title, one.count, one.overdue) for theme, title, one in found]


def places(span: Span) -> list[Place]:
    """Return the visited sites that have a position, at most `MOST_PLACES`, busiest first."""
    wanting = _findings_by(Finding.site_id, span)
    findings = func.coalesce(func.max(wanting.c.findings), 0)
    rows = db.session.execute(
        select(Site.id, Site.name, Unit.name, Site.lat_e7, Site.lon_e7, func.count(), findings)
        .select_from(Record)
        .join(Site, Site.id == Record.site_id)
        .join(Unit, Unit.id == Site.unit_id)
        .outerjoin(wanting, wanting.c.key == Site.id)
        .where(*accepted(span), Site.lat_e7.is_not(None))
        .group_by(Site.id, Site.name, Unit.name, Site.lat_e7, Site.lon_e7)
        .order_by(findings.desc(), func.count().desc(), Site.id)
        .limit(MOST_PLACES)
    )
    return [Place(*row) for row in rows]


def _visits_by_checklist(span: Span) -> dict[UUID, int]:
    rows = db.session.execute(
        select(ChecklistVersion.checklist_id, func.count().label("visits"))
        .select_from(Record)
        .join(ChecklistVersion, ChecklistVersion.id == Record.checklist_version_id)
        .where(*accepted(span))
        .group_by(ChecklistVersion.checklist_id)
    )
    return {row.checklist_id: row.visits for row in rows}


def _rounded(mean: Any) -> float | None:
    # PostgreSQL averages whole numbers to a Decimal.
    return None if mean is None else round(float(mean), 1)


def _findings_by(key: Any, span: Span) -> Any:
    vetoes = func.sum(case((Finding.veto, 1), else_=0))
    return (
        select(key.label("key"), func.count().label("findings"), vetoes.label("vetoes"))
        .where(*standing(span))
        .group_by(key)
        .subquery()
    )


def accepted(span: Span) -> list[ColumnElement[bool]]:
    """Return the predicates on `Record` of the visits that count."""
    # A record that says nothing of its outcome was filed as a visit.
    made = or_(Record.outcome == _MADE, Record.outcome.is_(None))
    return [Record.state == RecordState.ACCEPTED.value, made, *_within(Record, span)]


def standing(span: Span) -> list[ColumnElement[bool]]:
    """Return the predicates on `Finding` of those that stand."""
    return [Finding.state == FindingState.CONFIRMED.value, *_within(Finding, span)]


def happened(campaign_id: Any, unit_id: Any, at: Any, span: Span) -> list[ColumnElement[bool]]:
    """Return the predicates on a table's columns for what happened in a span, by office days."""
    zone, found = current_app.config["ZONE"], []
    if span.campaign is not None:
        found.append(campaign_id == span.campaign)
    if span.unit is not None:
        found.append(unit_id.in_(registry.subtree_ids(span.unit)))
    if span.from_day is not None:
        found.append(at >= datetime.combine(span.from_day, time.min, tzinfo=zone))
    if span.to_day is not None:
        ends = datetime.combine(span.to_day + timedelta(days=1), time.min, tzinfo=zone)
        found.append(at < ends)
    return found


def _within(table: type[Record] | type[Finding], span: Span) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if span.campaign is not None:
        found.append(table.campaign_id == span.campaign)
    if span.unit is not None:
        found.append(table.unit_id.in_(registry.subtree_ids(span.unit)))
    if span.from_day is not None:
        found.append(table.day >= span.from_day)
    if span.to_day is not None:
        found.append(table.day <= span.to_day)
    return found
