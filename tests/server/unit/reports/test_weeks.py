"""Days by week."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from anfang.reports.weeks import DayCount, by_week

DAYS = st.builds(
    DayCount,
    st.dates(date(2020, 1, 1), date(2022, 12, 31)),
    st.integers(0, 9),
    st.integers(0, 9),
)


@given(st.lists(DAYS))
def test_nothing_is_lost_and_no_week_is_missing(days):
    weeks = by_week(days)
    assert sum(one.visits for one in weeks) == sum(one.visits for one in days)
    assert sum(one.findings for one in weeks) == sum(one.findings for one in days)
    assert all(one.begins.weekday() == 0 for one in weeks)
    assert all(b.begins - a.begins == timedelta(days=7) for a, b in pairwise(weeks))


def test_the_mean_is_over_the_scored_visits_of_the_week():
    monday, sunday = date(2026, 11, 16), date(2026, 11, 22)
    days = [DayCount(sunday, 2, 1, 1, 70), DayCount(monday, 1, 0, 1, 91), DayCount(monday, 1)]
    [week] = by_week(days)
    assert (week.begins, week.visits, week.findings, week.mean) == (monday, 4, 1, 80.5)
    assert by_week([DayCount(monday, 1)])[0].mean is None
