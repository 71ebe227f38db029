"""Verbs of requests in a case: one person asks, a second one decides.

[Note: Second person] extension, pause, coordination, escalation, bounce and what is explained to
the public never take effect by whoever wants them: the table refuses a decision by the one who
asked, whatever the code does.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final
from uuid import UUID

from flask import current_app

from anfang.cases import followups, guards, hearing, moving, queries, sharing, trail
from anfang.cases.errors import (
    ExplanationBeforeDefence,
    ExplanationNamesPerson,
    ExtensionsUsedUp,
    ExtensionTooLong,
    NothingToExplain,
    NotPaused,
    OwnRequest,
    RequestDecided,
    RequestOpen,
    TransferUnitMissing,
    UnitNotWaitedFor,
)
from anfang.cases.followup_models import CaseRequest, RequestKind, RequestState
from anfang.cases.models import Case, CaseClass, CaseState
from anfang.cases.rules import REQUEST_WORKING_DAYS
from anfang.jobs import service as jobs
from anfang.kit import working_time
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.principal import person
from anfang.kit.privacy import find_private_traces
from anfang.registry import queries as registry


def ask(
    case: Case,
    kind: RequestKind,
    reason: str,
    working_days: int | None = None,
    unit_ids: Sequence[UUID] = (),
) -> CaseRequest:
    """Ask for something that somebody else decides.

    Args:
        case: locked (`queries.case_for_update`).
        reason: says something; nothing is sent back without one. Of an explanation, the text for
            the public.
        working_days: the extension, in working days after the present deadline.
        unit_ids: the units to coordinate, or the unit whose matter it really is.

    Raises:
        CaseClosed, CaseLocked: the case has ended.
        UnitNotWaitedFor: a deadline that does not run is neither extended nor paused.
        RequestOpen: one of this kind waits.
        NothingToExplain: only what is put right step by step is explained to the public.
        ExplanationNamesPerson: the text for the public holds a plate, a phone or identity number.
        ExplanationBeforeDefence: the unit was not heard yet and still may speak.
        ExtensionTooLong, ExtensionsUsedUp: beyond what the rulebook allows.
        NotFound: there is no such unit.
    """
    guards.require_running(case)
    _require_askable(case, kind, working_days)
    if kind is RequestKind.EXPLANATION and find_private_traces(reason):
        raise ExplanationNamesPerson
    for unit_id in unit_ids:
        registry.unit(unit_id)
    rules, asked_at = queries.rules_for(case), now()
    days = rules.request_working_days.get(kind.value, REQUEST_WORKING_DAYS)
    request = CaseRequest(
        case=case,
        kind=kind.value,
        reason=reason,
        working_days=working_days if kind is RequestKind.EXTENSION else None,
        unit_ids=[str(one) for one in unit_ids],
        asked_by=person().id,
        asked_at=asked_at,
        due_at=guards.term(asked_at, days),
    )
    db.session.add(request)
    db.session.flush()
    trail.told(case, f"case.{kind.value}_asked", request=str(request.id))
    jobs.emit("case.asked", kind=kind.value, by=str(request.asked_by))
    return request


def decide(
    case: Case, request: CaseRequest, *, granted: bool, note: str, unit_id: UUID | None = None
) -> None:
    """Decide a request; what was granted takes effect at once.

    Args:
        case: the request's, locked (`queries.case_for_update`).
        note: why, or for an escalation what the leader orders.
        unit_id: to whom a case goes that a unit rightly sent back.

    Raises:
        RequestDecided: it is decided.
        OwnRequest: the decider asked for it.
        CaseClosed, CaseLocked: the case has ended.
        TransferUnitMissing, SameUnit: a granted bounce without another unit.
        UnitNotWaitedFor: the time that would be extended or paused no longer runs.
    """
    if request.state != RequestState.OPEN.value:
        raise RequestDecided
    if request.asked_by == person().id:
        raise OwnRequest
    guards.require_running(case)
    request.state = (RequestState.GRANTED if granted else RequestState.REFUSED).value
    request.decided_by, request.decided_at, request.note = person().id, now(), note
    db.session.flush()
    if granted:
        _take_effect(case, request, unit_id)
    verb = "granted" if granted else "refused"
    trail.told(case, f"case.{request.kind}_{verb}", request=str(request.id))


def resume(case: Case, reason: str) -> None:
    """Let a paused case's time run again; the working days that were left are left.

    Args:
        case: locked (`queries.case_for_update`).

    Raises:
        NotPaused: its time does run.
    """
    if case.state != CaseState.PAUSED.value:
        raise NotPaused
    step = trail.present_step(case)
    assert step is not None
    zone = current_app.config["ZONE"]
    case.due_at = working_time.resumed(case.due_at, step.began_at, now(), zone)
    case.state = hearing.state_of_waiting(case).value
    trail.pass_to_unit(case)
    trail.told(case, "case.resumed", reason=reason)


def _require_askable(case: Case, kind: RequestKind, working_days: int | None) -> None:
    if any(one.kind == kind.value for one in followups.waiting_requests(case.id)):
        raise RequestOpen
    if kind in _TIMED:
        _require_running_time(case)
    if kind is RequestKind.EXPLANATION:
        _require_explainable(case)
    if kind is RequestKind.EXTENSION:
        rules = queries.rules_for(case)
        if not working_days or working_days > rules.most_extension_working_days:
            raise ExtensionTooLong(most=rules.most_extension_working_days)
        if followups.extensions_granted(case.id) >= rules.most_extensions:
            raise ExtensionsUsedUp(most=rules.most_extensions)


def _require_explainable(case: Case) -> None:
    if case.case_class != CaseClass.STEP_BY_STEP.value:
        raise NothingToExplain
    if not queries.defence_is_over(case):
        raise ExplanationBeforeDefence(until=case.defence_until.isoformat(timespec="minutes"))


def _require_running_time(case: Case) -> None:
    if case.state not in queries.WAITING_FOR_UNIT:
        raise UnitNotWaitedFor


def _take_effect(case: Case, request: CaseRequest, unit_id: UUID | None) -> None:
    _EFFECTS[RequestKind(request.kind)](case, request, unit_id)


def _extend(case: Case, request: CaseRequest, _unit_id: UUID | None) -> None:
    """Count on from the present deadline, or from now if it is over: never into the past."""
    _require_running_time(case)
    assert request.working_days is not None
    case.due_at = guards.term(max(case.due_at, now()), request.working_days)


def _pause(case: Case, _request: CaseRequest, _unit_id: UUID | None) -> None:
    _require_running_time(case)
    case.state = CaseState.PAUSED.value
    trail.pass_to_leader(case, person().id)


def _coordinate(case: Case, request: CaseRequest, _unit_id: UUID | None) -> None:
    """Let the units that were asked for support the case, by the leader's note."""
    sharing.let_support(case, (UUID(one) for one in request.unit_ids), request.note)


def _instruct(_case: Case, _request: CaseRequest, _unit_id: UUID | None) -> None:
    """Leave it at the leader's note: the order is the answer."""


def _publish(case: Case, _request: CaseRequest, _unit_id: UUID | None) -> None:
    """Leave it at the grant: the public page tells what was granted (`followups.explanations`)."""
    _require_explainable(case)


def _bounce(case: Case, request: CaseRequest, unit_id: UUID | None) -> None:
    if unit_id is None:
        raise TransferUnitMissing
    moving.hand_over(case, unit_id, request.note)


_TIMED: Final = frozenset({RequestKind.EXTENSION, RequestKind.PAUSE})
_EFFECTS: Final[Mapping[RequestKind, Callable[[Case, CaseRequest, UUID | None], None]]] = {
    RequestKind.EXTENSION: _extend,
    RequestKind.PAUSE: _pause,
    RequestKind.COORDINATION: _coordinate,
    RequestKind.ESCALATION: _instruct,
    RequestKind.BOUNCE: _bounce,
    RequestKind.EXPLANATION: _publish,
}
