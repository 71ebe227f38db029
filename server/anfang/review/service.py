"""Verbs of review: claim a record, decide about it, confirm findings.

What a decision does to the record is the inspections room's; here stands who decided what, and why.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from flask import current_app

from anfang.identity import queries as identity
from anfang.inspections import queries as inspections
from anfang.inspections import service as records
from anfang.inspections.errors import AlreadyDecided, RecordWithdrawn
from anfang.inspections.models import Record, RecordState, RecordVersion
from anfang.kit.clock import local_day, now, rfc3339
from anfang.kit.db import db
from anfang.kit.errors import required
from anfang.kit.ids import new_id
from anfang.kit.minutes import Minute
from anfang.kit.principal import Person, person
from anfang.log import service as log
from anfang.review import policies, proposals, queries
from anfang.review.errors import (
    ClaimedByOther,
    ClaimNeeded,
    FindingItemTwice,
    FindingItemUnknown,
    NothingToReopen,
)
from anfang.review.models import Decision, DecisionKind, Finding, FindingState, ReviewClaim

CLAIM_LASTS: Final = timedelta(minutes=15)
_DECIDED: Final = frozenset({RecordState.ACCEPTED, RecordState.REJECTED, RecordState.RETURNED})


def claim(record_id: UUID) -> ReviewClaim:
    """Take a record to judge it, as its newest version stands now; again: prolong one's claim.

    A claim lasts 15 minutes without activity. Only that version can then be decided about.

    Raises:
        NotFound: no such record for the caller.
        ClaimedByOther: another reviewer is judging it.
        AlreadyDecided, RecordWithdrawn: there is nothing to judge.
    """
    record, who = _locked(record_id), person()
    _require_open(record)
    held = queries.live_claim(record_id)
    refuse_foreign_claim(record_id, who)
    taken = db.session.merge(
        ReviewClaim(
            record_id=record_id,
            record_sha256=record.newest_sha256,
            reviewer_id=who.id,
            until=now() + CLAIM_LASTS,
        )
    )
    db.session.flush()
    if held is None:
        log.audit("review.claimed", "record", record_id)
    return taken


def release(record_id: UUID) -> None:
    """Give a record back to the queue; without a claim of one's own nothing happens.

    Raises:
        NotFound: no such record for the caller.
    """
    _locked(record_id)
    held = queries.live_claim(record_id)
    if held is not None and held.reviewer_id == person().id:
        db.session.delete(held)
        log.audit("review.released", "record", record_id)


def drop_outdated_claim(record_id: UUID) -> None:
    """End a claim on a version that is no longer the newest: it can no longer be decided about."""
    record, held = inspections.record_for_update(record_id), queries.live_claim(record_id)
    if record is not None and held is not None and held.record_sha256 != record.newest_sha256:
        db.session.delete(held)


def accept(
    record_id: UUID,
    findings: Sequence[Mapping[str, str | None]] | None = None,
    note: str | None = None,
) -> Decision:
    """Accept a record as evidence and confirm its findings [Note: Photo path].

    The pictures tied to a finding's item become the finding's: from here on they may be redacted,
    shown in a case and put into a pack.

    Args:
        findings: `[{"item","text"}]`, without a text: that the item was not met; None confirms
            what the view suggests, an empty list confirms nothing.
        note: the reviewer's own, not logged.

    Raises:
        NotFound: no such record for the caller.
        ClaimNeeded, ClaimedByOther: see `claim`.
        FindingItemUnknown, FindingItemTwice: nothing was decided.
        AlreadyDecided, RecordWithdrawn, VersionSuperseded, RecordIncomplete, RecordQuarantined.
    """
    record, version = _to_decide(record_id)
    confirmed = _confirmed(version, findings)
    records.accept(record, seen=version.record_sha256)
    members = {"findings": [_logged(finding) for finding in confirmed]}
    decision = _decide(version, DecisionKind.ACCEPTED, members, note=note)
    _keep_findings(record, version, decision, confirmed)
    log.audit("review.accepted", "record", record_id, findings=len(confirmed))
    return decision


def return_(record_id: UUID, remarks: Sequence[Mapping[str, str | None]]) -> Decision:
    """Give a record back to its inspector with remarks; a later version comes into the queue again.

    Args:
        remarks: `[{"item","text"}]`; an item of None speaks of the whole record.

    Raises:
        NotFound: no such record for the caller.
        ClaimNeeded, ClaimedByOther: see `claim`.
        FindingItemUnknown: a remark on an item that is not the checklist's.
        AlreadyDecided, RecordWithdrawn, VersionSuperseded.
    """
    record, version = _to_decide(record_id)
    told = [{"item": one.get("item"), "text": one["text"]} for one in remarks]
    _require_items(version, "remarks", [one["item"] for one in told])
    records.return_(record, told, seen=version.record_sha256)
    decision = _decide(version, DecisionKind.RETURNED, {"remarks": told}, remarks=told)
    log.audit("review.returned", "record", record_id, remarks=len(told))
    return decision


def reject(record_id: UUID, reason: str) -> Decision:
    """Reject a record for a reason; it stays on file.

    Raises:
        NotFound: no such record for the caller.
        ClaimNeeded, ClaimedByOther: see `claim`.
        AlreadyDecided, RecordWithdrawn, VersionSuperseded.
    """
    record, version = _to_decide(record_id)
    records.reject(record, seen=version.record_sha256)
    decision = _decide(version, DecisionKind.REJECTED, {"reason": reason}, reason=reason)
    log.audit("review.rejected", "record", record_id)
    return decision


def reopen(record_id: UUID, reason: str) -> Decision:
    """Take the newest decision about a record back for a reason; it waits for a reviewer again.

    The findings it confirmed are withdrawn and stay on file. Whoever calls has made sure that
    nothing of it has reached the public: that is known to rooms above.

    Raises:
        NotFound: no such record for the caller.
        NothingToReopen: the record waits for its decision, or its inspector withdrew it.
    """
    record = _locked(record_id)
    if record.state not in _DECIDED:
        raise NothingToReopen
    newest = queries.newest_decision(record_id)
    if newest is None:
        raise NothingToReopen
    version = inspections.version_of(record_id, newest.record_sha256)
    records.reopen(record)
    for finding in queries.findings_of_record(record_id):
        finding.state = FindingState.WITHDRAWN.value
    decision = _decide(version, DecisionKind.REOPENED, {"reason": reason}, reason=reason)
    log.audit("review.reopened", "record", record_id, decision=newest.kind)
    return decision


def admit(record_id: UUID) -> None:
    """Let a record that a revoked phone sent be judged like any other; its flag stays.

    Raises:
        NotFound: no such record for the caller.
        ClaimNeeded, ClaimedByOther: see `claim`.
    """
    record, _ = _to_decide(record_id)
    records.release_from_quarantine(record)
    log.audit("review.admitted", "record", record_id)


def note_private_read(record: Record) -> None:
    """Take note that the caller reads a record's `private` disclosure."""
    log.audit("record.private-read", "record", record.id)


