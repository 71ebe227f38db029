"""Verbs of reopening a closed case (补课, DOMAIN.md row 45): its unit puts it right once more.

What was said stays; the office's reply stands no longer for the matter's end, and the unit is heard
anew before anything follows.
"""

from anfang.cases import guards, queries, trail
from anfang.cases.errors import CaseNotClosed
from anfang.cases.models import Case, CaseState
from anfang.jobs import service as jobs
from anfang.kit.clock import now


def reopen(case: Case, why: str) -> None:
    """Let a closed case's unit begin anew, with the terms of a new case.

    Args:
        case: locked (`queries.case_for_update`).
        why: says something; the unit reads it beneath what the case is about.

    Raises:
        CaseNotClosed: it still runs, another case has it, or the competent body.
    """
    if case.state != CaseState.CLOSED.value:
        raise CaseNotClosed
    rules, at = queries.rules_for(case), now()
    case.state, case.closed_at, case.reply_sha256 = CaseState.OPEN.value, None, None
    case.summary = "\n\n".join(text for text in (case.summary, why) if text)
    case.due_at = guards.term(at, rules.working_days(case))
    case.defence_from, case.defence_until = at, guards.term(at, rules.defence_working_days)
    trail.pass_to_unit(case)
    trail.told(case, "case.reopened")
    jobs.emit("case.reopened", unit=str(case.unit_id))
