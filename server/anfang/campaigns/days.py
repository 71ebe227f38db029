"""Days as rulebooks write them → calendar days.

`2026-12-08` is that day; `--12-08` (ISO 8601-1:2019's month and day) the first such day from the
campaign's first day on; `P3M`, `P2W`, `P10D` the day after that many months, weeks or days have
passed since its first day.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

YEARLESS: Final = re.compile(r"--([0-9]{2})-([0-9]{2})")
PERIOD: Final = re.compile(r"P([0-9]{1,3})([DWM])")
_LEAP_CYCLE: Final = 8
_MONTHS: Final = 12


def resolve(text: str, first_day: date) -> date:
    """Return the day that a rulebook's text means in a campaign that begins on `first_day`.

    Raises:
        ValueError: there is no such day.
    """
    if yearless := YEARLESS.fullmatch(text):
        return _first_from(first_day, int(yearless[1]), int(yearless[2]))
    if period := PERIOD.fullmatch(text):
        return _after(first_day, int(period[1]), period[2])
    return date.fromisoformat(text)


def is_day(text: str) -> bool:
    """Whether a text means a day at all: `--02-31` has the form of one and is none."""
    try:
        resolve(text, date(2000, 1, 1))
    except ValueError:
        return False
    return True


def _first_from(first_day: date, month: int, day: int) -> date:
    for year in range(first_day.year, first_day.year + _LEAP_CYCLE + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= first_day:
            return found
    raise ValueError(f"--{month:02}-{day:02}")


def _after(first_day: date, count: int, unit: str) -> date:
    if unit == "M":
        years, month = divmod(first_day.month - 1 + count, _MONTHS)
        year = first_day.year + years
        last = monthrange(year, month + 1)[1]
        return date(year, month + 1, min(first_day.day, last))
    return first_day + timedelta(days=count if unit == "D" else 7 * count)
