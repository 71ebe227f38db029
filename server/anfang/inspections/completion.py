"""Verbs of completion: receipts, and what follows when every photo of a version is held."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from anfang.assignments import queries as assignments
from anfang.assignments import service as assignment_verbs
from anfang.evidence import queries as evidence
from anfang.identity.office_keys import sign
from anfang.inspections import queries, receipts
from anfang.inspections.models import Record, RecordState, RecordVersion
from anfang.jobs import service as jobs
from anfang.kit.clock import now
from anfang.kit.errors import NotFound
from anfang.log import service as log

_WAITING: Final = frozenset({RecordState.RECEIVED, RecordState.COMPLETE})
"""A version without photos is complete as it comes."""


def issue_receipt(record: Record, version: RecordVersion, held: Collection[str]) -> None:
    """Sign the newest receipt of a version; one that names all its photos completes it.

    Args:
        held: hashes of what the office holds for the record.

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
        held=held,
    )
    version.receipt = sign(payload, typ=receipts.RECEIPT_TYP)
    if payload["complete"]:
        _complete(record, version)


def complete_versions(record_id: UUID) -> None:
    """Give every version of a record whose photos are all held its complete receipt.

    Repeating it is harmless. An unknown record is none of this room's owners: nothing happens.
    """
    record = queries.record_for_update(record_id)
    if record is None:
        return
    held = set(evidence.held(record.id, record.inspector_id))
    for version in queries.versions_waiting_for(record_id):
        if held.issuperset(version.media):
            issue_receipt(record, version, held)


def _complete(record: Record, version: RecordVersion) -> None:
    """Note that a version's photos are all held [Note: Photo path].

    Only now the phone may delete its originals (PROTOCOL §5). The newest version of a record that
    waits goes on to the reviewers.
    """
    version.completed_at = version.completed_at or now()
    if version.record_sha256 == record.newest_sha256 and record.state in _WAITING:
        record.state = RecordState.COMPLETE.value
        _finish_assignment(record)
        if version.supersedes is not None:  # nobody can be judging a version before the first
            jobs.emit("record.replaced", record=str(record.id), record_sha256=version.record_sha256)
    log.audit("record.completed", "record", record.id, version=version.number)


def _finish_assignment(record: Record) -> None:
    if record.assignment_id is None or record.quarantined:
        return
    try:
        assignment = assignments.assignment(record.assignment_id)
    except NotFound:
        return
    if assignment.inspector_id == record.inspector_id:
        assignment_verbs.mark_done(assignment.id)
