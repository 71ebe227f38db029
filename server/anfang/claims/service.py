"""Verbs of claims: ask units for self-reports, file one, sign it. `questioning` judges."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import current_app

from anfang.campaigns import queries as campaigns
from anfang.campaigns.models import CampaignState
from anfang.checklists import queries as checklists
from anfang.checklists.models import ChecklistVersion
from anfang.claims import answers as wording
from anfang.claims import queries
from anfang.claims.errors import (
    ClaimAnswersFaulty,
    ClaimCallUnknown,
    ClaimCampaignNotRunning,
    ClaimChecklistMissing,
    ClaimIncomplete,
    ClaimItemsUnknown,
    ClaimLocked,
    ClaimPeriodReversed,
    ClaimSigned,
    ClaimUnchanged,
)
from anfang.claims.models import ClaimRequest, ClaimSheet, ClaimVersion
from anfang.claims.rules import Call, ClaimRules
from anfang.jobs import service as jobs
from anfang.kit import working_time
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.principal import person
from anfang.log import service as log
from anfang.registry import queries as registry


def ask(
    campaign_id: UUID,
    unit_ids: Sequence[UUID],
    from_day: date,
    to_day: date,
    *,
    call: str | None = None,
    title: str | None = None,
    checklist_version_id: UUID | None = None,
    items: Sequence[str] = (),
    working_days: int | None = None,
) -> ClaimRequest:
    """Ask units what they claim of a period; their time begins to run.

    Args:
        from_day, to_day: days of the visits that it will be compared with, both included.
        call: a call of the rulebook, which gives title, checklist and items unless told otherwise.
        checklist_version_id: one of the campaign's; needed without a call.
        items: ids of the checklist; none takes all that can be met or missed.
        working_days: the units' term; None takes the rulebook's.

    Raises:
        NotFound: there is no such campaign or unit.
        ClaimCampaignNotRunning, ClaimPeriodReversed.
        ClaimCallUnknown, ClaimChecklistMissing, ClaimItemsUnknown: what is asked is not clear.
    """
    campaign = campaigns.campaign(campaign_id)
    if campaign.state != CampaignState.RUNNING.value:
        raise ClaimCampaignNotRunning
    if to_day < from_day:
        raise ClaimPeriodReversed
    rules = queries.rules_of(campaign_id)
    named = _call(rules, call)
    checklist = _checklist(campaign_id, named, checklist_version_id)
    version = campaigns.rulebook_version(campaign_id)
    days = working_days or rules.working_days
    asked = ClaimRequest(
        campaign_id=campaign_id,
        rulebook_version_id=None if version is None else version.id,
        checklist_version_id=checklist.id,
        checklist_id=checklist.checklist_id,
        call=call or "",
        title=title or (named.title if named else checklist.title),
        items=_items(checklist, items or (named.items if named else ())),
        from_day=from_day,
        to_day=to_day,
        asked_by=person().id,
        asked_at=now(),
        due_at=working_time.deadline(now(), days, current_app.config["ZONE"]),
    )
    db.session.add(asked)
    db.session.flush()
    for unit_id in dict.fromkeys(unit_ids):
        db.session.add(ClaimSheet(request_id=asked.id, unit_id=registry.unit(unit_id).id))
        jobs.emit("claims.asked", unit=str(unit_id))
    db.session.flush()
    log.audit("claim.asked", "claim_request", asked.id, call=asked.call, units=len(set(unit_ids)))
    return asked


def file_answers(sheet: ClaimSheet, given: Sequence[Mapping[str, Any]]) -> ClaimVersion:
    """File what a unit says as a new version; one that was signed before stands until this is.

    Args:
        sheet: locked (`queries.sheet`).
        given: in the form of `answers.py`; items may be left out until it is signed.

    Raises:
        ClaimLocked: the deadline has passed.
        ClaimAnswersFaulty: `pointers` name what cannot stand.
        ClaimUnchanged: it says what the version before says.
    """
    _require_open(sheet)
    if found := wording.faults(given, sheet.request.item_ids):
        raise ClaimAnswersFaulty(pointers=found)
    kept = [{name: value for name, value in one.items() if _says(value)} for one in given]
    before = queries.newest_version(sheet)
    if before is not None and before.answers == kept:
        raise ClaimUnchanged
    sheet.version += 1
    version = ClaimVersion(
        sheet_id=sheet.id, number=sheet.version, answers=kept, filed_by=person().id, filed_at=now()
    )
    db.session.add(version)
    db.session.flush()
    log.audit("claim.filed", "claim_sheet", sheet.id, version=version.number)
    return version


def sign(sheet: ClaimSheet, signatory: str) -> None:
    """Let a unit vouch for the newest version of its self-report.

    Args:
        sheet: locked.
        signatory: post or name of the head who vouches for it.

    Raises:
        ClaimLocked: the deadline has passed.
        ClaimIncomplete: items are without an answer; `pointers` name them.
        ClaimSigned: this version is signed.
    """
    _require_open(sheet)
    version = queries.newest_version(sheet)
    said = [] if version is None else version.answers
    if version is None or (left := wording.missing(said, sheet.request.item_ids)):
        left = sheet.request.item_ids if version is None else left
        raise ClaimIncomplete(pointers={f"/items/{one}": "claim-answer-empty" for one in left})
    if version.signed_at is not None:
        raise ClaimSigned
    version.signatory, version.signed_by, version.signed_at = signatory, person().id, now()
    sheet.signed_version = version.number
    db.session.flush()
    log.audit("claim.signed", "claim_sheet", sheet.id, version=version.number)


def _call(rules: ClaimRules, code: str | None) -> Call | None:
    if code is None:
        return None
    if code not in rules.calls:
        raise ClaimCallUnknown
    return rules.calls[code]


def _checklist(campaign_id: UUID, call: Call | None, version_id: UUID | None) -> ChecklistVersion:
    if version_id is not None:
        used = {one.id for one in campaigns.checklist_versions_of([campaign_id])}
        if version_id not in used:
            raise ClaimChecklistMissing
        return checklists.checklist_version(version_id)
    if call is None:
        raise ClaimChecklistMissing
    found = queries.campaign_checklist(campaign_id, call.checklist)
    if found is None:
        raise ClaimCallUnknown
    return found


def _items(checklist: ChecklistVersion, wanted: Sequence[str]) -> list[dict[str, str]]:
    judged = [one for one in checklist.items if one["kind"] in queries.JUDGED_KINDS]
    unknown = set(wanted) - {one["id"] for one in judged}
    if unknown or not judged:
        raise ClaimItemsUnknown(pointers={f"/items/{one}": "claim-item-unknown" for one in unknown})
    chosen = [one for one in judged if not wanted or one["id"] in wanted]
    return [{"id": one["id"], "text": one["text"]} for one in chosen]


def _says(value: Any) -> bool:
    return value is not None and value is not False and value != ""


def _require_open(sheet: ClaimSheet) -> None:
    if sheet.request.locked:
        raise ClaimLocked
