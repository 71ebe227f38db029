"""Verbs of the clock: tell once which complaints are near a deadline, and which past it."""

from anfang.complaints import queries
from anfang.complaints.models import Complaint
from anfang.complaints.words import WITH_UNIT
from anfang.jobs import service as jobs
from anfang.kit.clock import now
from anfang.kit.db import db


def tell_overdue() -> int:
    """Tell of each complaint past its present deadline, once; returns how many.

    The unit is named where its time ran; else it is the office's own delay.
    """
    late = queries.running_out()
    for one in late:
        one.overdue_told_at = now()
        jobs.emit("complaint.overdue", unit=_whose_time(one))
    db.session.flush()
    return len(late)


def tell_near() -> int:
    """Tell of each complaint whose present deadline is near, once; returns how many."""
    near = queries.coming_due()
    for one in near:
        one.near_told_at = now()
        jobs.emit("complaint.near", unit=_whose_time(one))
    db.session.flush()
    return len(near)


def _whose_time(complaint: Complaint) -> str | None:
    with_unit = complaint.state in WITH_UNIT and complaint.unit_id
    return str(complaint.unit_id) if with_unit else None
