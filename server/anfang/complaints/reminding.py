"""Verbs of the clock: tell once which complaints are past a deadline."""

from anfang.complaints import queries
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
        unit = str(one.unit_id) if one.state in WITH_UNIT and one.unit_id else None
        jobs.emit("complaint.overdue", unit=unit)
    db.session.flush()
    return len(late)
