"""Reads of what review has put into the log: decisions about records and about pictures."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from anfang.kit import jcs
from anfang.kit.db import db
from anfang.kit.ids import sha256_hex
from anfang.log.queries import LoggedRow
from anfang.review.models import Decision, Finding, PictureDecision

_CHUNKED = {"yield_per": 500}
_OF_FINDING = ("item", "text", "points", "veto", "pictures")


def decisions() -> Iterator[LoggedRow]:
    """Return every decision, by record; sound if its members are those of what was logged.

    The findings that it confirmed are looked at with it.
    """
    findings = _findings()
    for one in db.session.scalars(select(Decision), execution_options=_CHUNKED):
        sound = _is_sound(one, findings.get(one.id, []))
        yield LoggedRow(str(one.record_id), one.sha256, f"decisions {one.id}", sound)


def picture_decisions() -> Iterator[LoggedRow]:
    """Return every published form of a picture, by original."""
    statement = select(
        PictureDecision.id, PictureDecision.original_sha256, PictureDecision.png_sha256
    )
    for id_, original, png in db.session.execute(statement, execution_options=_CHUNKED):
        yield LoggedRow(original, png, f"picture_decisions {id_}")


def _findings() -> Mapping[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for one in db.session.scalars(select(Finding).order_by(Finding.position)):
        found[one.decision_id].append({name: getattr(one, name) for name in _OF_FINDING})
    return found


def _is_sound(decision: Decision, findings: Sequence[Mapping[str, Any]]) -> bool:
    stored = {
        "record": str(decision.record_id),
        "record_sha256": decision.record_sha256,
        "decision": decision.kind,
        "reason": decision.reason,
        "remarks": decision.remarks,
        "findings": list(findings),
    }
    document = decision.document
    return sha256_hex(jcs.canonical(document)) == decision.sha256 and (
        {name: document.get(name) for name in stored} == stored
    )
