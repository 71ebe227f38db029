"""Reads of the phone's day: what one inspector needs to work without network (PROTOCOL §3)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import or_, select

from anfang.assignments import mandate_queries as mandates
from anfang.assignments import queries as assignments
from anfang.assignments.models import Assignment, AssignmentState
from anfang.campaigns import queries as campaigns
from anfang.campaigns.models import Campaign, CampaignState
from anfang.checklists import queries as checklists
from anfang.checklists.models import ChecklistVersion
from anfang.inspections import queries
from anfang.inspections.models import Record, RecordReturn, RecordState, Witness
from anfang.kit.clock import local_day, now
from anfang.kit.db import db
from anfang.registry import queries as registry
from anfang.registry.models import Site, Unit


def bundle(inspector_id: UUID) -> dict[str, Any]:
    """Return PROTOCOL §3's bundle for one inspector; nothing in it tells of another's visits.

    Only records of a visit that the inspector was sent to as well are offered for confirmation. A
    returned record stands at its assignment, or, if it has none (any more), as an entry of its own
    whose id is the record's. An invited supervisor gets what was handed out, and no free choice.
    """
    visits = _visits(inspector_id)
    running = [] if mandates.is_invited(inspector_id) else list(campaigns.running())
    versions = _versions(running, visits)
    sites = _sites(running, visits)
    return {
        "app": {"oldest": current_app.config["OLDEST_APP"]},
        "campaigns": [
            {"id": one.id, "name": one.name, "rides": one.rides}
            for one in _campaigns(running, visits)
        ],
        "assignments": visits,
        "to_witness": _to_witness(inspector_id),
        "checklists": [_checklist(one) for one in versions],
        "sites": [_site(one) for one in sites],
        "units": [{"id": one.id, "name": one.name} for one in _units(running, visits, sites)],
    }


# --- visits --------------------------------------------------------------------------------


def _visits(inspector_id: UUID) -> list[dict[str, Any]]:
    today = local_day(now(), current_app.config["ZONE"])
    open_ones = {one.id: one for one in assignments.open_for(inspector_id, today)}
    visits = {one.id: _visit(one) for one in open_ones.values()}
    for record, returned in _returned(inspector_id):
        assignment = _own_assignment(record)
        entry = _visit(assignment) if assignment is not None else _visit_of_record(record)
        visits[entry["id"]] = {**entry, "returned": _remarks(returned)}
    return sorted(visits.values(), key=lambda one: (str(one["from"]), str(one["id"])))


def _visit(assignment: Assignment) -> dict[str, Any]:
    return {
        "id": assignment.id,
        "campaign": assignment.campaign_id,
        "checklist": assignment.checklist_version_id,
        "site": assignment.site_id,
        "unit": assignment.unit_id,
        "from": assignment.from_day,
        "to": assignment.to_day,
        "returned": None,
    }


def _visit_of_record(record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "campaign": record.campaign_id,
        "checklist": record.checklist_version_id,
        "site": record.site_id,
        "unit": record.unit_id,
        "from": record.day,
        "to": record.day,
    }


def _remarks(returned: RecordReturn) -> dict[str, Any]:
    return {
        "record": returned.record_id,
        "record_sha256": returned.record_sha256,
        "remarks": returned.remarks,
    }


def _returned(inspector_id: UUID) -> list[tuple[Record, RecordReturn]]:
    """Return the inspector's records that wait for a new version, with what to answer."""
    records = db.session.scalars(
        select(Record)
        .filter_by(inspector_id=inspector_id, state=RecordState.RETURNED.value)
        .order_by(Record.received_at, Record.id)
    )
    return [(record, queries.newest_return(record)) for record in records]


def _own_assignment(record: Record) -> Assignment | None:
    if record.assignment_id is None:
        return None
    found = db.session.get(Assignment, record.assignment_id)
    if found is None or found.inspector_id != record.inspector_id:
        return None
    return found


# --- what the visits need ------------------------------------------------------------------


