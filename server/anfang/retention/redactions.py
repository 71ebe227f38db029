"""Verbs of redacted pictures' end: they live as long as what they show is used.

One PNG may stand for several decisions (nothing to hide in the same photo of two records): it goes
with the last of them. Its proofs go along.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from anfang.evidence import deleting
from anfang.evidence.models import DeletedKind
from anfang.kit.clock import now
from anfang.kit.db import db, locked
from anfang.log import service as log
from anfang.retention import queries
from anfang.retention.queries import Link
from anfang.retention.sources import Due, Source
from anfang.review import queries as review
from anfang.review.models import PictureDecision

_BATCH: Final = 200


def due() -> Iterator[Due]:
    """Return the redacted pictures whose time has run out, by hash, read in batches."""
    oldest = now() - timedelta(days=min(queries.keep_days().values()))
    candidates = db.session.scalars(
        select(PictureDecision.png_sha256)
        .where(PictureDecision.deleted_at.is_(None), PictureDecision.at <= oldest)
        .group_by(PictureDecision.png_sha256)
        .order_by(PictureDecision.png_sha256)
    ).all()
    for start in range(0, len(candidates), _BATCH):
        decisions = _decisions(candidates[start : start + _BATCH])
        verdicts = queries.verdicts_of(_links(decisions))
        for sha256, verdict in verdicts.items():
            if verdict.is_due(now()) and verdict.until is not None:
                size = decisions[sha256][0].png_bytes
                kind = DeletedKind.REDACTION.value
                yield Due(kind, sha256, size, verdict.rule.value, verdict.until)


def certify(one: Due) -> bool:
    """Certify one redacted picture's deletion if it is still due, its decisions locked.

    Raises:
        OfficeKeyMissing: the office cannot sign.
    """
    decisions = _decisions([one.sha256], lock=True)
    if not decisions:
        return False
    verdict = queries.verdicts_of(_links(decisions))[one.sha256]
    if not verdict.is_due(now()):
        return False
    made = decisions[one.sha256]
    keys = [review.redacted_key(made[0]), *(two.proof_key for two in made if two.proof_key)]
    rule = verdict.rule.value
    deletion = deleting.certify_file(
        DeletedKind.REDACTION, one.sha256, made[0].png_bytes, rule, keys
    )
    for decision in made:
        decision.deleted_at = deletion.at
        log.audit("picture.deleted", "record", decision.record_id, picture=one.sha256, rule=rule)
    return True


def is_kept(sha256: str) -> bool:
    """Tell whether a decision (again) stands for a PNG of this hash."""
    return bool(_decisions([sha256]))


def _decisions(
    sha256s: Sequence[str], *, lock: bool = False
) -> Mapping[str, list[PictureDecision]]:
    statement = (
        select(PictureDecision)
        .where(PictureDecision.png_sha256.in_(sha256s), PictureDecision.deleted_at.is_(None))
        .order_by(PictureDecision.png_sha256, PictureDecision.at)
    )
    if lock:
        statement = locked(statement)
    found: dict[str, list[PictureDecision]] = defaultdict(list)
    for one in db.session.scalars(statement):
        found[one.png_sha256].append(one)
    return found


def _links(decisions: Mapping[str, Sequence[PictureDecision]]) -> dict[str, set[Link]]:
    return {
        sha256: {(one.record_id, one.original_sha256) for one in made}
        for sha256, made in decisions.items()
    }


SOURCE: Final = Source(DeletedKind.REDACTION.value, due, certify, is_kept)
