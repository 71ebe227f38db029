"""Verbs of a case's trail: what happened, when it last moved, and who holds it from now on."""

from uuid import UUID

from sqlalchemy import select

from anfang.cases.followup_models import CaseStep, StepKind
from anfang.cases.models import Case
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.log import service as log


def told(case: Case, action: str, **facts: str | int | bool | None) -> None:
    """Write into the audit trail what was done in a case; the case has moved."""
    case.moved_at = now()
    db.session.flush()
    log.audit(action, "case", case.id, **facts)


def pass_to_unit(case: Case) -> None:
    """Let the case's unit hold it from now on."""
    _pass(case, CaseStep(kind=StepKind.UNIT.value, unit_id=case.unit_id))


def pass_to_office(case: Case) -> None:
    """Let whoever of the office follows it up hold it from now on."""
    _pass(case, CaseStep(kind=StepKind.OFFICE.value, user_id=case.owner_id))


def pass_to_leader(case: Case, user_id: UUID) -> None:
    """Let the leader who stopped the case's time hold it from now on."""
    _pass(case, CaseStep(kind=StepKind.PAUSED.value, user_id=user_id))


def present_step(case: Case) -> CaseStep | None:
    """Return who holds a case now; None once it has ended."""
    return db.session.scalar(select(CaseStep).filter_by(case_id=case.id, ended_at=None))


def end_steps(case: Case) -> None:
    """Let nobody hold the case any more: it has ended."""
    present = present_step(case)
    if present is not None:
        present.ended_at = now()
        db.session.flush()


def _pass(case: Case, step: CaseStep) -> None:
    end_steps(case)
    step.case_id, step.began_at = case.id, now()
    db.session.add(step)
    db.session.flush()