def _campaigns(
    running: Sequence[Campaign], visits: Iterable[Mapping[str, Any]]
) -> Sequence[Campaign]:
    """Running campaigns, and those of returned records: an answer is wanted though they closed."""
    known = {one.id for one in running}
    ids = {visit["campaign"] for visit in visits} - known
    others = db.session.scalars(select(Campaign).where(Campaign.id.in_(ids)).order_by(Campaign.id))
    return [*running, *others]


def _versions(
    running: Sequence[Campaign], visits: Iterable[Mapping[str, Any]]
) -> list[ChecklistVersion]:
    published = campaigns.checklist_versions_of(one.id for one in running)
    named = checklists.checklist_versions({visit["checklist"] for visit in visits})
    found = {one.id: one for one in (*published, *named) if one.published_at is not None}
    return sorted(found.values(), key=lambda one: (one.checklist.code, one.version))


def _checklist(version: ChecklistVersion) -> dict[str, Any]:
    return {
        "id": version.id,
        "code": version.checklist.code,
        "version": version.version,
        "title": version.title,
        "items": version.items,
    }


def _theme_units(running: Sequence[Campaign]) -> set[UUID]:
    return {part.unit_id for one in running for theme in one.themes for part in theme.units}


def _sites(running: Sequence[Campaign], visits: Iterable[Mapping[str, Any]]) -> list[Site]:
    """Sites of the visits, and those in service of the campaigns' units: one may file unasked."""
    found = {one.id: one for one in registry.sites_of(v["site"] for v in visits if v["site"])}
    for unit_id in _theme_units(running):
        beneath = registry.active_sites().where(Site.unit_id.in_(registry.subtree_ids(unit_id)))
        found |= {one.id: one for one in db.session.scalars(beneath)}
    return sorted(found.values(), key=lambda one: (one.name, str(one.id)))


def _site(site: Site) -> dict[str, Any]:
    place = {"lat_e7": site.lat_e7, "lon_e7": site.lon_e7, "radius_m": site.radius_m}
    return {
        "id": site.id,
        "unit": site.unit_id,
        "name": site.name,
        **{name: value for name, value in place.items() if value is not None},
        "capture": site.capture,
    }


def _units(
    running: Sequence[Campaign], visits: Iterable[Mapping[str, Any]], sites: Iterable[Site]
) -> Sequence[Unit]:
    ids = {visit["unit"] for visit in visits if visit["unit"] is not None}
    return registry.units_of(ids | _theme_units(running) | {site.unit_id for site in sites})


# --- to witness ----------------------------------------------------------------------------


def _to_witness(inspector_id: UUID) -> list[dict[str, Any]]:
    """Records of others, undecided, at a place and in the days of an assignment of one's own."""
    confirmed = select(Witness.record_sha256).filter_by(inspector_id=inspector_id)
    statement = (
        select(Record)
        .join(
            Assignment,
            (Assignment.campaign_id == Record.campaign_id)
            & or_(
                Assignment.site_id == Record.site_id,
                Assignment.site_id.is_(None) & (Assignment.unit_id == Record.unit_id),
            )
            & (Assignment.from_day <= Record.day)
            & (Assignment.to_day >= Record.day),
        )
        .join(Campaign, Campaign.id == Record.campaign_id)
        .where(
            Campaign.state == CampaignState.RUNNING.value,
            Assignment.inspector_id == inspector_id,
            Assignment.state != AssignmentState.CANCELLED.value,
            Record.inspector_id != inspector_id,
            Record.quarantined.is_(False),
            Record.state.in_([RecordState.RECEIVED.value, RecordState.COMPLETE.value]),
            Record.received_at >= now() - _WITNESS_WITHIN,
            Record.newest_sha256.not_in(confirmed),
        )
        .distinct()
        .order_by(Record.received_at, Record.id)
    )
    records = list(db.session.scalars(statement))
    names = registry.site_names(r.site_id for r in records if r.site_id)
    return [
        {
            "record": record.id,
            "record_sha256": record.newest_sha256,
            "summary": _summary(record, names),
        }
        for record in records
    ]


_WITNESS_WITHIN = timedelta(days=14)


def _summary(record: Record, site_names: Mapping[UUID, str]) -> str:
    site = site_names.get(record.site_id, "") if record.site_id else ""
    return " · ".join(part for part in (site, str(record.day or "")) if part)
