"""Verbs of inspections for the rooms above: what a review's decision does to a record.

Reasons and who decided belong to the review; here a record changes its state, and its inspector
learns what was returned. `seen` is the hash of the version that was judged: if a newer one has come
in since, the decision is refused instead of falling upon what nobody has read.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement

from anfang.inspections import policies, queries, receiving
from anfang.inspections.errors import (
    AlreadyDecided,
    RecordIncomplete,
    RecordQuarantined,
    RecordWithdrawn,
    VersionSuperseded,
)
from anfang.inspections.models import Record, RecordReturn, RecordState
from anfang.kit.db import db
from anfang.kit.principal import Principal
from anfang.log import service as log


def accept(record: Record, *, seen: str | None = None) -> None:
    """Accept the newest version as evidence.

    Raises:
        AlreadyDecided, RecordWithdrawn, VersionSuperseded: there is nothing (more) to decide.
        RecordIncomplete: a declared photo is not held.
        RecordQuarantined: a revoked phone sent it.
    """
    _require_undecided(record, seen)
    if record.quarantined:
        raise RecordQuarantined
    if queries.missing_media(record, queries.newest_version(record)):
        raise RecordIncomplete
    _decide(record, RecordState.ACCEPTED)


def reject(record: Record, *, seen: str | None = None) -> None:
    """Reject the newest version, also an incomplete or quarantined one.

    Raises:
        AlreadyDecided, RecordWithdrawn, VersionSuperseded: there is nothing (more) to decide.
    """
    _require_undecided(record, seen)
    _decide(record, RecordState.REJECTED)


def return_(
    record: Record, remarks: Sequence[Mapping[str, str | None]], *, seen: str | None = None
) -> RecordReturn:
    """Give the newest version back to its inspector; the phone's next bundle carries the remarks.

    Args:
        remarks: `[{"item","text"}]`; an item of None speaks of the whole record.

    Raises:
        AlreadyDecided, RecordWithdrawn, VersionSuperseded: there is nothing (more) to decide.
    """
    _require_undecided(record, seen)
    returned = RecordReturn(
        record_id=record.id,
        record_sha256=record.newest_sha256,
        remarks=[{"item": one.get("item"), "text": one["text"]} for one in remarks],
    )
    db.session.add(returned)
    record.state = RecordState.RETURNED.value
    db.session.flush()
    log.audit("record.returned", "record", record.id, remarks=len(remarks))
    return returned


def reopen(record: Record) -> None:
    """Take a decision back: the newest version waits again, as withdrawn, received or complete."""
    decided = (RecordState.ACCEPTED, RecordState.REJECTED, RecordState.RETURNED)
    if record.state not in decided:
        return
    version = queries.newest_version(record)
    record.decided_sha256 = None
    receiving.describe(record, version)
    record.state = receiving.state_of(version).value
    db.session.flush()
    log.audit("record.reopened", "record", record.id)


def release_from_quarantine(record: Record) -> None:
    """Let reviewers judge what a revoked phone sent; its flag stays."""
    if record.quarantined:
        record.quarantined = False
        db.session.flush()
        log.audit("record.released", "record", record.id)


def visible_record(caller: Principal, record_id: UUID) -> Record:
    """Return a record that a console's caller may see; raises NotFound."""
    return queries.record(record_id, policies.visible_records(caller))


def visible_records(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `Record` for a console's caller; a list keeps its index by it."""
    return policies.visible_records(caller)


def reads_records(caller: Principal) -> bool:
    """Tell whether a console's caller sees the records of all campaigns; others see none."""
    return policies.reads_records(caller)


def alias_is_shown_to(caller: Principal) -> bool:
    """Tell whether a caller may read who made a visit, by alias."""
    return policies.sees_aliases(caller)


def _require_undecided(record: Record, seen: str | None) -> None:
    db.session.refresh(record, with_for_update=True)
    if record.state in (RecordState.ACCEPTED, RecordState.REJECTED):
        raise AlreadyDecided
    if record.state == RecordState.WITHDRAWN:
        raise RecordWithdrawn
    if seen is not None and seen != record.newest_sha256:
        raise VersionSuperseded


def _decide(record: Record, state: RecordState) -> None:
    record.state = state.value
    record.decided_sha256 = record.newest_sha256
    db.session.flush()
    log.audit(f"record.{state.value}", "record", record.id)
