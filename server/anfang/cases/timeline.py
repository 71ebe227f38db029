"""Reads of a case's way from the shutter to its closing, oldest first, for the office.

Visits appear without whoever made them; reviewers and leads appear by display name, as they do on
the record's own page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any
from uuid import UUID

from flask import current_app

from anfang.cases.models import Case, CaseStatement, StatementKind
from anfang.identity import queries as identity
from anfang.inspections import queries as inspections
from anfang.inspections.models import Record, RecordVersion
from anfang.kit.clock import parse_rfc3339
from anfang.log import queries as log
from anfang.review import queries as review
from anfang.review.models import Finding


@dataclass(frozen=True)
class Step:
    """One thing that happened.

    Attributes:
        action: a stable code, the audit trail's where it has one.
        actor: the account that did it; None for a phone and for what happens by itself.
        text: what was said, None where nothing was.
        late: said after its term.
        record_id: the record that it is about, None where it is about the case.
    """

    at: datetime
    action: str
    actor: UUID | None = None
    text: str | None = None
    late: bool = False
    record_id: UUID | None = None
    by: str | None = None


def timeline(
    case: Case, findings: Sequence[Finding], statements: Sequence[CaseStatement]
) -> list[Step]:
    """Return a case's steps: visits, receipts, reviews, redactions, then what its trail says."""
    record_ids = list(dict.fromkeys(finding.record_id for finding in findings))
    records = inspections.records_of(record_ids)
    steps = [step for one in record_ids if one in records for step in _of_record(records[one])]
    steps += _of_pictures(record_ids, {sha for one in findings for sha in one.pictures})
    steps += _of_case(case, statements)
    people = identity.display_names(list({one.actor for one in steps if one.actor is not None}))
    steps = [one if one.actor is None else replace(one, by=people.get(one.actor)) for one in steps]
    return sorted(steps, key=lambda step: step.at)


def is_late(case: Case, statement: CaseStatement) -> bool:
    """Tell whether the unit said this after its term."""
    ends = {
        StatementKind.DEFENCE.value: case.defence_until,
        StatementKind.RECTIFICATION.value: case.due_at,
    }
    return statement.kind in ends and statement.at > ends[statement.kind]


def _of_record(record: Record) -> Iterator[Step]:
    current = inspections.current_version(record)
    if record.day is not None:
        yield Step(_visited_at(record, current), "visit.made", record_id=record.id)
    for version in inspections.versions(record.id):
        yield Step(version.received_at, "record.received", record_id=record.id)
    for decision in review.decisions_of(record.id):
        text = decision.reason
        yield Step(
            decision.at, f"review.{decision.kind}", decision.reviewer_id, text, record_id=record.id
        )


def _of_pictures(record_ids: Sequence[UUID], shown: set[str]) -> Iterator[Step]:
    for (record_id, sha256), decision in review.picture_decisions_of(record_ids).items():
        if sha256 in shown:
            action = f"picture.{decision.kind}"
            yield Step(decision.at, action, decision.reviewer_id, record_id=record_id)


def _of_case(case: Case, statements: Sequence[CaseStatement]) -> Iterator[Step]:
    said = {str(one.id): one for one in statements}
    for entry in log.audit_trail("case", str(case.id)):
        statement = said.get(str(entry.facts.get("statement")))
        yield Step(
            entry.at,
            entry.action,
            entry.actor_id,
            statement.text if statement else None,
            late=statement is not None and is_late(case, statement),
        )


def _visited_at(record: Record, version: RecordVersion) -> datetime:
    """Return when the shutter was first pressed, else when the visit began, else its day's start.

    Phones write these times; one that cannot be read, or not of the visit's day, is passed over.
    """
    zone = current_app.config["ZONE"]
    assert record.day is not None
    taken = [one.get("captured_at") for one in version.content.get("media_details") or []]
    clock: dict[str, Any] = version.content.get("clock") or {}
    moments = [moment for one in (*taken, clock.get("started_at")) if (moment := _moment(one))]
    of_day = [one for one in moments if one.astimezone(zone).date() == record.day]
    return min(of_day, default=datetime.combine(record.day, time.min, tzinfo=zone))


def _moment(told: object) -> datetime | None:
    try:
        return parse_rfc3339(told) if isinstance(told, str) else None
    except ValueError:
        return None
