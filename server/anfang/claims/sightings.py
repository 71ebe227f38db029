"""Reads of claims from accepted visits: how often each item of a unit was met.

A bureau speaks for what lies beneath it, so a visit counts for its unit and for every unit above
that was asked as well. An answer counts where the item was judged: not left out, not "na", and one
that the item can have.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from anfang.checklists.models import ChecklistVersion
from anfang.claims.models import ClaimRequest
from anfang.inspections.models import Record, RecordState, RecordVersion
from anfang.kit.db import db
from anfang.registry.models import Unit

_NOT_APPLICABLE = "na"
_AT_ONCE = 500


@dataclass
class Seen:
    """How many visits found an item met, of how many that judged it, and which they were."""

    good: int = 0
    judged: int = 0
    records: list[UUID] = field(default_factory=list)


Sightings = Mapping[tuple[UUID, str], Seen]
"""By unit asked and item."""


def of_request(asked: ClaimRequest, units: Sequence[Unit]) -> Sightings:
    """Return what accepted visits of a request's period saw, for the units that were asked."""
    found: dict[tuple[UUID, str], Seen] = defaultdict(Seen)
    if not units:
        return found
    items = set(asked.item_ids)
    for record_id, path, answers, score in _visits(asked, units):
        speakers = [unit.id for unit in units if path.startswith(unit.path)]
        for item, met in judged(answers, score):
            for unit_id in speakers if item in items else ():
                seen = found[unit_id, item]
                seen.good += met
                seen.judged += 1
                seen.records.append(record_id)
    return found


def judged(
    answers: Sequence[Mapping[str, Any]] | None, score: Mapping[str, Any] | None
) -> Iterator[tuple[str, bool]]:
    """Yield the items that a visit judged, and whether each was met; the last answer counts."""
    if score is None:
        return
    unfit, failed = set(score["out_of_range"]), set(score["failed"])
    given = {str(one["item"]): one["value"] for one in answers or ()}
    for item, value in given.items():
        if value is not None and value != _NOT_APPLICABLE and item not in unfit:
            yield item, item not in failed


def _visits(asked: ClaimRequest, units: Sequence[Unit]) -> Iterator[Any]:
    beneath = or_(*(Unit.path.startswith(unit.path) for unit in units))
    rows = db.session.execute(
        select(Record.id, Unit.path, RecordVersion.content["answers"], RecordVersion.score)
        .select_from(Record)
        .join(Unit, Unit.id == Record.unit_id)
        .join(RecordVersion, RecordVersion.record_sha256 == Record.decided_sha256)
        .where(*counted(asked), beneath)
        .order_by(Record.day, Record.id)
        .execution_options(yield_per=_AT_ONCE)
    )
    yield from rows


def counted(asked: ClaimRequest) -> list[ColumnElement[bool]]:
    """Return the predicates on `Record` of the visits that a request is compared with."""
    versions = select(ChecklistVersion.id).where(
        ChecklistVersion.checklist_id == asked.checklist_id
    )
    return [
        Record.state == RecordState.ACCEPTED.value,
        or_(Record.outcome == "done", Record.outcome.is_(None)),
        Record.campaign_id == asked.campaign_id,
        Record.checklist_version_id.in_(versions),
        Record.day.between(asked.from_day, asked.to_day),
    ]
