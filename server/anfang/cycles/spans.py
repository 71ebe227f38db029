"""Periods of a calendar within a campaign's days, and how much of a span has passed. Pure."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}
_ONE_DAY: Final = timedelta(days=1)


def spans(every: str, first: date, last: date) -> Iterator[tuple[date, date]]:
    """Yield the calendar months, quarters or years that touch `first` to `last`, cut to them.

    `once` is the whole span. Both ends are included; nothing if `last` lies before `first`.
    """
    if every == "once":
        if first <= last:
            yield first, last
        return
    begin = first
    while begin <= last:
        after = _next_begin(begin, _MONTHS[every])
        yield begin, min(last, after - _ONE_DAY)
        begin = after


def passed_percent(first: date, last: date, today: date) -> int:
    """Return how much of a span has passed at the end of `today`: 0 to 100, rounded down."""
    days = (last - first).days + 1
    gone = min(max((today - first).days + 1, 0), days)
    return gone * 100 // days if days > 0 else 100


def _next_begin(day: date, months: int) -> date:
    """Return the first day of the calendar month, quarter or year after a day's own."""
    begun = (day.month - 1) // months * months
    years, month = divmod(begun + months, 12)
    return date(day.year + years, month + 1, 1)
