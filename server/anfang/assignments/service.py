"""Verbs of assignments: hand out, cancel, mark done."""

from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from anfang.assignments import mandate_queries, queries
from anfang.assignments.errors import (
    AssignmentDaysReversed,
    AssignmentNotOpen,
    AssignmentPlaceClosed,
    AssignmentPlaceMissing,
    ChecklistNotInCampaign,
    InspectorInactive,
    OutsideMandate,
    VisitKindNotAllowed,
    VisitThemeUnknown,
)
from anfang.assignments.models import Assignment, AssignmentState, VisitKind, VisitMode
from anfang.campaigns import queries as campaigns
from anfang.campaigns.errors import CampaignClosed
from anfang.campaigns.models import Campaign, CampaignState
from anfang.checklists.models import ChecklistVersion
from anfang.identity import queries as identity
from anfang.identity.models import Inspector
from anfang.kit.db import db
from anfang.log import service as log
from anfang.registry import queries as registry
from anfang.registry.models import Site, Unit


class Way(NamedTuple):
    """A way of visiting."""

    mode: str
    kind: str


ANY_WAY: Final = [Way(mode, kind) for mode in VisitMode for kind in VisitKind]


def assign(
    campaign_id: UUID,
    checklist_version_id: UUID,
    inspector_id: UUID,
    from_day: date,
    to_day: date,
    site_id: UUID | None = None,
    unit_id: UUID | None = None,
    draw_id: UUID | None = None,
    mode: str | None = None,
    kind: str | None = None,
    theme: str | None = None,
) -> Assignment:
    """Hand a visit to an inspector; phones see it while the campaign runs.

    Args:
        site_id, unit_id: a site (its unit is taken), or a unit among whose sites the inspector
            chooses.
        draw_id: the draw that it comes from; None: by hand.
        mode, kind: by `VisitMode` and `VisitKind`; what is left out is taken from the first way of
            visiting that the rulebook allows, covert ones first.
        theme: code of the campaign's theme that the visit counts for.

    Raises:
        NotFound: one of the objects does not exist.
        CampaignClosed, ChecklistNotInCampaign, InspectorInactive, AssignmentDaysReversed,
        AssignmentPlaceMissing, AssignmentPlaceClosed, VisitKindNotAllowed, VisitThemeUnknown: they
        do not go together.
        OutsideMandate: an invited supervisor has no mandate for it.
    """
    if to_day < from_day:
        raise AssignmentDaysReversed
    campaign = campaigns.campaign(campaign_id)
    _require_mandate(inspector_id, campaign_id, from_day, to_day)
    site, unit = _place(site_id, unit_id)
    way = _way(campaign_id, mode, kind)
    if theme is not None and theme not in {one.code for one in campaign.themes}:
        raise VisitThemeUnknown
    assignment = Assignment(
        campaign=campaign,
        checklist_version=require_checklist(campaign, checklist_version_id),
        site=site,
        unit=unit,
        inspector=_inspector(inspector_id),
        from_day=from_day,
        to_day=to_day,
        draw_id=draw_id,
        mode=way.mode,
        kind=way.kind,
        theme=theme,
    )
    db.session.add(assignment)
    db.session.flush()
    log.audit("assignment.created", "assignment", assignment.id)
    return assignment


def cancel(assignment: Assignment) -> None:
    """Take back a visit that was not made; phones drop it with their next bundle.

    Raises:
        AssignmentNotOpen: it is done or cancelled.
    """
    if assignment.state != AssignmentState.OPEN.value:
        raise AssignmentNotOpen
    assignment.state = AssignmentState.CANCELLED.value
    db.session.flush()
    log.audit("assignment.cancelled", "assignment", assignment.id)


def mark_done(assignment_id: UUID) -> None:
    """Note that a record of the visit has come in; one that is not open stays as it is.

    Raises:
        NotFound: there is no such assignment.
    """
    assignment = queries.assignment(assignment_id)
    if assignment.state != AssignmentState.OPEN.value:
        return
    assignment.state = AssignmentState.DONE.value
    db.session.flush()
    log.audit("assignment.done", "assignment", assignment.id)


def require_checklist(campaign: Campaign, version_id: UUID) -> ChecklistVersion:
    """Return a checklist version on which the campaign's visits may be filed.

    Raises:
        CampaignClosed, ChecklistNotInCampaign: they may not.
    """
    if campaign.state == CampaignState.CLOSED.value:
        raise CampaignClosed
    for entry in campaign.checklists:
        if entry.checklist_version_id == version_id:
            return entry.checklist_version
    raise ChecklistNotInCampaign


def _require_mandate(inspector_id: UUID, campaign_id: UUID, from_day: date, to_day: date) -> None:
    if mandate_queries.is_invited(inspector_id) and not mandate_queries.covers(
        inspector_id, campaign_id, from_day, to_day
    ):
        raise OutsideMandate


def _way(campaign_id: UUID, mode: str | None, kind: str | None) -> Way:
    """Return the way of visiting that is meant; without a rulebook every one is allowed."""
    rules = campaigns.rulebook_section(campaign_id, "visits")
    allowed = (
        ANY_WAY if rules is None else [Way(one["mode"], one["kind"]) for one in rules["kinds"]]
    )
    meant = [
        one for one in allowed if one.mode == (mode or one.mode) and one.kind == (kind or one.kind)
    ]
    if not meant:
        raise VisitKindNotAllowed
    return min(meant, key=lambda way: way.mode != VisitMode.COVERT)


def _place(site_id: UUID | None, unit_id: UUID | None) -> tuple[Site | None, Unit]:
    site = registry.site(site_id) if site_id is not None else None
    if site is None and unit_id is None:
        raise AssignmentPlaceMissing
    unit = site.unit if site is not None else registry.unit(unit_id)  # type: ignore[arg-type]
    if unit_id is not None and unit.id != unit_id:
        raise AssignmentPlaceMissing
    if not unit.active or (site is not None and not site.active):
        raise AssignmentPlaceClosed
    return site, unit


def _inspector(inspector_id: UUID) -> Inspector:
    inspector = identity.inspector(inspector_id)
    if not inspector.active:
        raise InspectorInactive
    return inspector
