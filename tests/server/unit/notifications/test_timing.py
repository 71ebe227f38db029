"""When a person is told: never in quiet hours, never on a day off, and never lost."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anfang.kit.working_time import is_working_day
from anfang.notifications.kinds import Mode
from anfang.notifications.timing import Wishes, next_moment

ZONE = ZoneInfo("Asia/Shanghai")
HOURS = st.integers(0, 23)
WISHES = st.builds(Wishes, st.sampled_from(Mode), HOURS, HOURS, HOURS, st.booleans())
MOMENTS = st.integers(0, 350 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def is_quiet(moment: datetime, wishes: Wishes) -> bool:
    local = moment.astimezone(ZONE)
    quiet, hour = False, wishes.quiet_from
    while hour != wishes.quiet_until:
        quiet = quiet or hour == local.hour
        hour = (hour + 1) % 24
    return quiet or (wishes.quiet_days_off and not is_working_day(local.date()))


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-11-23T15:20", "2026-11-23T15:20"),  # a Monday's afternoon: at once
        ("2026-11-23T22:00", "2026-11-24T07:00"),  # at night: in the morning
        ("2026-11-24T06:59", "2026-11-24T07:00"),
        ("2026-11-27T23:30", "2026-11-30T07:00"),  # a Friday night: on Monday
        ("2026-09-30T22:30", "2026-10-08T07:00"),  # before the National Day: after it
        ("2026-02-14T09:00", "2026-02-14T09:00"),  # a Saturday that is worked (调休)
    ],
)
def test_news_at_once_wait_for_the_end_of_quiet(moment, told):
    assert next_moment(at(moment), Wishes(), ZONE) == at(told)


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-11-23T15:20", "2026-11-24T08:00"),
        ("2026-11-23T08:00", "2026-11-23T08:00"),
        ("2026-11-27T09:00", "2026-11-30T08:00"),
    ],
)
def test_a_digest_comes_once_a_working_day(moment, told):
    assert next_moment(at(moment), Wishes(Mode.DIGEST, digest_hour=8), ZONE) == at(told)


def test_a_digest_in_the_quiet_hours_comes_when_they_end():
    wishes = Wishes(Mode.DIGEST, digest_hour=5)
    assert next_moment(at("2026-11-23T15:00"), wishes, ZONE) == at("2026-11-24T07:00")


@given(MOMENTS, WISHES)
def test_nobody_is_told_in_quiet_hours_nor_before_the_news(moment, wishes):
    told = next_moment(moment, wishes, ZONE)
    assert told >= moment
    assert not is_quiet(told, wishes)
    assert told - moment < timedelta(days=12)  # the longest holidays and a digest's day


@given(MOMENTS, HOURS, HOURS, st.booleans())
def test_what_comes_at_once_waits_for_nothing_but_quiet(moment, begins, ends, days_off):
    wishes = Wishes(quiet_from=begins, quiet_until=ends, quiet_days_off=days_off)
    told = next_moment(moment, wishes, ZONE)
    waited = moment
    while waited < told:
        assert is_quiet(waited, wishes)
        waited = min(waited + timedelta(minutes=59), told)
