"""Verbs of the unit that was given a complaint: take it, answer it, send it back with a reason."""

from anfang.complaints import queries, trail
from anfang.complaints.errors import AlreadyBounced, WrongState
from anfang.complaints.models import Complaint
from anfang.complaints.words import Entry, State, Step
from anfang.jobs import service as jobs


def take(complaint: Complaint) -> None:
    """Say that the unit has taken the complaint; its time to answer begins.

    Args:
        complaint: locked (`queries.complaint_for_update`), as in every verb here.

    Raises:
        WrongState: the unit has taken or answered it.
    """
    trail.require_state(complaint, State.TRANSFERRED)
    if complaint.due_step != Step.UNIT_ACCEPT.value:
        raise WrongState
    trail.pass_on(complaint, State.TRANSFERRED, Step.UNIT_REPLY)
    trail.told(complaint, Entry.UNIT_ACCEPTED)


def answer(complaint: Complaint, text: str) -> None:
    """Tell the office what the unit found and did; the office replies to the complainant.

    Raises:
        WrongState: it is not with the unit, or the unit has not taken it.
    """
    trail.require_state(complaint, State.TRANSFERRED)
    if complaint.due_step != Step.UNIT_REPLY.value:
        raise WrongState
    trail.pass_on(complaint, State.ANSWERED, Step.FINISH)
    trail.told(complaint, Entry.ANSWERED, text)
    jobs.emit("complaint.answered")


def bounce(complaint: Complaint, reason: str) -> None:
    """Send back a complaint that is not the unit's matter (DOMAIN.md row 75); the office decides.

    Args:
        reason: says something; nothing is sent back without one.

    Raises:
        WrongState: it is not with the unit.
        AlreadyBounced: this unit sent it back before and was given it again.
    """
    trail.require_state(complaint, State.TRANSFERRED)
    if complaint.unit_id is not None and queries.bounced_by(complaint.id, complaint.unit_id):
        raise AlreadyBounced
    trail.told(complaint, Entry.BOUNCED, reason)
    trail.pass_on(complaint, State.ACCEPTED, Step.TRANSFER)
    complaint.unit = complaint.unit_id = None
    jobs.emit("complaint.answered")
