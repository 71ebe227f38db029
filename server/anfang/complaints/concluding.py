"""Verbs of concluding: was it so, does it become a case, what is whoever complained told."""

from typing import Final
from uuid import UUID

from anfang.cases import queries as case_queries
from anfang.cases import service as cases
from anfang.cases.models import Case, CaseClass, CaseSource, CaseState, StatementKind
from anfang.complaints import queries, trail
from anfang.complaints.errors import HasCase, UnitUnknown, VerdictMissing, WrongState
from anfang.complaints.models import Complaint
from anfang.complaints.words import NEED_VERDICT, Entry, State, Step, Verdict
from anfang.jobs import service as jobs
from anfang.kit.clock import now
from anfang.kit.principal import person
from anfang.registry import queries as registry

_UNDER_WAY: Final = (State.ACCEPTED, State.TRANSFERRED, State.ANSWERED, State.IN_CASE)


def judge(complaint: Complaint, verdict: Verdict, reason: str, unit_id: UUID | None = None) -> None:
    """Say what the look at it showed, and why; what was found true counts in the unit's file.

    Args:
        complaint: locked (`queries.complaint_for_update`), as in every verb here.
        unit_id: whom it is about, where the office looked into it without giving it to a unit.

    Raises:
        WrongState: it was not taken, or has ended.
        UnitUnknown: nothing is found true of nobody.
        NotFound: no such unit.
    """
    trail.require_state(complaint, *_UNDER_WAY)
    if complaint.unit_id is None and unit_id is not None:
        complaint.unit = registry.unit(unit_id)
        complaint.unit_id = unit_id
    if verdict is Verdict.VERIFIED and complaint.unit_id is None:
        raise UnitUnknown
    complaint.verdict, complaint.verdict_reason = verdict.value, reason
    complaint.verdict_at = now()
    trail.told(complaint, Entry.VERDICT, reason)
    jobs.emit("complaint.judged", campaign=str(complaint.campaign_id))


def open_case(
    complaint: Complaint,
    title: str,
    case_class: str = CaseClass.BY_DATE.value,
    *,
    unit_id: UUID | None = None,
) -> Case:
    """Make a case of a complaint; it holds what the unit may read, and answers the complaint.

    Args:
        case_class: a `CaseClass`.
        unit_id: who must put it right; None: the unit that has the complaint.

    Raises:
        HasCase: it has one.
        WrongState: it was not taken, or has ended.
        UnitUnknown: it is not said whose matter it is.
        as `cases.open_case`.
    """
    if complaint.case_id is not None:
        raise HasCase
    trail.require_state(complaint, State.ACCEPTED, State.TRANSFERRED, State.ANSWERED)
    unit_id = unit_id or complaint.unit_id
    if unit_id is None or not complaint.text_for_unit.strip():
        raise UnitUnknown
    case = cases.open_case(
        [],
        unit_id,
        title,
        case_class,
        campaign_id=complaint.campaign_id,
        source=CaseSource.COMPLAINT.value,
        topic=complaint.topic,
        summary=complaint.text_for_unit,
        raised_by=complaint.number,
    )
    complaint.case_id, complaint.unit, complaint.unit_id = case.id, case.unit, unit_id
    trail.pass_on(complaint, State.IN_CASE, Step.FINISH)
    trail.told(complaint, Entry.CASE_OPENED, case.number)
    return case


def reply(complaint: Complaint, text: str) -> None:
    """Answer whoever complained, and everybody whose complaint was merged into this one.

    A case that was opened for it counts as answered towards whoever raised it.

    Raises:
        WrongState: it was not taken, or has ended, or a unit still has it.
        VerdictMissing: nobody has said whether a complaint or a report is so.
    """
    if complaint.state == State.TRANSFERRED.value:
        raise WrongState
    trail.require_state(complaint, *_UNDER_WAY)
    if complaint.kind in NEED_VERDICT and complaint.verdict is None:
        raise VerdictMissing
    _tell(complaint, text, person().id)
    if complaint.case_id is not None:
        _answer_case(complaint.case_id, text)


def reply_by_case(case_id: UUID) -> None:
    """Let the answer with which a case was closed answer the complaints that it came from."""
    answers = [
        one for one in case_queries.all_statements_of(case_id)
        if one.kind == StatementKind.RAISER_REPLY.value
    ]  # fmt: skip
    for complaint in queries.of_case(case_id):
        _tell(complaint, answers[-1].text, answers[-1].by_user)


def _tell(complaint: Complaint, text: str, by_user: UUID) -> None:
    complaint.replied_at = now()
    trail.end(complaint, State.REPLIED)
    trail.told(complaint, Entry.REPLIED, text, by_user=by_user)


def _answer_case(case_id: UUID, text: str) -> None:
    case = case_queries.case_for_update(case_id)
    while case.merged_into_id is not None:
        case = case_queries.case_for_update(case.merged_into_id)
    if case.state not in (CaseState.CLOSED.value, CaseState.REFERRED.value):
        cases.answer_raiser(case, text)
