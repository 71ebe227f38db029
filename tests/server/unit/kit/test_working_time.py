"""Working days against the State Council's published arrangements for 2025 and 2026."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anfang.kit.working_time import (
    add_working_days,
    deadline,
    is_provisional,
    is_working_day,
    known_years,
    working_days_between,
)

# Typed by hand from the yearly notices 国务院办公厅关于部分节假日安排的通知 for 2025 and 2026.
ARRANGEMENTS = {
    # 2025: Spring Festival 28 Jan to 4 Feb; make-up days 26 Jan (Sun), 8 Feb (Sat)
    "2025-01-01": False,
    "2025-01-02": True,
    "2025-01-25": False,
    "2025-01-26": True,
    "2025-01-27": True,
    "2025-01-28": False,
    "2025-02-04": False,
    "2025-02-05": True,
    "2025-02-08": True,
    "2025-02-09": False,
    "2025-04-03": True,
    "2025-04-04": False,
    "2025-04-07": True,
    "2025-04-27": True,
    "2025-05-01": False,
    "2025-05-05": False,
    "2025-05-06": True,
    "2025-05-30": True,
    "2025-06-02": False,
    "2025-09-28": True,
    "2025-10-01": False,
    "2025-10-08": False,
    "2025-10-09": True,
    "2025-10-11": True,
    "2025-10-12": False,
    # 2026: New Year 1 to 3 Jan, make-up 4 Jan (Sun); Spring Festival 15 to 23 Feb
    "2026-01-01": False,
    "2026-01-02": False,
    "2026-01-03": False,
    "2026-01-04": True,
    "2026-02-13": True,
    "2026-02-14": True,
    "2026-02-15": False,
    "2026-02-23": False,
    "2026-02-24": True,
    "2026-02-28": True,
    "2026-04-06": False,
    "2026-05-05": False,
    "2026-05-09": True,
    "2026-06-19": False,
    "2026-06-22": True,
    "2026-09-20": True,
    "2026-09-25": False,
    "2026-10-01": False,
    "2026-10-07": False,
    "2026-10-08": True,
    "2026-10-10": True,
    "2026-10-11": False,
}

covered_days = st.dates(min_value=date(2024, 1, 1), max_value=date(2026, 12, 31))
any_days = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))


@pytest.mark.parametrize(("day", "expected"), ARRANGEMENTS.items())
def test_holidays_and_make_up_days_follow_the_published_arrangement(day, expected):
    assert is_working_day(date.fromisoformat(day)) is expected


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        ("2026-02-13", 1, "2026-02-14"),  # a make-up Saturday counts
        ("2026-02-14", 1, "2026-02-24"),  # over the Spring Festival
        ("2026-09-24", 5, "2026-10-09"),  # Mid-autumn, three days, National Day, two days
        ("2026-11-20", 5, "2026-11-27"),
        ("2026-11-21", 0, "2026-11-23"),  # a Saturday rolls on to Monday
        ("2026-11-20", 0, "2026-11-20"),
        ("2026-10-08", -1, "2026-09-30"),
    ],
)
def test_terms_are_counted_over_holidays(start, n, expected):
    assert add_working_days(date.fromisoformat(start), n) == date.fromisoformat(expected)


def test_a_term_ends_when_the_office_closes_in_office_time():
    late_on_friday = datetime(2026, 11, 20, 15, 59, tzinfo=UTC)  # 23:59 in Shanghai
    assert deadline(late_on_friday, 5) == datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
    saturday_there = late_on_friday + timedelta(minutes=1)
    assert deadline(saturday_there, 5) == datetime(2026, 11, 27, 10, 0, tzinfo=UTC)


def test_office_zone_and_closing_time_are_parameters():
    start = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
    end = deadline(start, 1, tz=timezone(timedelta(hours=6)), closing=time(17, 30))
    assert end == datetime(2026, 11, 23, 11, 30, tzinfo=UTC)
    assert end.tzinfo is UTC


def test_a_start_without_zone_or_a_negative_term_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        deadline(datetime(2026, 11, 20), 5)  # noqa: DTZ001
    with pytest.raises(ValueError, match="negative"):
        deadline(datetime(2026, 11, 20, tzinfo=UTC), -1)


def test_days_after_the_last_published_year_are_provisional_and_keep_fixed_holidays():
    beyond = date(known_years().stop, 1, 1)
    assert is_provisional(beyond)
    assert not is_working_day(beyond)
    monday = date(2095, 3, 7)
    assert is_working_day(monday)
    assert not is_working_day(monday - timedelta(days=1))
    assert is_provisional(date(2026, 12, 30), beyond)
    assert not is_provisional(date(2026, 12, 30))


@given(day=any_days, n=st.integers(min_value=1, max_value=60))
def test_counting_forth_and_back_agrees_with_the_count_between(day, n):
    ahead, behind = add_working_days(day, n), add_working_days(day, -n)
    assert is_working_day(ahead)
    assert is_working_day(behind)
    assert working_days_between(day, ahead) == n
    assert working_days_between(day, behind) == -n


@given(day=covered_days, n=st.integers(1, 40), m=st.integers(1, 40))
def test_terms_add_up(day, n, m):
    assert add_working_days(add_working_days(day, n), m) == add_working_days(day, n + m)


@given(day=any_days)
def test_a_term_of_no_days_ends_on_the_day_itself_or_the_next_working_day(day):
    expected = day if is_working_day(day) else add_working_days(day, 1)
    assert add_working_days(day, 0) == expected


@given(day=covered_days, clock=st.times(timezones=st.just(UTC)))
def test_a_deadline_lies_after_its_start(day, clock):
    moment = datetime.combine(day, clock)
    assert deadline(moment, 1) > moment
