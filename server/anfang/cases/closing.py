"""Verbs of ending a case: look at the place again, answer everybody, close."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from anfang.cases import followups, guards, hearing, queries, trail
from anfang.cases.errors import (
    FieldsMissing,
    NothingToRevisit,
    OutcomeMissing,
    RaiserReplyMissing,
    RequestsWaiting,
    RevisitDone,
    RevisitMissing,
    RevisitOpen,
)
from anfang.cases.followup_models import CaseRevisit
from anfang.cases.models import OFFICE_SOURCES, Case, CaseState, CaseStatement, StatementKind
from anfang.cases.rules import CaseRules
from anfang.jobs import service as jobs
from anfang.kit.clock import now
from anfang.kit.db import db, found_by
from anfang.kit.principal import person


def ask_revisit(case: Case, working_days: int | None = None) -> CaseRevisit:
    """Ask for a look at the place before the case closes (回头看).

    Args:
        case: locked (`queries.case_for_update`).
        working_days: until when; None takes the rulebook's.

    Raises:
        NothingToRevisit: the unit has reported no rectification.
        RevisitOpen: somebody is to look already.
    """
    if case.state != CaseState.RECTIFIED.value:
        raise NothingToRevisit
    newest = followups.newest_revisit(case.id)
    if newest is not None and newest.matches is None:
        raise RevisitOpen
    days = working_days or queries.rules_for(case).revisit_working_days
    asked_at = now()
    revisit = CaseRevisit(
        case_id=case.id,
        asked_by=person().id,
        asked_at=asked_at,
        due_at=guards.term(asked_at, days),
    )
    db.session.add(revisit)
    trail.told(case, "case.revisit_asked")
    return revisit


def tell_revisit(case: Case, revisit_id: UUID, *, matches: bool, text: str) -> CaseRevisit:
    """Tell what a look at the place showed; where it does not match, the unit's time runs again.

    Args:
        case: locked (`queries.case_for_update`).
        matches: the place is as the unit reported.
        text: what was seen; the unit reads it where it does not match.

    Raises:
        NotFound: the case has no such re-visit.
        RevisitDone: it has its result.
        NothingToRevisit: the case is no longer with the office.
    """
    revisit = found_by(select(CaseRevisit).filter_by(id=revisit_id, case_id=case.id))
    if revisit.matches is not None:
        raise RevisitDone
    if case.state != CaseState.RECTIFIED.value:
        raise NothingToRevisit
    revisit.matches, revisit.text = matches, text
    revisit.looked_by, revisit.looked_at = person().id, now()
    trail.told(case, "case.revisited", matches=matches)
    if not matches:
        hearing.send_back(case, text)
    return revisit


def close(
    case: Case,
    reply: str,
    raiser_reply: str = "",
    outcome: str | None = None,
    outcome_text: str = "",
) -> CaseStatement:
    """End a case with the office's reply to the unit, and to whoever raised it.

    Args:
        case: locked (`queries.case_for_update`).
        reply: says something; a case without a reply cannot be closed.
        raiser_reply: the answer to whoever raised the matter; needed where somebody did and is
            not answered yet (`answer_raiser`).
        outcome, outcome_text: an `OutcomeKind` of whoever was responsible, in words too.

    Raises:
        CaseClosed, CaseLocked: it has ended.
        SubtasksOpen, RequestsWaiting, RevisitOpen, RevisitMissing: something is not done.
        RaiserReplyMissing, OutcomeMissing, FieldsMissing: something is not said.
    """
    guards.require_running(case)
    guards.require_tasks_ended(case)
    if followups.waiting_requests(case.id):
        raise RequestsWaiting
    rules = queries.rules_for(case)
    _require_revisit(case, rules)
    case.outcome, case.outcome_text = outcome or case.outcome, outcome_text or case.outcome_text
    _require_said(case, rules, raiser_reply)
    statement = hearing.keep(case, StatementKind.REPLY, reply)
    if raiser_reply.strip():
        _keep_answer(case, raiser_reply)
    case.state = CaseState.CLOSED.value
    case.closed_at, case.reply_sha256 = statement.at, statement.sha256
    trail.end_steps(case)
    trail.told(case, "case.closed", statement=str(statement.id), outcome=case.outcome)
    jobs.emit("case.closed", case=str(case.id))
    return statement


def answer_raiser(case: Case, text: str) -> CaseStatement:
    """Answer whoever raised the matter before the case closes; closing it asks no second answer.

    Args:
        case: locked (`queries.case_for_update`).

    Raises:
        CaseClosed, CaseLocked: the case has ended.
    """
    guards.require_running(case)
    statement = _keep_answer(case, text)
    trail.told(case, "case.raiser_answered", statement=str(statement.id))
    return statement


def _keep_answer(case: Case, text: str) -> CaseStatement:
    statement = hearing.keep(case, StatementKind.RAISER_REPLY, text)
    case.raiser_reply_sha256 = statement.sha256
    return statement


def _require_revisit(case: Case, rules: CaseRules) -> None:
    newest = followups.newest_revisit(case.id)
    if newest is not None and newest.matches is None:
        raise RevisitOpen
    if not rules.needs_revisit(case):
        return
    reported_at = _reported_at(case)
    if reported_at is None or newest is None or not newest.matches or newest.asked_at < reported_at:
        raise RevisitMissing


def _reported_at(case: Case) -> datetime | None:
    said = [
        one.at
        for one in queries.statements_of(case.id)
        if one.kind == StatementKind.RECTIFICATION.value
    ]
    return max(said, default=None)


def _require_said(case: Case, rules: CaseRules, raiser_reply: str) -> None:
    answered = raiser_reply.strip() or case.raiser_reply_sha256 is not None
    if case.source not in OFFICE_SOURCES and not answered:
        raise RaiserReplyMissing
    if rules.needs_outcome(case) and (case.outcome is None or not case.outcome_text.strip()):
        raise OutcomeMissing
    missing = rules.missing(case.fields, "closing")
    if missing:
        raise FieldsMissing(fields="、".join(missing))
