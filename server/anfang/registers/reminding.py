"""Verbs of the clock: tell which rows are near the end of their term, and which are past it."""

from datetime import date

from flask import current_app
from sqlalchemy import select

from anfang.campaigns import queries as campaigns
from anfang.jobs import service as jobs
from anfang.kit.clock import local_day, now
from anfang.kit.db import db
from anfang.registers import queries, timing
from anfang.registers.models import RegisterRow
from anfang.registers.rules import Register


def tell_due() -> int:
    """Tell once of each row that its reminder is due, once that it is overdue; returns how many.

    Only running campaigns have terms.
    """
    told = 0
    today = local_day(now(), current_app.config["ZONE"])
    for campaign in campaigns.running():
        registers = queries.registers_of(campaign.id)
        waiting = select(RegisterRow).where(
            RegisterRow.campaign_id == campaign.id,
            RegisterRow.due_at.is_not(None),
            RegisterRow.overdue_told_at.is_(None),
        )
        for row in db.session.scalars(waiting).all():
            register = registers.get(row.register)
            told += register is not None and _tell(register, row, today)
    db.session.flush()
    return told


def _tell(register: Register, row: RegisterRow, today: date) -> bool:
    """Tell of one row what is due to be told; a row that is done or void has nothing to miss."""
    state, due = register.state(row.state), row.due_at
    if due is None or state.outcome:
        return False
    facts = {
        "row": str(row.id),
        "campaign": str(row.campaign_id),
        # What the office keeps to itself is not told to the unit that it is about.
        "unit": str(row.unit_id) if register.visibility == "unit" else None,
        "due": due.isoformat(),
    }
    title = f"{register.title} · {state.title}"
    if now() > due:
        row.overdue_told_at = now()
        jobs.emit("register.overdue", title=title, **facts)
        return True
    day = timing.reminder_day(state, due, current_app.config["ZONE"])
    if day is not None and day <= today and row.reminded_at is None:
        row.reminded_at = now()
        jobs.emit("register.due_soon", title=title, **facts)
        return True
    return False
