"""Periods of a calendar: no day is left out, none stands twice, none lies outside."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anfang.cycles.spans import passed_percent, spans

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@given(st.sampled_from(["month", "quarter", "year", "once"]), DAYS, st.integers(0, 1200))
def test_the_periods_of_a_span_are_the_span(every, first, length):
    last = first + timedelta(days=length)
    found = list(spans(every, first, last))
    assert found[0][0] == first
    assert found[-1][1] == last
    for (begin, end), (following, _) in pairwise(found):
        assert begin <= end
        assert following == end + timedelta(days=1)
        assert following.day == 1


@pytest.mark.parametrize(
    ("every", "first", "last", "found"),
    [
        ("quarter", "2010-12-08", "2011-03-31", ["2010-12-08 2010-12-31", "2011-01-01 2011-03-31"]),
        ("year", "2010-12-08", "2011-02-02", ["2010-12-08 2010-12-31", "2011-01-01 2011-02-02"]),
        ("month", "2027-01-31", "2027-02-28", ["2027-01-31 2027-01-31", "2027-02-01 2027-02-28"]),
        ("month", "2027-02-01", "2027-01-31", []),
    ],
)
def test_calendar_periods_are_cut_to_the_campaign(every, first, last, found):
    days = spans(every, date.fromisoformat(first), date.fromisoformat(last))
    assert [f"{begin} {end}" for begin, end in days] == found


@given(DAYS, st.integers(0, 1200), DAYS)
def test_time_passes_from_nothing_to_all(first, length, today):
    last = first + timedelta(days=length)
    percent = passed_percent(first, last, today)
    assert 0 <= percent <= 100
    assert (percent == 100) == (today >= last)
    if today < first:
        assert percent == 0
