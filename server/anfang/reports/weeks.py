"""Days counted by week. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

WEEK: Final = timedelta(days=7)


@dataclass(frozen=True)
class DayCount:
    """What was counted on one day; `points` is the sum over `scored` visits, of 100 each."""

    day: date
    visits: int = 0
    findings: int = 0
    scored: int = 0
    points: int = 0


@dataclass(frozen=True)
class WeekCount:
    """What was counted in a week from Monday `begins` on; `mean` of 100 points, None without."""

    begins: date
    visits: int
    findings: int
    mean: float | None


def by_week(days: Iterable[DayCount]) -> list[WeekCount]:
    """Add days up by week, Monday first [ISO 8601]; weeks between without any visit are zero."""
    weeks: dict[date, list[DayCount]] = {}
    for one in days:
        weeks.setdefault(one.day - timedelta(days=one.day.weekday()), []).append(one)
    if not weeks:
        return []
    first, last = min(weeks), max(weeks)
    every = (first + WEEK * number for number in range((last - first) // WEEK + 1))
    return [_week(begins, weeks.get(begins, [])) for begins in every]


def _week(begins: date, days: list[DayCount]) -> WeekCount:
    scored = sum(one.scored for one in days)
    return WeekCount(
        begins,
        sum(one.visits for one in days),
        sum(one.findings for one in days),
        round(sum(one.points for one in days) / scored, 1) if scored else None,
    )
