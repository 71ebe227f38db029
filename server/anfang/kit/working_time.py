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
OFFICE_HOURS = ((time(8, 0), time(12, 0)), (time(14, 0), CLOSING_TIME))
"""When offices are open on a working day; eight hours with a noon break."""

_ONE_DAY = timedelta(days=1)
_ONE_MINUTE = timedelta(minutes=1)
_OPEN_A_DAY = sum(
    (
        timedelta(hours=closes.hour - opens.hour, minutes=closes.minute - opens.minute)
        for opens, closes in OFFICE_HOURS
    ),
    timedelta(0),
)
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


def working_minutes_between(start: datetime, end: datetime, tz: tzinfo = OFFICE_TIME_ZONE) -> int:
    """Count the whole minutes of `OFFICE_HOURS` on working days from `start` to `end`.

    Zero if `end` is not after `start`.

    Raises:
        ValueError: a moment carries no time zone.
    """
    _require_zones(start, end)
    start, end = start.astimezone(tz), end.astimezone(tz)
    if end <= start:
        return 0
    if start.date() == end.date():
        return int(_open_between(start.date(), start, end, tz) // _ONE_MINUTE)
    between = working_days_between(start.date(), end.date() - _ONE_DAY)
    first = _open_between(start.date(), start, _midnight_after(start), tz)
    last = _open_between(end.date(), _midnight_after(end) - _ONE_DAY, end, tz)
    return int((first + last + between * _OPEN_A_DAY) // _ONE_MINUTE)


def add_working_hours(start: datetime, hours: int, tz: tzinfo = OFFICE_TIME_ZONE) -> datetime:
    """Return, in UTC, when `hours` hours of `OFFICE_HOURS` after `start` have passed.

    A term of hours runs from the moment on; what begins outside office hours runs from the next
    opening. It ends within office hours, at closing time rather than at the next opening.

    Raises:
        ValueError: `start` carries no time zone, or `hours` is not positive.
    """
    _require_zones(start)
    if hours <= 0:
        raise ValueError("a term has a positive number of hours")
    left, at = timedelta(hours=hours), start.astimezone(tz)
    while True:
        for opens, closes in _open_spans(at.date(), tz):
            begins = max(at, opens)
            if closes - begins >= left:
                return (begins + left).astimezone(UTC)
            left -= max(closes - begins, timedelta(0))
        at = datetime.combine(at.date() + _ONE_DAY, time.min, tzinfo=tz)


def resumed(
    due_at: datetime, paused_at: datetime, resumed_at: datetime, tz: tzinfo = OFFICE_TIME_ZONE
) -> datetime:
    """Return, in UTC, when a term runs out that stood still from `paused_at` to `resumed_at`.

    The working days that were left after the day of the pause are left after the day on which the
    time runs again; a term whose last day that was ends on that day, or the next working day. It
    never ends earlier than it would have. A term that was over when it was paused stays as it is.

    Raises:
        ValueError: a moment carries no time zone.
    """
    _require_zones(due_at, paused_at, resumed_at)
    if due_at <= paused_at:
        return due_at
    left = working_days_between(paused_at.astimezone(tz).date(), due_at.astimezone(tz).date())
    moved = deadline(resumed_at, max(left, 0), tz)
    return max(moved, due_at.astimezone(UTC))


@lru_cache(maxsize=8192)
def _count_working_days(start: date, stop: date) -> int:
    """Count the working days from `start` up to, not including, `stop`.

    Remembered: a list of a hundred cases asks for the same few days again and again.
    """
    return sum(is_working_day(start + _ONE_DAY * i) for i in range((stop - start).days))


def _plain(day: date) -> date:
    """Reduce a datetime, which is also a date, to its calendar day."""
    return day.date() if isinstance(day, datetime) else day


def _open_spans(day: date, tz: tzinfo) -> list[tuple[datetime, datetime]]:
    """Return from when to when offices are open on a day; nothing on a day off."""
    if not is_working_day(day):
        return []
    return [
        (datetime.combine(day, opens, tzinfo=tz), datetime.combine(day, closes, tzinfo=tz))
        for opens, closes in OFFICE_HOURS
    ]


def _open_between(day: date, start: datetime, end: datetime, tz: tzinfo) -> timedelta:
    spans = (min(closes, end) - max(opens, start) for opens, closes in _open_spans(day, tz))
    return sum((max(one, timedelta(0)) for one in spans), timedelta(0))


def _midnight_after(moment: datetime) -> datetime:
    return datetime.combine(moment.date() + _ONE_DAY, time.min, tzinfo=moment.tzinfo)


def _require_zones(*moments: datetime) -> None:
    if any(one.tzinfo is None for one in moments):
        raise ValueError("a moment must carry a time zone")
