"""When a row must have left its state, and when its unit is reminded. Pure."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from anfang.kit.working_time import add_working_days, deadline
from anfang.registers.rules import State

DayOf = Callable[[str], date]


def due_at(
    state: State, values: Mapping[str, Any], entered_at: datetime, day_of: DayOf, zone: tzinfo
) -> datetime | None:
    """Return the end of a row's term in a state: when the office closes on its last working day.

    Args:
        day_of: what a rulebook's day means in the campaign.

    None where the state has no term, or the column that holds its last day is empty.
    """
    last = _last_day(state, values, entered_at.astimezone(zone).date(), day_of)
    if last is None:
        return None
    # A term of no working days from a day's own beginning: that day, or the next working day.
    begins = datetime.combine(last, datetime.min.time(), tzinfo=zone)
    return deadline(begins, 0, zone)


def reminder_day(state: State, due: datetime, zone: tzinfo) -> date | None:
    """Return the day on which the reminder goes out."""
    if state.remind_working_days is None:
        return None
    return add_working_days(due.astimezone(zone).date(), -state.remind_working_days)


def _last_day(state: State, values: Mapping[str, Any], entered: date, day_of: DayOf) -> date | None:
    due = state.due
    if due is None:
        return None
    if due.working_days is not None:
        return add_working_days(entered, due.working_days)
    if due.days is not None:
        return entered + timedelta(days=due.days)
    if due.day is not None:
        return day_of(due.day)
    said = values.get(due.column or "")
    return date.fromisoformat(said) if said else None
