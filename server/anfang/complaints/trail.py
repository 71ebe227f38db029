"""Verbs of a complaint's trail: what happened to it, and what must happen next until when."""

from uuid import UUID

from flask import current_app

from anfang.complaints import queries
from anfang.complaints.errors import WrongState
from anfang.complaints.models import Complaint, ComplaintEntry
from anfang.complaints.words import Entry, Extension, State, Step
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.principal import caller_id
from anfang.log import service as log


def told(
    complaint: Complaint, kind: Entry, text: str = "", *, by_user: UUID | None = None
) -> ComplaintEntry:
    """Keep what happened to a complaint, and who did it, for the file and for the audit trail.

    Args:
        complaint: locked (`queries.complaint_for_update`): entries are numbered.
        by_user: who did it, where that is not the caller.
    """
    entry = ComplaintEntry(
        complaint_id=complaint.id,
        number=queries.count_of_entries(complaint.id) + 1,
        kind=kind.value,
        text=text,
        unit_id=complaint.unit_id,
        by_user=by_user or caller_id(),
        at=now(),
    )
    db.session.add(entry)
    db.session.flush()
    log.audit(f"complaint.{kind.value}", "complaint", complaint.id, entry=str(entry.id))
    return entry


def pass_on(complaint: Complaint, state: State, step: Step) -> None:
    """Take a complaint to a state in which a step is due; never later than the whole is."""
    at, zone = now(), current_app.config["ZONE"]
    term = queries.rules_of(complaint.campaign_id).end(step, at, zone)
    complaint.state, complaint.due_step = state.value, step.value
    complaint.due_at = min(term, complaint.finish_due_at)
    complaint.due_from = at
    _begin_anew(complaint)


def end(complaint: Complaint, state: State) -> None:
    """Take a complaint to a state in which nothing is due any more."""
    complaint.state, complaint.due_at = state.value, None
    _begin_anew(complaint)


def require_state(complaint: Complaint, *states: State) -> None:
    """Raise WrongState unless a complaint stands where it must."""
    if complaint.state not in {one.value for one in states}:
        raise WrongState


def _begin_anew(complaint: Complaint) -> None:
    """Forget what was told and asked of the step before; a term is made longer once for all."""
    complaint.near_told_at = complaint.overdue_told_at = None
    if complaint.extension != Extension.GRANTED.value:
        complaint.extension = Extension.NONE.value
