"""Verbs of the ledger: one verb for many cases, each done whole or refused with its reason."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement

from anfang.cases import queries, service
from anfang.cases.models import Case
from anfang.kit.db import db
from anfang.kit.errors import Problem


@dataclass(frozen=True)
class Outcome:
    """What became of one row: done, or the problem for which it was refused.

    `number` is None where the caller sees no such case.
    """

    case_id: UUID
    number: str | None
    refusal: Problem | None


def assign(case_ids: Sequence[UUID], owner_id: UUID, within: ColumnElement[bool]) -> list[Outcome]:
    """Give cases to somebody of the office; see `service.assign`."""
    return _each(case_ids, within, lambda case: service.assign(case, owner_id))


def remind(case_ids: Sequence[UUID], text: str, within: ColumnElement[bool]) -> list[Outcome]:
    """Remind the units of cases; see `service.remind`."""
    return _each(case_ids, within, lambda case: service.remind(case, text))


def _each(
    case_ids: Sequence[UUID], within: ColumnElement[bool], verb: Callable[[Case], object]
) -> list[Outcome]:
    """Run a verb on every case, in one order for all callers, so that no two wait for each other.

    The outcomes stand in the order asked.
    """
    done = {case_id: _one(case_id, within, verb) for case_id in sorted(set(case_ids))}
    return [done[case_id] for case_id in dict.fromkeys(case_ids)]


def _one(case_id: UUID, within: ColumnElement[bool], verb: Callable[[Case], object]) -> Outcome:
    number = None
    try:
        # A savepoint: a refused row leaves nothing behind, the others stay.
        with db.session.begin_nested():
            case = queries.case_for_update(case_id, within)
            number = case.number
            verb(case)
    except Problem as refusal:
        return Outcome(case_id, number, refusal)
    return Outcome(case_id, number, None)
