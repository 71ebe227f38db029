"""Days as rulebooks write them."""

from datetime import date

import pytest

from anfang.campaigns.days import is_day, resolve

BEGINS = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2010-12-12", date(2010, 12, 12)),
        ("--11-30", date(2026, 11, 30)),
        ("--11-29", date(2027, 11, 29)),
        ("--02-29", date(2028, 2, 29)),
        ("P3M", date(2027, 2, 28)),
        ("P13M", date(2027, 12, 30)),
        ("P1W", date(2026, 12, 7)),
        ("P10D", date(2026, 12, 10)),
    ],
)
def test_a_day_is_found_from_the_campaigns_first_day(text, day):
    assert resolve(text, BEGINS) == day


@pytest.mark.parametrize("text", ["--02-30", "--13-01", "2026-02-29", "P3Y", "soon"])
def test_what_is_no_day_is_said_to_be_none(text):
    assert not is_day(text)
    with pytest.raises(ValueError):  # noqa: PT011 -- whatever the calendar says
        resolve(text, BEGINS)
