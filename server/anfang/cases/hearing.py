"""Verbs of what is said in a case: the unit's defence and rectification, the office's words."""

from typing import Final

from flask import current_app

from anfang.cases import guards, queries, trail
from anfang.cases.errors import NothingToSendBack, RemindedToday, UnitNotWaitedFor
from anfang.cases.models import Case, CaseState, CaseStatement, StatementKind
from anfang.jobs import service as jobs
from anfang.kit.clock import local_day, now
from anfang.kit.db import db
from anfang.kit.ids import sha256_hex
from anfang.kit.principal import person
from anfang.log import service as log

_ANSWERS: Final = {
    StatementKind.DEFENCE: CaseState.ANSWERED,
    StatementKind.RECTIFICATION: CaseState.RECTIFIED,
}


def keep(case: Case, kind: StatementKind, text: str) -> CaseStatement:
    """Keep what was said, and queue its hash for the log."""
    digest = sha256_hex(text.encode())
    statement = CaseStatement(
        case_id=case.id,
        kind=kind.value,
        text=text,
        by_user=person().id,
        at=now(),
        sha256=digest,
        unit_id=case.unit_id,
    )
    db.session.add(statement)
    db.session.flush()
    log.queue("reply", case.number, digest)
    return statement


def state(case: Case, kind: StatementKind, text: str) -> CaseStatement:
    """Take a unit's defence or rectification, as often as it has something to say.

    A late defence is heard like any other: it never aggravates, and refusing it would help nobody.

    Args:
        case: locked (`queries.case_for_update`).
        kind: DEFENCE or RECTIFICATION.

    Raises:
        CaseClosed, CaseLocked: the case has ended.
        SubtasksOpen: a rectification while subtasks are neither done nor dropped.
    """
    guards.require_running(case)
    if kind is StatementKind.RECTIFICATION:
        guards.require_tasks_ended(case)
    statement = keep(case, kind, text)
    _answer(case, kind)
    trail.told(case, f"case.{kind.value}_stated", statement=str(statement.id))
    return statement


def remind(case: Case, text: str) -> CaseStatement:
    """Remind the unit of a case (催办); it reads the text at its desk.

    Args:
        case: locked (`queries.case_for_update`).

    Raises:
        UnitNotWaitedFor: the unit's time does not run.
        RemindedToday: once a day is enough.
    """
    if case.state not in queries.WAITING_FOR_UNIT:
        raise UnitNotWaitedFor
    zone = current_app.config["ZONE"]
    if case.reminded_at is not None and local_day(case.reminded_at, zone) == local_day(now(), zone):
        raise RemindedToday
    statement = keep(case, StatementKind.REMINDER, text)
    case.reminded_at = statement.at
    trail.told(case, "case.reminded", statement=str(statement.id))
    jobs.emit("case.reminded", unit=str(case.unit_id))
    return statement


def send_back(case: Case, text: str, working_days: int | None = None) -> CaseStatement:
    """Find a rectification insufficient (退回整改): the unit's time runs again.

    Args:
        case: locked (`queries.case_for_update`).
        text: what is missing.
        working_days: a new term, counted from today; None leaves the deadline where it is.

    Raises:
        NothingToSendBack: no rectification waits for the office.
    """
    if case.state != CaseState.RECTIFIED.value:
        raise NothingToSendBack
    statement = keep(case, StatementKind.INSUFFICIENT, text)
    case.state = state_of_waiting(case).value
    if working_days is not None:
        case.due_at = guards.term(statement.at, working_days)
    trail.pass_to_unit(case)
    trail.told(case, "case.sent_back", statement=str(statement.id), working_days=working_days)
    jobs.emit("case.sent_back", unit=str(case.unit_id))
    return statement


def state_of_waiting(case: Case) -> CaseState:
    """Return the state of a case that waits for its unit: whether it has been heard."""
    return CaseState.ANSWERED if case.id in queries.defended([case.id]) else CaseState.OPEN


def _answer(case: Case, kind: StatementKind) -> None:
    """Move the case on. A defence undoes no rectification, and does not end a pause."""
    if case.state == CaseState.RECTIFIED.value:
        return
    if kind is StatementKind.DEFENCE and case.state == CaseState.PAUSED.value:
        return
    case.state = _ANSWERS[kind].value
    if kind is StatementKind.RECTIFICATION:
        trail.pass_to_office(case)
