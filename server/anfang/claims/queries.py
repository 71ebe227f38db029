"""Reads of claims: requests, sheets, versions, questions, and figures for scoring."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from anfang.campaigns import queries as campaigns
from anfang.checklists.models import ChecklistVersion
from anfang.claims import answers, counting, rules, sightings
from anfang.claims.comparing import Claim
from anfang.claims.models import ClaimQuestion, ClaimRequest, ClaimSheet, ClaimVersion
from anfang.inspections.models import Record
from anfang.kit.db import db, found_by, locked
from anfang.kit.figures import Figure
from anfang.registry.models import Unit

JUDGED_KINDS = frozenset({"yes_no", "grade"})
"""Kinds of items that a visit finds met or missed."""


def rules_of(campaign_id: UUID) -> rules.ClaimRules:
    """Return a campaign's rules about self-reports."""
    return rules.parse(campaigns.rulebook_section(campaign_id, "claims"))


def campaign_checklist(campaign_id: UUID, code: str) -> ChecklistVersion | None:
    """Return the version that a campaign uses of the checklist with a code."""
    versions = campaigns.checklist_versions_of([campaign_id])
    return next((one for one in versions if one.checklist.code == code), None)


def request(request_id: UUID, *within: ColumnElement[bool]) -> ClaimRequest:
    """Return a request; raises NotFound."""
    return found_by(select(ClaimRequest).where(ClaimRequest.id == request_id, *within))


def requests_listed(campaign: UUID | None = None) -> Select[ClaimRequest]:
    """Return the statement of requests, the newest first."""
    statement = select(ClaimRequest).order_by(ClaimRequest.asked_at.desc(), ClaimRequest.id)
    return statement if campaign is None else statement.where(ClaimRequest.campaign_id == campaign)


def sheet(sheet_id: UUID, *within: ColumnElement[bool], lock: bool = False) -> ClaimSheet:
    """Return a sheet, locked and read anew if asked; raises NotFound."""
    statement = select(ClaimSheet).where(ClaimSheet.id == sheet_id, *within)
    if lock:
        statement = locked(statement)
    return found_by(statement)


def sheets_listed(
    *within: ColumnElement[bool], campaign: UUID | None = None, request: UUID | None = None
) -> Select[ClaimSheet]:
    """Return the statement of sheets, those due last first, then by unit."""
    statement = (
        select(ClaimSheet)
        .join(ClaimSheet.request)
        .join(ClaimSheet.unit)
        .where(*within)
        .order_by(ClaimRequest.due_at.desc(), Unit.code, ClaimSheet.id)
    )
    if campaign is not None:
        statement = statement.where(ClaimRequest.campaign_id == campaign)
    return statement if request is None else statement.where(ClaimSheet.request_id == request)


def versions_of(sheet_id: UUID) -> Sequence[ClaimVersion]:
    """Return all that a unit said on a sheet, the first version first."""
    return db.session.scalars(
        select(ClaimVersion).filter_by(sheet_id=sheet_id).order_by(ClaimVersion.number)
    ).all()


def newest_version(found: ClaimSheet) -> ClaimVersion | None:
    """Return the newest version of a sheet; None before the first."""
    return db.session.get(ClaimVersion, (found.id, found.version)) if found.version else None


def signed_version(found: ClaimSheet) -> ClaimVersion | None:
    """Return the version that a unit vouches for: the last that was signed."""
    if found.signed_version is None:
        return None
    return db.session.get(ClaimVersion, (found.id, found.signed_version))


def claims_of(found: ClaimSheet) -> dict[str, Claim | None]:
    """Return what a unit claims, by item; empty where it signed nothing."""
    version = signed_version(found)
    if version is None:
        return {}
    return {one["item"]: answers.claim_of(one) for one in version.answers}


def sheet_beside(record: Record) -> ClaimSheet | None:
    """Return the signed sheet that speaks of what a record saw: its unit's, or one's above it.

    The nearest unit's, and of several the one asked for last; None where there is none.
    """
    if record.unit_id is None or record.day is None:
        return None
    path = db.session.scalar(select(Unit.path).where(Unit.id == record.unit_id))
    own = select(ChecklistVersion.checklist_id).where(
        ChecklistVersion.id == record.checklist_version_id
    )
    above = [UUID(one) for one in (path or "").strip("/").split("/") if one]
    found = db.session.scalars(
        select(ClaimSheet)
        .join(ClaimSheet.request)
        .join(ClaimSheet.unit)
        .where(
            ClaimSheet.unit_id.in_(above),
            ClaimSheet.signed_version.is_not(None),
            ClaimRequest.campaign_id == record.campaign_id,
            ClaimRequest.from_day <= record.day,
            ClaimRequest.to_day >= record.day,
            ClaimRequest.checklist_id.in_(own),
        )
        .order_by(ClaimRequest.asked_at.desc(), ClaimSheet.id)
    ).all()
    return max(found, key=lambda one: len(one.unit.path), default=None)


def question(question_id: UUID, *within: ColumnElement[bool], lock: bool = False) -> ClaimQuestion:
    """Return a question, locked and read anew if asked; raises NotFound."""
    statement = select(ClaimQuestion).where(ClaimQuestion.id == question_id, *within)
    if lock:
        statement = locked(statement)
    return found_by(statement)


def questions_listed(
    *within: ColumnElement[bool],
    campaign: UUID | None = None,
    request: UUID | None = None,
    sheet: UUID | None = None,
) -> Select[ClaimQuestion]:
    """Return the statement of questions, the newest first."""
    statement = (
        select(ClaimQuestion)
        .join(ClaimQuestion.sheet)
        .join(ClaimSheet.request)
        .where(*within)
        .order_by(ClaimQuestion.asked_at.desc(), ClaimQuestion.id)
    )
    if campaign is not None:
        statement = statement.where(ClaimRequest.campaign_id == campaign)
    if sheet is not None:
        statement = statement.where(ClaimQuestion.sheet_id == sheet)
    return statement if request is None else statement.where(ClaimSheet.request_id == request)


def questioned(request_id: UUID) -> dict[tuple[UUID, str], ClaimQuestion]:
    """Return the questions of a request by unit and item."""
    found = db.session.scalars(questions_listed(request=request_id))
    return {(one.sheet.unit_id, one.item): one for one in found}


def figures(campaign_id: UUID, since: date, until: date) -> list[Figure]:
    """Return what scoring takes: `counting.figures`."""
    return counting.figures(campaign_id, since, until)


def judged(
    given: Sequence[Mapping[str, Any]] | None, score: Mapping[str, Any] | None
) -> Iterator[tuple[str, bool]]:
    """Yield the items that a visit judged, and whether each was met: `sightings.judged`."""
    return sightings.judged(given, score)
