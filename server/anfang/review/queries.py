"""Reads of review: decisions, findings, what pictures may leave the office."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from anfang.evidence.errors import MediaDeleted
from anfang.kit.clock import now
from anfang.kit.db import db, found_by
from anfang.kit.errors import required
from anfang.registry import queries as registry
from anfang.review.models import Decision, DecisionKind, Finding, PictureDecision, ReviewClaim
from anfang.storage import service as storage

REDACTED = "redacted"
PROOF = "proof"


def decisions_of(record_id: UUID) -> Sequence[Decision]:
    """Return what was decided about a record, oldest first."""
    return db.session.scalars(
        select(Decision).filter_by(record_id=record_id).order_by(Decision.at, Decision.id)
    ).all()


def newest_decision(record_id: UUID) -> Decision | None:
    """Return what was decided last about a record; None if nothing was."""
    return db.session.scalar(
        select(Decision)
        .filter_by(record_id=record_id)
        .order_by(Decision.at.desc(), Decision.id)
        .limit(1)
    )


def newest_reopening(record_id: UUID) -> Decision | None:
    """Return when and why a decision about a record was last taken back; None if never."""
    return db.session.scalar(
        select(Decision)
        .filter_by(record_id=record_id, kind=DecisionKind.REOPENED.value)
        .order_by(Decision.at.desc(), Decision.id)
        .limit(1)
    )


def accepted_decision(record_id: UUID) -> Decision | None:
    """Return the decision by which a record stands accepted; None if it does not."""
    found = newest_decision(record_id)
    return found if found is not None and found.kind == DecisionKind.ACCEPTED else None


def live_claim(record_id: UUID) -> ReviewClaim | None:
    """Return who is judging a record, read anew; None if nobody is."""
    found = db.session.get(ReviewClaim, record_id, populate_existing=True)
    return found if found is not None and found.until > now() else None


def live_claims(record_ids: Iterable[UUID]) -> dict[UUID, ReviewClaim]:
    """Return who is judging which of these records."""
    found = db.session.scalars(
        select(ReviewClaim).where(
            ReviewClaim.record_id.in_(list(record_ids)), ReviewClaim.until > now()
        )
    )
    return {claim.record_id: claim for claim in found}


def finding(finding_id: UUID, *within: ColumnElement[bool]) -> Finding:
    """Return a finding; raises NotFound, also when it is outside the predicates `within`."""
    return found_by(select(Finding).where(Finding.id == finding_id, *within))


def findings_of(ids: Iterable[UUID]) -> dict[UUID, Finding]:
    """Return findings by id; unknown ids are left out."""
    found = db.session.scalars(select(Finding).where(Finding.id.in_(list(ids))))
    return {one.id: one for one in found}


def findings_of_record(record_id: UUID) -> Sequence[Finding]:
    """Return the findings of a record, in the order in which they were confirmed."""
    return db.session.scalars(
        select(Finding).filter_by(record_id=record_id).order_by(Finding.at, Finding.position)
    ).all()


def findings_listed(
    *within: ColumnElement[bool],
    campaign: UUID | None = None,
    unit: UUID | None = None,
    record: UUID | None = None,
    item: str | None = None,
    state: str | None = None,
    from_day: date | None = None,
    to_day: date | None = None,
) -> Select[Any]:
    """Return the statement of findings, the newest first, narrowed by what is given.

    Args:
        unit: of this unit and all beneath it.
        from_day, to_day: days of the visit, both included.
    """
    equal = {
        Finding.campaign_id: campaign,
        Finding.record_id: record,
        Finding.item: item,
        Finding.state: state,
    }
    statement = (
        select(Finding).where(*within).order_by(Finding.at.desc(), Finding.position, Finding.id)
    )
    statement = statement.where(
        *(one == value for one, value in equal.items() if value is not None)
    )
    if unit is not None:
        statement = statement.where(Finding.unit_id.in_(registry.subtree_ids(unit)))
    if from_day is not None:
        statement = statement.where(Finding.day >= from_day)
    return statement if to_day is None else statement.where(Finding.day <= to_day)


def picture_decision(record_id: UUID, original_sha256: str) -> PictureDecision:
    """Return the decision by which a picture may leave the office; raises NotFound without one."""
    return required(picture_decisions_of([record_id]).get((record_id, original_sha256)))


def picture_decisions_of(record_ids: Iterable[UUID]) -> dict[tuple[UUID, str], PictureDecision]:
    """Return the picture decisions that count, by (record, hash of the original)."""
    found = db.session.scalars(
        select(PictureDecision)
        .where(
            PictureDecision.record_id.in_(list(record_ids)),
            PictureDecision.superseded_at.is_(None),
        )
        .order_by(PictureDecision.original_sha256)
    )
    return {(one.record_id, one.original_sha256): one for one in found}


def picture_decisions_about(originals: Iterable[str]) -> Sequence[PictureDecision]:
    """Return the picture decisions that count about originals, in whichever record."""
    return db.session.scalars(
        select(PictureDecision).where(
            PictureDecision.original_sha256.in_(list(originals)),
            PictureDecision.superseded_at.is_(None),
        )
    ).all()


def picture_history(record_id: UUID, original_sha256: str) -> Sequence[PictureDecision]:
    """Return every decision about a picture, oldest first."""
    return db.session.scalars(
        select(PictureDecision)
        .filter_by(record_id=record_id, original_sha256=original_sha256)
        .order_by(PictureDecision.at, PictureDecision.id)
    ).all()


def redacted_key(decision: PictureDecision) -> str:
    """Return the storage key of the PNG that may be published."""
    return storage.derived_key(REDACTED, decision.png_sha256)


def redacted_png(decision: PictureDecision) -> bytes:
    """Return the PNG that may be published.

    Raises:
        MediaDeleted: its time has run out.
    """
    if decision.deleted_at is not None:
        raise MediaDeleted
    return storage.get_bytes(redacted_key(decision))


def redaction_proof(decision: PictureDecision) -> Mapping[str, Any] | None:
    """Return the proof of PROTOCOL §7; None where a later decoder gave other pixels."""
    if decision.proof_key is None:
        return None
    proof: Mapping[str, Any] = json.loads(storage.get_bytes(decision.proof_key))
    return proof
