"""Reads of what explanations lead to: by kinds of objects that figures name, a label and a page.

A page is named by its object's kind (`record`, `case`, `complaint`, `survey_round`, `ballot_box`,
`claim_sheet`); what a reader may see there is that page's own matter.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias
from uuid import UUID

from sqlalchemy import select

from anfang.ballots.models import BallotBox
from anfang.breaches.models import RuleBreach
from anfang.cases.models import Case
from anfang.claims.models import ClaimQuestion, ClaimSheet
from anfang.complaints.models import Complaint
from anfang.inspections.models import Record
from anfang.kit.db import Base, db
from anfang.review.models import Finding
from anfang.surveys.models import SurveyRound


@dataclass(frozen=True)
class Target:
    """What a line of an explanation can be followed to: `page_id` on the page of kind `page`."""

    object_id: UUID
    label: str
    page: str
    page_id: UUID


_Tell: TypeAlias = Callable[[Any], Target]

_KINDS: Final[Mapping[str, tuple[type[Base], _Tell]]] = {
    "record": (Record, lambda one: Target(one.id, _day(one), "record", one.id)),
    "finding": (
        Finding,
        lambda one: Target(one.id, f"{_day(one)} {one.item_text}".strip(), "record", one.record_id),
    ),
    "case": (Case, lambda one: Target(one.id, f"{one.number} {one.title}", "case", one.id)),
    "breach": (RuleBreach, lambda one: Target(one.id, one.text, "case", one.case_id)),
    "complaint": (Complaint, lambda one: Target(one.id, one.number, "complaint", one.id)),
    "survey_round": (SurveyRound, lambda one: Target(one.id, one.title, "survey_round", one.id)),
    "ballot_box": (BallotBox, lambda one: Target(one.id, one.title, "ballot_box", one.id)),
    "claim_sheet": (ClaimSheet, lambda one: Target(one.id, "", "claim_sheet", one.id)),
    "claim_question": (
        ClaimQuestion,
        lambda one: Target(one.id, "", "claim_sheet", one.sheet_id),
    ),
}


def targets_of(objects: Iterable[tuple[str, UUID]]) -> list[Target]:
    """Return where objects (kind, id) lead; of kinds that are not known, nothing."""
    wanted: dict[str, set[UUID]] = {}
    for kind, one in objects:
        wanted.setdefault(kind, set()).add(one)
    return [
        target
        for kind, ids in sorted(wanted.items())
        if kind in _KINDS
        for target in _found(*_KINDS[kind], ids)
    ]


def _found(model: Any, tell: _Tell, ids: Collection[UUID]) -> list[Target]:
    rows = db.session.scalars(select(model).where(model.id.in_(ids)).order_by(model.id))
    return [tell(one) for one in rows]


def _day(one: Record | Finding) -> str:
    return "" if one.day is None else one.day.isoformat()
