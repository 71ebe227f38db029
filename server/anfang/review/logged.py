"""Reads of what review has put into the log: decisions about records and about pictures."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from anfang.kit import minutes
from anfang.kit.clock import rfc3339
from anfang.kit.db import db
from anfang.log.queries import LoggedRow
from anfang.review.models import Decision, Finding, Minuted, PictureDecision

_CHUNKED = {"yield_per": 500}
_OF_FINDING = ("item", "text", "points", "veto", "pictures")


def decisions() -> Iterator[LoggedRow]:
    """Return every decision about a record or a picture, by record.

    Sound if its members are those of what was logged; the findings that a decision confirmed are
    looked at with it.
    """
    findings = _findings()
    for one in db.session.scalars(select(Decision), execution_options=_CHUNKED):
        sound = _is_sound(one, _members(one, findings.get(one.id, [])))
        yield LoggedRow(str(one.record_id), one.sha256, f"decisions {one.id}", sound)
    for picture in db.session.scalars(select(PictureDecision), execution_options=_CHUNKED):
        sound = _is_sound(picture, _members_of_picture(picture))
        yield LoggedRow(
            str(picture.record_id), picture.sha256, f"picture_decisions {picture.id}", sound
        )


def published_pictures() -> Iterator[LoggedRow]:
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


def _members(decision: Decision, findings: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "record": str(decision.record_id),
        "record_sha256": decision.record_sha256,
        "decision": decision.kind,
        "reason": decision.reason,
        "remarks": decision.remarks,
        "findings": list(findings),
        "at": rfc3339(decision.at),
    }


def _members_of_picture(decision: PictureDecision) -> dict[str, Any]:
    return {
        "record": str(decision.record_id),
        "original_sha256": decision.original_sha256,
        "png_sha256": decision.png_sha256,
        "decision": decision.kind,
        "reason": decision.reason,
        "rectangles": decision.rectangles,
        "at": rfc3339(decision.at),
    }


def _is_sound(minuted: Minuted, stored: Mapping[str, Any]) -> bool:
    logged = {**minuted.document, **minuted.details}
    return (
        minutes.sha256_of(minuted.document) == minuted.sha256
        and minutes.opens(minuted.document, minuted.details, minuted.details_salt)
        and {name: logged.get(name) for name in stored} == stored
    )
