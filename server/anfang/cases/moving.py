"""Verbs of moving a matter: to another unit, into another case, in two, to the competent body.

[Note: Nothing is lost on the way] findings, statements and deadlines go along. A unit that gets a
matter later is heard about it anew: what others said before is neither shown to it nor held
against it.
"""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from sqlalchemy import update

from anfang.cases import followups, guards, hearing, queries, recurring, sharing, trail
from anfang.cases.errors import (
    CasesUnlike,
    FindingMissing,
    MergeIntoOlder,
    RequestsWaiting,
    SameUnit,
    SplitTakesAll,
)
from anfang.cases.models import Case, CaseFinding, CaseState, CaseStatement
from anfang.cases.numbering import draw_number
from anfang.jobs import service as jobs
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.log import service as log
from anfang.registry import queries as registry

_CARRIED = (
    "campaign_id", "unit_id", "owner_id", "theme_id", "rulebook_version_id", "source", "title",
    "summary", "case_class", "public_explanation", "responsible", "raised_by", "topic", "channel",
    "horizon", "key_item", "fast_track", "effort", "gravity", "fields", "state", "opened_at",
    "due_at", "defence_until", "defence_from", "reminded_at",
)  # fmt: skip


def transfer(case: Case, unit_id: UUID, reason: str) -> None:
    """Give a case to another unit, with a reason; its time and its right to be heard begin anew.

    Args:
        case: locked (`queries.case_for_update`).

    Raises:
        CaseClosed, CaseLocked: the case has ended.
        RequestsWaiting: what the unit asked for is decided first.
        NotFound: there is no such unit.
        SameUnit: it has the case.
    """
    guards.require_running(case)
    if followups.waiting_requests(case.id):
        raise RequestsWaiting
    hand_over(case, unit_id, reason)


def hand_over(case: Case, unit_id: UUID, reason: str) -> None:
    """Do what `transfer` does, for whoever has checked that it may be done."""
    if unit_id == case.unit_id:
        raise SameUnit
    unit, at = registry.unit(unit_id), now()
    rules = queries.rules_for(case)
    former = case.unit_id
    case.unit = unit
    case.unit_id = unit.id
    sharing.drop_share(case.id, unit.id)
    case.due_at = guards.term(at, rules.working_days(case))
    case.defence_from, case.defence_until = at, guards.term(at, rules.defence_working_days)
    case.state = CaseState.OPEN.value
    trail.pass_to_unit(case)
    recurring.relink(case)
    trail.told(case, "case.transferred", unit=str(unit.id), former=str(former), reason=reason)
    jobs.emit("case.transferred", unit=str(unit.id))


def merge(case: Case, younger: Case, reason: str) -> None:
    """Let a case take over a younger one of the same unit; its number stays, and points here.

    The earlier deadline holds. Where either unit's time to be heard still runs, the later end of
    both holds and only what is said from now on counts: nobody loses a hearing by a merge.

    Args:
        case, younger: locked (`queries.case_for_update`).

    Raises:
        CaseClosed, CaseLocked: one of them has ended.
        CasesUnlike: they differ in unit, campaign or source, or are one.
        MergeIntoOlder: the other one is older.
        RequestsWaiting: what was asked for in the younger one is decided first.
    """
    guards.require_running(case)
    guards.require_running(younger)
    _require_alike(case, younger)
    guards.require_tasks_ended(younger)
    both_over = all(queries.defence_is_over(one) for one in (case, younger))
    both_rectified = {case.state, younger.state} == {CaseState.RECTIFIED.value}
    _copy_statements(case, queries.all_statements_of(younger.id))
    _move_findings(younger, case)
    case.due_at = min(case.due_at, younger.due_at)
    case.raised_by = "；".join(one for one in (case.raised_by, younger.raised_by) if one)
    if not both_over:
        case.defence_from = now()
        case.defence_until = max(case.defence_until, younger.defence_until)
    if not both_rectified:
        case.state = hearing.state_of_waiting(case).value
        trail.pass_to_unit(case)
    younger.state, younger.merged_into_id = CaseState.MERGED.value, case.id
    trail.end_steps(younger)
    trail.told(younger, "case.merged", into=case.number, reason=reason)
    trail.told(case, "case.took_over", number=younger.number, reason=reason)


