"""How near a matter's deadline is: 蓝 near, 黄 the last day, 红 overdue (DOMAIN.md E). Pure."""

from dataclasses import dataclass
from datetime import datetime, time, tzinfo
from typing import Final, Literal

from marshmallow import Schema, fields, validate

from anfang.kit.working_time import add_working_days, is_provisional, working_days_between

Colour = Literal["none", "blue", "yellow", "red"]
Code = Literal["deadline-far", "deadline-near", "deadline-last-day", "deadline-overdue"]

COLOURS: Final = ("none", "blue", "yellow", "red")
NEAR_WORKING_DAYS: Final = 2


@dataclass(frozen=True)
class Deadline:
    """A deadline as it looks at one moment.

    Attributes:
        code: the same in words, for a text and for who sees no colour.
        working_days_left: after today up to the last day; negative when it is over.
        provisional: the official calendar does not cover the whole term yet, so it may move.
    """

    colour: Colour
    code: Code
    working_days_left: int
    provisional: bool


class DeadlineSchema(Schema):
    """How near the deadline is; `provisional`: the official calendar may still move it."""

    colour = fields.String(required=True, validate=validate.OneOf(COLOURS))
    code = fields.String(required=True)
    working_days_left = fields.Integer(required=True)
    provisional = fields.Boolean(required=True)


@dataclass(frozen=True)
class Bounds:
    """The colours of one moment as bounds of `due_at`, for a database that counts no working days.

    Red before `now`, then yellow before `near`, then blue before `far`, then none.
    """

    now: datetime
    near: datetime
    far: datetime


def deadline_of(due_at: datetime, opened_at: datetime, at: datetime, zone: tzinfo) -> Deadline:
    """Judge a deadline at the moment `at`, in the office's time zone.

    Blue with at most two working days left after today, yellow on the last day, red once it has
    passed.
    """
    today, last = at.astimezone(zone).date(), due_at.astimezone(zone).date()
    left = working_days_between(today, last)
    colour, code = _look(left, over=at > due_at)
    provisional = is_provisional(opened_at.astimezone(zone).date(), last)
    return Deadline(colour, code, left, provisional)


def colour_bounds(at: datetime, zone: tzinfo) -> Bounds:
    """Return the bounds between the colours at the moment `at`; they agree with `deadline_of`."""
    today = at.astimezone(zone).date()

    def begins(working_days: int) -> datetime:
        day = add_working_days(today, working_days)
        return datetime.combine(day, time.min, tzinfo=zone)

    # A last day on a day off counts as the working day before it: bounds are working days' dawns.
    return Bounds(at, begins(1), begins(NEAR_WORKING_DAYS + 1))


def _look(left: int, *, over: bool) -> tuple[Colour, Code]:
    if over:
        return "red", "deadline-overdue"
    if left <= 0:
        return "yellow", "deadline-last-day"
    if left <= NEAR_WORKING_DAYS:
        return "blue", "deadline-near"
    return "none", "deadline-far"
