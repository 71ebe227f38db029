"""Reads of what follows a case up: shares, steps, requests, subtasks, re-visits, recurrences."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from flask import current_app
from sqlalchemy import ColumnElement, Select, func, or_, select

from anfang.cases import queries
from anfang.cases.followup_models import (
    CaseRecurrence,
    CaseRequest,
    CaseRevisit,
    CaseShare,
    CaseStep,
    CaseTask,
    RequestKind,
    RequestState,
    StepKind,
)
from anfang.cases.holding import Held, Stretch, held
from anfang.cases.models import Case, CaseState
from anfang.identity import queries as identity
from anfang.kit.clock import now
from anfang.kit.db import db, found_by
from anfang.kit.pages import filled
from anfang.registry import queries as registry


def shares_of(case_id: UUID) -> Sequence[CaseShare]:
    """Return the units that support a case, those with the primary responsibility first."""
    return db.session.scalars(
        select(CaseShare).filter_by(case_id=case_id).order_by(CaseShare.degree, CaseShare.unit_id)
    ).all()


def shares_listed(*within: ColumnElement[bool]) -> Select[CaseShare]:
    """Return the statement of shares in running cases, the nearest deadline first."""
    return (
        select(CaseShare)
        .join(Case, Case.id == CaseShare.case_id)
        .where(Case.state.in_(queries.RUNNING), *within)
        .order_by(Case.due_at, CaseShare.case_id, CaseShare.unit_id)
    )


def requests_of(case_id: UUID) -> Sequence[CaseRequest]:
    """Return what was asked for in a case, oldest first."""
    return db.session.scalars(
        select(CaseRequest)
        .filter_by(case_id=case_id)
        .order_by(CaseRequest.asked_at, CaseRequest.id)
    ).all()


def waiting_requests(case_id: UUID) -> Sequence[CaseRequest]:
    """Return what waits for a decision in a case."""
    return db.session.scalars(
        select(CaseRequest).filter_by(case_id=case_id, state=RequestState.OPEN.value)
    ).all()


def requests_listed(
    *within: ColumnElement[bool], state: str | None = None, kind: str | None = None
) -> Select[CaseRequest]:
    """Return the statement of requests in cases, those to be decided first in front."""
    statement = (
        select(CaseRequest)
        .join(Case, Case.id == CaseRequest.case_id)
        .where(*within)
        .order_by(CaseRequest.due_at, CaseRequest.id)
    )
    if state is not None:
        statement = statement.where(CaseRequest.state == state)
    return statement if kind is None else statement.where(CaseRequest.kind == kind)


def request(request_id: UUID, *within: ColumnElement[bool]) -> CaseRequest:
    """Return a request; raises NotFound, also when its case is outside `within`."""
    return found_by(
        select(CaseRequest)
        .join(Case, Case.id == CaseRequest.case_id)
        .where(CaseRequest.id == request_id, *within)
    )


def explanations() -> Select[CaseRequest]:
    """Return the statement of what was explained to the public, the latest first.

    What the competent body has, and what another case has taken over, is told by nobody here.
    """
    return (
        select(CaseRequest)
        .join(Case, Case.id == CaseRequest.case_id)
        .where(
            CaseRequest.kind == RequestKind.EXPLANATION.value,
            CaseRequest.state == RequestState.GRANTED.value,
            Case.state.not_in((CaseState.REFERRED.value, CaseState.MERGED.value)),
        )
        .order_by(filled(CaseRequest.decided_at).desc(), CaseRequest.id)
    )


def extensions_granted(case_id: UUID) -> int:
    """Return how often a case's deadline was extended."""
    statement = (
        select(func.count())
        .select_from(CaseRequest)
        .filter_by(
            case_id=case_id,
            kind=RequestKind.EXTENSION.value,
            state=RequestState.GRANTED.value,
        )
    )
    return db.session.scalar(statement) or 0


def tasks_of(case_id: UUID) -> Sequence[CaseTask]:
    """Return a case's subtasks in the order in which they were set down."""
    return db.session.scalars(
        select(CaseTask).filter_by(case_id=case_id).order_by(CaseTask.position, CaseTask.id)
    ).all()


