"""Verbs of receiving: a phone's record comes in, once, whole, and with what is odd about it."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import func, insert, select

from anfang.evidence import service as evidence
from anfang.identity import custody
from anfang.identity import queries as identity
from anfang.inspections import (
    certificates,
    chains,
    comparing,
    completion,
    queries,
    receipts,
    record_format,
)
from anfang.inspections.certificates import Link
from anfang.inspections.errors import RecordExists, SupersedesNotNewest
from anfang.inspections.flags.flag import Flag
from anfang.inspections.models import Record, RecordFlag, RecordState, RecordVersion
from anfang.inspections.record_format import SignedRecord
from anfang.jobs import service as jobs
from anfang.kit.clock import now
from anfang.kit.db import db, enter
from anfang.kit.errors import NotFound
from anfang.kit.principal import Device
from anfang.log import service as log

_DECIDED = frozenset({RecordState.ACCEPTED, RecordState.REJECTED})


@dataclass(frozen=True)
class Received:
    """The answer to a submission; `new` is False where this very version was here before."""

    new: bool
    receipt: str
    missing: list[str]


@dataclass(frozen=True)
class Submission:
    """What a phone sends, checked: the record, its certificate, the link of its chain.

    Attributes:
        named: what the record refers to.
    """

    device: Device
    signed: SignedRecord
    certificate: str
    link: Link
    named: comparing.Named


def check(device: Device, record: str, certificate: str, link: str) -> Submission:
    """Read what a phone sends and what that refers to, and check its signatures; writes nothing.

    Raises:
        RecordMalformed, DisclosuresIncomplete, RecordTooLarge, TooManyMedia: no record.
        CertificateInvalid: signatures do not hold together.
    """
    signed = record_format.read(record)
    checked = chains.check(device, signed.id, signed.jkt, certificate, link)
    return Submission(device, signed, certificate, checked, comparing.named_by(signed))


def receive(submission: Submission) -> Received:
    """Take a record, or a new version of one (PROTOCOL §4).

    Everything that is well-formed, rightly signed and the caller's own is kept and flagged.

    Raises:
        NotFound: the id is another inspector's.
        RecordExists, SupersedesNotNewest: it does not follow the newest version.
    """
    if submission.signed.clear["supersedes"] is None:
        # Most often nothing is there yet, so that is tried before anything is asked.
        first = _take_first(submission)
        if first is not None:
            return first
    there = queries.record_for_update(submission.signed.id)
    if there is None:
        raise SupersedesNotNewest
    return _take_next(submission, there)


def describe(record: Record, version: RecordVersion) -> None:
    """Write the members of a version onto its record, for lists and filters."""
    signed = _signed_of(version)
    record.campaign_id, record.checklist_version_id = _required_references(signed)
    record.unit_id = signed.reference("unit")
    record.site_id = signed.reference("site")
    record.assignment_id = signed.reference("assignment")
    record.day = comparing.day_of(signed)
    record.outcome = signed.outcome
    record.points = version.score["points"] if version.score and version.score["out_of"] else None
    record.quarantined = version.quarantined


def state_of(version: RecordVersion) -> RecordState:
    """Return where a record stands whose current version is this one, undecided.

    A revoked phone cannot withdraw what its inspector had filed.
    """
    if _signed_of(version).outcome == "withdrawn" and not version.quarantined:
        return RecordState.WITHDRAWN
    return RecordState.COMPLETE if version.completed_at is not None else RecordState.RECEIVED


def _signed_of(version: RecordVersion) -> SignedRecord:
    return SignedRecord(
        text=version.sdjwt,
        sha256=version.record_sha256,
        jkt=version.jkt,
        clear=version.clear,
        content=version.content,
    )


def _take_first(submission: Submission) -> Received | None:
    """Take a record that is not here; None where it is, also if it came just now."""
    signed = submission.signed
    record = Record(id=signed.id, inspector_id=submission.device.inspector, received_at=now())
    version, flags = _compared(submission, record, number=1)
    _advance(record, version)
    return _keep(submission, record, version, flags) if enter(record) else None


def _take_next(submission: Submission, record: Record) -> Received:
    """Take what comes for a record that is there: a new version, or one that was here before."""
    if record.inspector_id != submission.device.inspector:
        raise NotFound
    known = queries.version(submission.signed.sha256)
    if known is not None:
        return _received_before(submission, record, known)
    number = _next_number(record, submission.signed)
    version, flags = _compared(submission, record, number)
    _advance(record, version)
    received = _keep(submission, record, version, flags)
    completion.complete_versions(record.id)
    return received


def _required_references(signed: SignedRecord) -> tuple[UUID, UUID]:
    campaign, checklist = signed.reference("campaign"), signed.reference("checklist")
    assert campaign is not None
    assert checklist is not None
    return campaign, checklist


def _received_before(submission: Submission, record: Record, version: RecordVersion) -> Received:
    """Answer a repetition; its link is kept, so that the phone's next one finds it."""
    chains.keep(submission.device, submission.link)
    completion.complete_versions(record.id)
    return Received(False, version.receipt, queries.missing_media(record, version))