def split(case: Case, finding_ids: Collection[UUID], title: str, reason: str) -> Case:
    """Make a case of its own of some findings; it keeps what was said, and every deadline.

    Args:
        case: locked (`queries.case_for_update`).

    Raises:
        CaseClosed, CaseLocked: the case has ended.
        FindingMissing: one of them is not in the case.
        SplitTakesAll: nothing would stay.
        RequestsWaiting: what was asked for is decided first.
    """
    guards.require_running(case)
    if followups.waiting_requests(case.id):
        raise RequestsWaiting
    held = {finding.id for _, finding in queries.findings_of([case.id])}
    if not held.issuperset(finding_ids):
        raise FindingMissing
    if held == set(finding_ids):
        raise SplitTakesAll
    new = Case(**{name: getattr(case, name) for name in _CARRIED})
    new.number, new.title, new.split_from_id = draw_number(now()), title, case.id
    db.session.add(new)
    db.session.flush()
    db.session.refresh(new)
    _copy_statements(new, queries.all_statements_of(case.id))
    _move_findings(case, new, finding_ids)
    sharing.copy_shares(case.id, new.id)
    _hold_alike(case, new)
    recurring.link(new)
    trail.told(new, "case.split_off", number=case.number, reason=reason)
    trail.told(case, "case.split", number=new.number, reason=reason)
    return new


def refer(case: Case, body: str) -> None:
    """Lock a case that leaves for the competent body (移送); its unit no longer sees it.

    Who may decide that, and with whom, is the business of the room that calls this verb.

    Args:
        case: locked (`queries.case_for_update`).
        body: where it goes.

    Raises:
        CaseClosed, CaseLocked: it has ended.
    """
    guards.require_running(case)
    case.state = CaseState.REFERRED.value
    case.referred_at, case.referred_to = now(), body
    trail.end_steps(case)
    trail.told(case, "case.referred")


def _require_alike(case: Case, younger: Case) -> None:
    same = ("unit_id", "campaign_id", "source")
    if case.id == younger.id or any(getattr(case, m) != getattr(younger, m) for m in same):
        raise CasesUnlike
    if younger.opened_at < case.opened_at:
        raise MergeIntoOlder
    if followups.waiting_requests(younger.id):
        raise RequestsWaiting
    if CaseState.PAUSED.value in (case.state, younger.state):
        raise CasesUnlike


def _copy_statements(target: Case, said: Sequence[CaseStatement]) -> None:
    """Let a case say what another said, under its own number in the log."""
    members = ("kind", "text", "by_user", "at", "sha256", "unit_id")
    for one in said:
        copied = {name: getattr(one, name) for name in members}
        db.session.add(CaseStatement(case_id=target.id, origin_id=one.id, **copied))
        log.queue("reply", target.number, one.sha256)
    db.session.flush()


def _move_findings(source: Case, target: Case, only: Iterable[UUID] | None = None) -> None:
    statement = update(CaseFinding).where(CaseFinding.case_id == source.id)
    if only is not None:
        statement = statement.where(CaseFinding.finding_id.in_(list(only)))
    db.session.execute(statement.values(case_id=target.id))


def _hold_alike(case: Case, new: Case) -> None:
    step = trail.present_step(case)
    if step is not None and step.kind == "paused" and step.user_id is not None:
        trail.pass_to_leader(new, step.user_id)
    elif case.state == CaseState.RECTIFIED.value:
        trail.pass_to_office(new)
    else:
        trail.pass_to_unit(new)
