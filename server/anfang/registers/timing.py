"""When a row must have left its state, and when its unit is reminded. Pure."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from anfang.kit.working_time import CLOSING_TIME, add_working_days, deadline
from anfang.registers.rules import State

DayOf = Callable[[str], date]


def due_at(
    state: State, values: Mapping[str, Any], entered_at: datetime, day_of: DayOf, zone: tzinfo
) -> datetime | None:
    """Return the end of a row's term in a state: when the office closes on its last working day.

    Args:
        day_of: what a rulebook's day means in the campaign.

    A term that is counted ends on a working day (民法典 art. 203); a fixed last day stands as it is
    written. None where the state has no term, or the column that holds its last day is empty.
    """
    due, entered = state.due, entered_at.astimezone(zone).date()
    if due is None:
        return None
    if due.working_days is not None:
        return deadline(entered_at, due.working_days, zone)
    last = entered + timedelta(days=due.days) if due.days is not None else None
    if last is not None:
        return _closing(add_working_days(last, 0), zone)
    said = due.day or values.get(due.column or "")
    if not said:
        return None
    return _closing(day_of(due.day) if due.day else date.fromisoformat(said), zone)


def reminder_day(state: State, due: datetime, zone: tzinfo) -> date | None:
    """Return the day on which the reminder goes out."""
    if state.remind_working_days is None:
        return None
    return add_working_days(due.astimezone(zone).date(), -state.remind_working_days)


def _closing(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, CLOSING_TIME, tzinfo=zone).astimezone(UTC)