def task(task_id: UUID, *within: ColumnElement[bool]) -> CaseTask:
    """Return a subtask; raises NotFound, also when it is outside the predicates `within`."""
    return found_by(
        select(CaseTask)
        .join(Case, Case.id == CaseTask.case_id)
        .where(CaseTask.id == task_id, *within)
    )


def tasks_listed(
    *within: ColumnElement[bool],
    state: str | None = None,
    unit: UUID | None = None,
    owner: UUID | None = None,
    due_to: date | None = None,
) -> Select[CaseTask]:
    """Return the statement of leaves, the nearest deadline first.

    Args:
        unit: of this unit and all beneath it.
        owner: of cases that this person of the office follows up.
        due_to: due on this day of the office or earlier.
    """
    statement = (
        select(CaseTask)
        .join(Case, Case.id == CaseTask.case_id)
        .where(CaseTask.leaf, *within)
        .order_by(filled(CaseTask.due_at), CaseTask.id)
    )
    if state is not None:
        statement = statement.where(CaseTask.state == state)
    if unit is not None:
        statement = statement.where(CaseTask.unit_id.in_(registry.subtree_ids(unit)))
    if owner is not None:
        statement = statement.where(Case.owner_id == owner)
    if due_to is not None:
        statement = statement.where(CaseTask.due_at < _end_of_day(due_to))
    return statement


def revisits_of(case_id: UUID) -> Sequence[CaseRevisit]:
    """Return the re-visits of a case, oldest first."""
    return db.session.scalars(
        select(CaseRevisit)
        .filter_by(case_id=case_id)
        .order_by(CaseRevisit.asked_at, CaseRevisit.id)
    ).all()


def newest_revisit(case_id: UUID) -> CaseRevisit | None:
    """Return the re-visit that was asked for last."""
    found = revisits_of(case_id)
    return found[-1] if found else None


def earlier_cases(case_id: UUID) -> list[tuple[Case, list[str]]]:
    """Return the earlier cases that a case repeats, the newest first, each with the items."""
    rows = db.session.execute(
        select(Case, CaseRecurrence.item)
        .join(CaseRecurrence, CaseRecurrence.earlier_id == Case.id)
        .where(CaseRecurrence.case_id == case_id)
        .order_by(Case.opened_at.desc(), Case.id, CaseRecurrence.item)
    )
    found: dict[UUID, tuple[Case, list[str]]] = {}
    for case, item in rows:
        found.setdefault(case.id, (case, []))[1].append(item)
    return list(found.values())


def related(case: Case) -> list[Case]:
    """Return the cases that a case was merged into, was split from, or took over."""
    ids = [one for one in (case.merged_into_id, case.split_from_id) if one is not None]
    return list(
        db.session.scalars(
            select(Case)
            .where(
                or_(Case.id.in_(ids), Case.merged_into_id == case.id, Case.split_from_id == case.id)
            )
            .order_by(Case.number)
        )
    )


def held_steps(case: Case) -> list[Held]:
    """Return who held a case how long, oldest first, with the step where it stuck.

    Requests are steps too: while one waits, the case waits for whoever decides it.
    """
    steps = db.session.scalars(
        select(CaseStep).filter_by(case_id=case.id).order_by(CaseStep.began_at, CaseStep.id)
    ).all()
    asked = requests_of(case.id)
    units = registry.unit_names({one.unit_id for one in steps if one.unit_id is not None})
    people = identity.display_names(
        [one for one in {*(s.user_id for s in steps), *(r.decided_by for r in asked)} if one]
    )
    stretches = [
        Stretch(one.kind, _holder(one, units, people), one.began_at, one.ended_at) for one in steps
    ]
    stretches += [
        Stretch(one.kind, _named(people, one.decided_by), one.asked_at, one.decided_at)
        for one in asked
    ]
    stretches.sort(key=lambda one: one.began_at)
    return held(stretches, now(), current_app.config["ZONE"])


def _holder(step: CaseStep, units: dict[UUID, str], people: dict[UUID, str]) -> str:
    names = units if step.kind == StepKind.UNIT.value else people
    return _named(names, step.unit_id or step.user_id)


def _named(names: dict[UUID, str], reference: UUID | None) -> str:
    return "" if reference is None else names.get(reference, "")


def _end_of_day(day: date) -> datetime:
    zone = current_app.config["ZONE"]
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone)