def visible_record(record_id: UUID) -> Record:
    """Return a record that the caller may see; raises NotFound."""
    return inspections.record(record_id, policies.visible_records(person()))


def refuse_foreign_claim(record_id: UUID, who: Person) -> None:
    """Raise ClaimedByOther while another reviewer is judging a record."""
    held = queries.live_claim(record_id)
    if held is not None and held.reviewer_id != who.id:
        raise ClaimedByOther(name=identity.user(held.reviewer_id).display_name)


def prolong_claim(record_id: UUID) -> None:
    """Count this moment as activity on the caller's claim, if there is one."""
    held = queries.live_claim(record_id)
    if held is not None and held.reviewer_id == person().id:
        held.until = now() + CLAIM_LASTS


def office_day(at: datetime) -> str:
    """Return the office's calendar day of a moment: all that a minute says of when."""
    return local_day(at, current_app.config["ZONE"]).isoformat()


def _locked(record_id: UUID) -> Record:
    """Lock the record: claims and decisions about one record happen one after another."""
    visible_record(record_id)
    return required(inspections.record_for_update(record_id))


def _require_open(record: Record) -> None:
    if record.state in _DECIDED:
        raise AlreadyDecided
    if record.state == RecordState.WITHDRAWN:
        raise RecordWithdrawn


