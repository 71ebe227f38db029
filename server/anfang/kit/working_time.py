"""Chinese working days: deadlines that know holidays and make-up working days (调休).

The calendar is the kept library `chinesecalendar`, which carries the State Council's yearly
notices (国务院办公厅关于部分节假日安排的通知). A notice appears late in the year before; days after
the last one are *provisional*: weekends and the holidays whose solar date the law itself fixes
(全国年节及纪念日放假办法) are off; lunar festivals, bridge days and make-up days are
not known. `is_provisional` tells callers, who show it beside the deadline.

Counting follows the Civil Code (民法典): the day of the event is not counted (art. 201), a term
that would end on a day off ends on the next working day, and where business hours apply it ends
when they close (art. 203).
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

import chinese_calendar

OFFICE_TIME_ZONE = ZoneInfo("Asia/Shanghai")
CLOSING_TIME = time(18, 0)

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
# (month, day) of the holidays that the law fixes by solar date, whatever the yearly notice says.
_FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


@cache
def known_years() -> range:
    """Years whose official arrangement the calendar carries, e.g. ``range(2004, 2027)``."""
    years = {day.year for day in chinese_calendar.holidays}
    return range(min(years), max(years) + 1)


def is_provisional(first: date, last: date | None = None) -> bool:
    """Tell whether any day from `first` to `last` (both included) has no official arrangement yet.

    A deadline counted over such days may move once the notice appears: say so where it is shown.
    `last` is `first` when left out; the order of the two does not matter.
    """
    years = known_years()
    return first.year not in years or (last is not None and last.year not in years)


def is_working_day(day: date) -> bool:
    """Tell whether offices work on `day`: make-up weekends count, holidays do not.

    Never raises: a day that no official arrangement covers is judged by weekday and the fixed
    solar holidays (see `is_provisional`).
    """
    return _judged(_plain(day))


@lru_cache(maxsize=8192)
def _judged(day: date) -> bool:
    if is_provisional(day):
        return day.weekday() < _SATURDAY and (day.month, day.day) not in _FIXED_HOLIDAYS
    return bool(chinese_calendar.is_workday(day))


def add_working_days(day: date, n: int) -> date:
    """Return the `n`-th working day after `day`; `day` itself is not counted (民法典 art. 201).

    ``n == 0`` gives `day` if it is a working day, else the next one (art. 203). A negative `n`
    counts back, for reminders such as "one working day before it is due".
    """
    day = _plain(day)
    if n == 0:
        return day if is_working_day(day) else add_working_days(day, 1)
    step = _ONE_DAY if n > 0 else -_ONE_DAY
    for _ in range(abs(n)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def working_days_between(first: date, last: date) -> int:
    """Count the working days after `first` up to and including `last`.

    So ``working_days_between(d, add_working_days(d, n)) == n`` for every ``n > 0``. If `last` lies
    before `first` the result is negative: minus the working days from `last` up to, not including,
    `first`, which makes the same equation hold for ``n < 0``.
    """
    first, last = _plain(first), _plain(last)
    if last < first:
        return -_count_working_days(last, first)
    return _count_working_days(first + _ONE_DAY, last + _ONE_DAY)


def deadline(
    start: datetime,
    working_days: int,
    tz: tzinfo = OFFICE_TIME_ZONE,
    closing: time = CLOSING_TIME,
) -> datetime:
    """Return, in UTC, when a term of `working_days` that began at `start` runs out.

    The day of `start` *in the office's time zone* is not counted; the term ends at the office's
    closing time on its last working day. Use `is_provisional` with both days to learn whether the
    official calendar covers the whole term.

    Raises:
        ValueError: `start` carries no time zone, or `working_days` is negative.
    """
    if start.tzinfo is None:
        raise ValueError("start must carry a time zone")
    if working_days < 0:
        raise ValueError("a term cannot have a negative number of working days")
    last_day = add_working_days(start.astimezone(tz).date(), working_days)
    return datetime.combine(last_day, closing, tzinfo=tz).astimezone(UTC)


@lru_cache(maxsize=8192)
def _count_working_days(start: date, stop: date) -> int:
    """Count the working days from `start` up to, not including, `stop`.

    Remembered: a list of a hundred cases asks for the same few days again and again.
    """
    return sum(is_working_day(start + _ONE_DAY * i) for i in range((stop - start).days))


def _plain(day: date) -> date:
    """Reduce a datetime, which is also a date, to its calendar day."""
    return day.date() if isinstance(day, datetime) else day
