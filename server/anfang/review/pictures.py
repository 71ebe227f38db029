"""Verbs of publishing pictures: redact one by rectangles, or clear it expressly (PROTOCOL §7).

Decoding takes a second or so, therefore each verb opens its own transactions.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from anfang.evidence import service as evidence
from anfang.inspections import queries as inspections
from anfang.kit import jcs
from anfang.kit.clock import now, rfc3339
from anfang.kit.db import db, transaction
from anfang.kit.errors import NotFound
from anfang.kit.ids import sha256_hex
from anfang.kit.minutes import Minute
from anfang.kit.principal import person
from anfang.log import service as log
from anfang.review import queries, service, view
from anfang.review.models import PictureDecision, PictureDecisionKind
from anfang.storage import service as storage


def redact(
    record_id: UUID, original_sha256: str, rectangles: Sequence[Mapping[str, int]]
) -> PictureDecision:
    """Black out every tile that a rectangle touches; the newest redaction of a picture counts.

    Args:
        rectangles: `[{"x","y","w","h"}]` in pixels of the upright picture, at least one.

    Raises:
        NotFound: the record has no such picture, or the caller may not see it.
        PictureNotDecoded: a picture that cannot be decoded cannot be published.
        RectangleOutside: a rectangle would hide nothing.
        ClaimedByOther: another reviewer is judging the record.
    """
    return _publishable(
        record_id, original_sha256, PictureDecisionKind.REDACTION, rectangles, reason=None
    )


def clear(record_id: UUID, original_sha256: str, reason: str) -> PictureDecision:
    """Decide that nothing in a picture needs to be hidden, and why: published whole, as PNG.

    Raises:
        NotFound, PictureNotDecoded, ClaimedByOther: as for `redact`.
    """
    return _publishable(
        record_id, original_sha256, PictureDecisionKind.CLEARANCE, [], reason=reason
    )


def _publishable(
    record_id: UUID,
    original_sha256: str,
    kind: PictureDecisionKind,
    rectangles: Sequence[Mapping[str, int]],
    *,
    reason: str | None,
) -> PictureDecision:
    with transaction(write=False):
        _require_free_picture(record_id, original_sha256)
    made = evidence.redact(
        original_sha256, [(one["x"], one["y"], one["w"], one["h"]) for one in rectangles]
    )
    decision = PictureDecision(
        record_id=record_id,
        original_sha256=original_sha256,
        kind=kind.value,
        rectangles=[dict(one) for one in rectangles],
        reason=reason,
        png_sha256=made.png_sha256,
        png_bytes=len(made.png),
        reviewer_id=person().id,
    )
    with transaction():
        # Inside, so that retention cannot remove an older file of the same bytes in between.
        storage.put_bytes(queries.redacted_key(decision), made.png)
        decision.proof_key = _keep_proof(made.proof)
        return _keep(decision)


def _require_free_picture(record_id: UUID, original_sha256: str) -> None:
    record = service.visible_record(record_id)
    service.refuse_foreign_claim(record_id, person())
    view.picture_of(record, original_sha256)


def _keep_proof(proof: Mapping[str, Any] | None) -> str | None:
    """Store a proof under its own hash: two originals may give one PNG, never one proof."""
    if proof is None:
        return None
    text = jcs.canonical(proof)
    key = storage.derived_key(queries.PROOF, sha256_hex(text))
    storage.put_bytes(key, text)
    return key


def _keep(decision: PictureDecision) -> PictureDecision:
    """Enter the decision; an earlier one about the same picture no longer counts."""
    if inspections.record_for_update(decision.record_id) is None:
        raise NotFound
    service.refuse_foreign_claim(decision.record_id, person())
    service.prolong_claim(decision.record_id)
    at = now()
    earlier = queries.picture_history(decision.record_id, decision.original_sha256)
    for one in earlier:
        one.superseded_at = one.superseded_at or at
    decision.at = at
    decision.enter(_minute(decision))
    db.session.add(decision)
    log.queue("redaction", decision.original_sha256, decision.png_sha256)
    log.queue("review", str(decision.record_id), decision.sha256)
    log.audit(
        f"picture.{decision.kind}",
        "record",
        decision.record_id,
        picture=decision.original_sha256,
        rectangles=len(decision.rectangles),
        provable=decision.proof_key is not None,
    )
    db.session.flush()
    return decision


def _minute(decision: PictureDecision) -> Minute:
    subject = {
        "record": str(decision.record_id),
        "original_sha256": decision.original_sha256,
        "png_sha256": decision.png_sha256,
    }
    details = {
        "reason": decision.reason,
        "rectangles": decision.rectangles,
        "at": rfc3339(decision.at),
    }
    return Minute.of(subject, decision.kind, service.office_day(decision.at), details)