def _next_number(record: Record, signed: SignedRecord) -> int:
    supersedes = signed.clear["supersedes"]
    if supersedes is None:
        raise RecordExists
    if supersedes != record.newest_sha256:
        raise SupersedesNotNewest
    count = select(func.count()).select_from(RecordVersion).filter_by(record_id=record.id)
    return (db.session.scalar(count) or 0) + 1


def _compared(
    submission: Submission, record: Record, number: int
) -> tuple[RecordVersion, list[Flag]]:
    """Return what will be the record's newest version, and what is odd about it."""
    signed, device, named = submission.signed, submission.device, submission.named
    version = _new_version(submission, record, number, comparing.score_of(signed, named))
    flags = comparing.compare(
        signed,
        named,
        version.score,
        inspector_id=device.inspector,
        received_at=version.received_at,
        revoked_at=_revoked_at(device),
    )
    return version, [*flags, *_circumstances(record, device)]


def _keep(
    submission: Submission, record: Record, version: RecordVersion, flags: list[Flag]
) -> Received:
    signed, device = submission.signed, submission.device
    with db.session.no_autoflush:  # what is asked for here is not written here
        flags.extend(chains.keep(device, submission.link))
        held = evidence.declare(record.id, device, signed.media, _declared_mimes(signed))
        log.queue_first("record", str(record.id), version.record_sha256)
        log.audit("record.received", "record", record.id, version=version.number)
        jobs.emit("record.received", record=str(record.id), record_sha256=version.record_sha256)
        completion.issue_receipt(record, version, held)
    db.session.add(version)
    db.session.flush()
    _keep_flags(version, flags)
    return Received(True, version.receipt, sorted(set(signed.media).difference(held)))


def _new_version(
    submission: Submission, record: Record, number: int, score: dict[str, Any] | None
) -> RecordVersion:
    signed, received_at = submission.signed, now()
    salt = secrets.token_bytes(receipts.SALT_BYTES)
    return RecordVersion(
        record_sha256=signed.sha256,
        record_id=record.id,
        number=number,
        supersedes=signed.clear["supersedes"],
        sdjwt=signed.text,
        clear=dict(signed.clear),
        content=dict(signed.content),
        jkt=signed.jkt,
        certificate_box=custody.seal(
            certificates.box_text(submission.certificate, salt),
            certificates.box_context(signed.sha256),
        ),
        certificate_commitment=receipts.commitment(salt, submission.certificate),
        link_sha256=submission.link.sha256,
        device_id=submission.device.id,
        quarantined=submission.device.deliver_only,
        score=score,
        received_at=received_at,
        completed_at=None if signed.media else received_at,
        log_by=receipts.log_by(received_at, current_app.config["ZONE"]),
    )


def _advance(record: Record, version: RecordVersion) -> None:
    """Make a version the newest; what was decided stays decided, whatever comes after."""
    record.newest_sha256 = version.record_sha256
    if record.state in _DECIDED:
        return
    record.state = state_of(version).value
    describe(record, version)


def _revoked_at(device: Device) -> datetime | None:
    return identity.enrolled_device(device.id).revoked_at if device.deliver_only else None


def _circumstances(record: Record, device: Device) -> Iterable[Flag]:
    if device.deliver_only:
        yield Flag("device-revoked")
    if record.state in _DECIDED:
        yield Flag("version-after-decision", {"state": record.state})


def _declared_mimes(signed: SignedRecord) -> dict[str, str]:
    details = signed.entries("media_details")
    return {one["sha256"]: one["mime"] for one in details if one.get("mime") is not None}


def _keep_flags(version: RecordVersion, flags: Iterable[Flag]) -> None:
    by_code = {flag.code: flag for flag in flags}
    if by_code:
        # Returning: then all rows go in one statement, else PostgreSQL is sent one after the other.
        db.session.execute(
            insert(RecordFlag).returning(RecordFlag.id),
            [
                {"record_sha256": version.record_sha256, "code": flag.code, "facts": flag.facts}
                for flag in by_code.values()
            ],
        )
