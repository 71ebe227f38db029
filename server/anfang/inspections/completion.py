"""Verbs of completion: receipts, and what follows when every photo of a version is held."""

from uuid import UUID

from anfang.assignments import queries as assignments
from anfang.assignments import service as assignment_verbs
from anfang.evidence import queries as evidence
from anfang.identity.office_keys import sign
from anfang.inspections import queries, receipts
from anfang.inspections.models import Record, RecordState, RecordVersion
from anfang.jobs import service as jobs
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.errors import NotFound
from anfang.log import service as log


def issue_receipt(record: Record, version: RecordVersion) -> bool:
    """Sign the newest receipt of a version; True if it is complete.

    Raises:
        OfficeKeyMissing: the office cannot sign.
    """
    payload = receipts.payload(
        record_id=record.id,
        record_sha256=version.record_sha256,
        certificate_commitment=version.certificate_commitment,
        received_at=version.received_at,
        log_by=version.log_by,
        declared=version.media,
        held=evidence.held(record.id, record.inspector_id),
    )
    version.receipt = sign(payload, typ=receipts.RECEIPT_TYP)
    return bool(payload["complete"])


def complete_versions(record_id: UUID) -> None:
    """Give every version of a record whose photos are all held its complete receipt.

    Repeating it is harmless. An unknown record is none of this room's owners: nothing happens.
    """
    record = queries.record_for_update(record_id)
    if record is None:
        return
    for version in queries.versions_waiting_for(record_id):
        if not queries.missing_media(record, version):
            complete(record, version)


def complete(record: Record, version: RecordVersion) -> None:
    """Issue the complete receipt of a version whose photos are all held [Note: Photo path].

    Only now the phone may delete its originals (PROTOCOL §5). The newest version of a record that
    waits goes on to the reviewers.
    """
    if not issue_receipt(record, version):
        return
    version.completed_at = now()
    if version.record_sha256 == record.newest_sha256 and record.state == RecordState.RECEIVED:
        record.state = RecordState.COMPLETE.value
        _finish_assignment(record)
        jobs.emit("record.completed", record=str(record.id), record_sha256=version.record_sha256)
    log.audit("record.completed", "record", record.id, version=version.number)
    db.session.flush()


def _finish_assignment(record: Record) -> None:
    if record.assignment_id is None or record.quarantined:
        return
    try:
        assignment = assignments.assignment(record.assignment_id)
    except NotFound:
        return
    if assignment.inspector_id == record.inspector_id:
        assignment_verbs.mark_done(assignment.id)