def _to_decide(record_id: UUID) -> tuple[Record, RecordVersion]:
    """Return the record and the version that the caller has claimed."""
    record, who = _locked(record_id), person()
    _require_open(record)
    refuse_foreign_claim(record_id, who)
    held = queries.live_claim(record_id)
    if held is None:
        raise ClaimNeeded
    return record, inspections.version_of(record_id, held.record_sha256)


def _confirmed(
    version: RecordVersion, findings: Sequence[Mapping[str, str | None]] | None
) -> list[dict[str, Any]]:
    checklist = proposals.checklist_of(UUID(version.clear["checklist"]))
    if findings is None:
        return proposals.suggested_findings(version, checklist)
    asked = [one["item"] for one in findings]
    items = _require_items(version, "findings", asked)
    twice = {place: one for place, one in enumerate(asked) if one in asked[:place]}
    if twice:
        raise FindingItemTwice(pointers={f"/findings/{place}/item": "twice" for place in twice})
    return [
        proposals.finding_of(version, items[str(one["item"])])
        | ({"text": one["text"]} if one.get("text") else {})
        for one in findings
    ]


def _require_items(
    version: RecordVersion, member: str, asked: Sequence[str | None]
) -> dict[str, Mapping[str, Any]]:
    checklist = proposals.checklist_of(UUID(version.clear["checklist"]))
    items = {item["id"]: item for item in checklist.items} if checklist is not None else {}
    unknown = [place for place, one in enumerate(asked) if one is not None and one not in items]
    if unknown:
        raise FindingItemUnknown(
            pointers={f"/{member}/{place}/item": "unknown" for place in unknown}
        )
    return items


def _decide(
    version: RecordVersion, kind: DecisionKind, members: Mapping[str, Any], **kept: Any
) -> Decision:
    """Keep and log a decision; the claim has served its purpose."""
    at = now()
    subject = {"record": str(version.record_id), "record_sha256": version.record_sha256}
    details = {"reason": None, "remarks": [], "findings": [], "at": rfc3339(at), **members}
    decision = Decision(
        id=new_id(),
        record_id=version.record_id,
        record_sha256=version.record_sha256,
        kind=kind.value,
        reviewer_id=person().id,
        at=at,
        **kept,
    )
    decision.enter(Minute.of(subject, kind.value, office_day(at), details))
    db.session.add(decision)
    held = db.session.get(ReviewClaim, version.record_id)
    if held is not None:
        db.session.delete(held)
    log.queue("review", str(version.record_id), decision.sha256)
    db.session.flush()
    return decision


def _logged(finding: Mapping[str, Any]) -> dict[str, Any]:
    return {name: finding[name] for name in ("item", "text", "points", "veto", "pictures")}


def _keep_findings(
    record: Record,
    version: RecordVersion,
    decision: Decision,
    confirmed: Sequence[Mapping[str, Any]],
) -> None:
    db.session.add_all(
        Finding(
            record_id=record.id,
            record_sha256=version.record_sha256,
            decision_id=decision.id,
            campaign_id=record.campaign_id,
            unit_id=record.unit_id or _unit_of_site(record),
            site_id=record.site_id,
            checklist_version_id=record.checklist_version_id,
            day=record.day,
            confirmed_by=decision.reviewer_id,
            at=decision.at,
            position=position,
            **finding,
        )
        for position, finding in enumerate(confirmed)
    )
    db.session.flush()


def _unit_of_site(record: Record) -> UUID | None:
    site = proposals.site_of(record.site_id)
    return None if site is None else site.unit_id
