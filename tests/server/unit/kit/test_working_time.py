"""Working days against the State Council's published arrangements for 2025 and 2026."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anfang.kit.working_time import (
    add_working_days,
    add_working_hours,
    deadline,
    is_provisional,
    is_working_day,
    known_years,
    resumed,
    working_days_between,
    working_minutes_between,
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


# Sixty terms counted by hand on a wall calendar: around every holiday and make-up day of two years.
SIXTY = [
    ("2025-01-22", 1, "2025-01-23"),
    ("2025-01-24", 1, "2025-01-26"),
    ("2025-01-24", 2, "2025-01-27"),
    ("2025-01-24", 3, "2025-02-05"),
    ("2025-01-27", 1, "2025-02-05"),
    ("2025-01-26", 2, "2025-02-05"),
    ("2025-01-27", 4, "2025-02-08"),
    ("2025-01-27", 5, "2025-02-10"),
    ("2025-02-07", 1, "2025-02-08"),
    ("2025-02-07", 2, "2025-02-10"),
    ("2025-01-01", 1, "2025-01-02"),
    ("2025-04-03", 1, "2025-04-07"),
    ("2025-04-02", 2, "2025-04-07"),
    ("2025-04-25", 1, "2025-04-27"),
    ("2025-04-25", 4, "2025-04-30"),
    ("2025-04-25", 5, "2025-05-06"),
    ("2025-04-30", 1, "2025-05-06"),
    ("2025-05-30", 1, "2025-06-03"),
    ("2025-05-29", 5, "2025-06-06"),
    ("2025-09-26", 1, "2025-09-28"),
    ("2025-09-26", 3, "2025-09-30"),
    ("2025-09-26", 4, "2025-10-09"),
    ("2025-09-30", 1, "2025-10-09"),
    ("2025-09-30", 3, "2025-10-11"),
    ("2025-09-30", 4, "2025-10-13"),
    ("2025-10-10", 1, "2025-10-11"),
    ("2025-10-11", 1, "2025-10-13"),
    ("2025-12-31", 1, "2026-01-04"),
    ("2025-12-31", 2, "2026-01-05"),
    ("2025-12-30", 1, "2025-12-31"),
    ("2026-01-02", 1, "2026-01-04"),
    ("2026-01-04", 1, "2026-01-05"),
    ("2026-02-12", 1, "2026-02-13"),
    ("2026-02-12", 2, "2026-02-14"),
    ("2026-02-12", 3, "2026-02-24"),
    ("2026-02-14", 2, "2026-02-25"),
    ("2026-02-14", 5, "2026-02-28"),
    ("2026-02-14", 6, "2026-03-02"),
    ("2026-02-27", 1, "2026-02-28"),
    ("2026-02-28", 1, "2026-03-02"),
    ("2026-04-03", 1, "2026-04-07"),
    ("2026-04-02", 5, "2026-04-10"),
    ("2026-04-30", 1, "2026-05-06"),
    ("2026-04-29", 4, "2026-05-08"),
    ("2026-05-08", 1, "2026-05-09"),
    ("2026-05-08", 2, "2026-05-11"),
    ("2026-05-09", 1, "2026-05-11"),
    ("2026-06-18", 1, "2026-06-22"),
    ("2026-06-17", 5, "2026-06-25"),
    ("2026-09-18", 1, "2026-09-20"),
    ("2026-09-18", 5, "2026-09-24"),
    ("2026-09-18", 6, "2026-09-28"),
    ("2026-09-24", 1, "2026-09-28"),
    ("2026-09-30", 1, "2026-10-08"),
    ("2026-09-30", 2, "2026-10-09"),
    ("2026-09-30", 3, "2026-10-10"),
    ("2026-09-30", 4, "2026-10-12"),
    ("2026-10-09", 1, "2026-10-10"),
    ("2026-10-01", 0, "2026-10-08"),
    ("2026-12-31", 1, "2027-01-04"),
]


def test_there_are_sixty_of_them():
    assert len(SIXTY) == len({(start, n) for start, n, _ in SIXTY}) == 60


@pytest.mark.parametrize(("start", "n", "expected"), SIXTY)
def test_deadlines_agree_with_a_hand_made_table(start, n, expected):
    noon = datetime.fromisoformat(f"{start}T12:00:00+08:00")
    assert deadline(noon, n) == datetime.fromisoformat(f"{expected}T18:00:00+08:00")


def at(text):
    return datetime.fromisoformat(f"{text}+08:00")


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-11-20T09:00", "2026-11-20T11:30", 150),
        ("2026-11-20T11:00", "2026-11-20T15:00", 120),  # the noon break does not count
        ("2026-11-20T17:00", "2026-11-23T09:00", 120),  # nor does the weekend
        ("2026-11-20T07:00", "2026-11-20T20:00", 480),
        ("2026-11-21T09:00", "2026-11-22T20:00", 0),
        ("2026-09-19T09:00", "2026-09-20T10:00", 120),  # a make-up Sunday does
        ("2026-09-30T17:00", "2026-10-08T09:00", 120),
        ("2026-11-20T10:00", "2026-11-20T09:00", 0),
    ],
)
def test_working_minutes_pass_in_office_hours_only(start, end, minutes):
    assert working_minutes_between(at(start), at(end)) == minutes


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-20T09:00", 2, "2026-11-20T11:00"),
        ("2026-11-20T11:00", 2, "2026-11-20T15:00"),
        ("2026-11-20T16:00", 4, "2026-11-23T10:00"),
        ("2026-11-20T14:00", 4, "2026-11-20T18:00"),
        ("2026-11-21T03:00", 1, "2026-11-23T09:00"),
        ("2026-09-30T17:00", 2, "2026-10-08T09:00"),
    ],
)
def test_terms_of_hours_run_in_office_hours(start, hours, end):
    assert add_working_hours(at(start), hours) == at(end)


@given(
    start=st.datetimes(datetime(2024, 1, 2), datetime(2026, 10, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    hours=st.integers(1, 100),
)
def test_a_term_of_hours_holds_as_many_minutes(start, hours):
    whole = start.replace(second=0, microsecond=0)
    assert working_minutes_between(whole, add_working_hours(whole, hours)) == hours * 60


@pytest.mark.parametrize(
    ("due", "paused", "resumed_at", "expected"),
    [
        ("2026-11-27T18:00", "2026-11-23T10:00", "2026-11-25T10:00", "2026-12-01T18:00"),
        ("2026-11-27T18:00", "2026-11-27T10:00", "2026-12-01T10:00", "2026-12-01T18:00"),
        ("2026-11-27T18:00", "2026-11-23T10:00", "2026-11-23T11:00", "2026-11-27T18:00"),
        ("2026-09-30T18:00", "2026-09-29T10:00", "2026-10-05T10:00", "2026-10-08T18:00"),
        ("2026-11-20T18:00", "2026-11-23T10:00", "2026-11-25T10:00", "2026-11-20T18:00"),
    ],
)
def test_what_was_left_before_a_pause_is_left_after_it(due, paused, resumed_at, expected):
    assert resumed(at(due), at(paused), at(resumed_at)) == at(expected)


@given(day=covered_days, term=st.integers(1, 30), wait=st.integers(0, 20), pause=st.integers(0, 40))
def test_a_pause_never_shortens_a_term(day, term, wait, pause):
    begun = datetime.combine(day, time(9), tzinfo=UTC)
    due = deadline(begun, term)
    paused = begun + timedelta(days=wait)
    assert resumed(due, paused, paused + timedelta(days=pause)) >= due
