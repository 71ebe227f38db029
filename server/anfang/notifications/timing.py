"""When a person may be told: at once or once a day, never in quiet hours or on days off. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from anfang.kit.working_time import is_working_day
from anfang.notifications.kinds import Mode

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Wishes:
    """When a person wants to be told; hours are 0–23 of the office's time zone.

    Attributes:
        digest_hour: when the day's news come together; read only in `Mode.DIGEST`.
        quiet_from, quiet_until: nothing comes from the one hour to the other, over midnight where
            the first is the later; both the same: no quiet hours.
        quiet_days_off: nothing comes on weekends and holidays, make-up working days excepted.
    """

    mode: Mode = Mode.AT_ONCE
    digest_hour: int = 8
    quiet_from: int = 22
    quiet_until: int = 7
    quiet_days_off: bool = True


def next_moment(at: datetime, wishes: Wishes, zone: tzinfo) -> datetime:
    """Return, in UTC, when news of the moment `at` may be told first; `at` itself if right now.

    A digest whose hour lies in the quiet hours comes when they end.
    """
    if wishes.mode is Mode.AT_ONCE:
        return after_quiet(at, wishes, zone)
    local = at.astimezone(zone)
    digest = local.replace(hour=wishes.digest_hour, minute=0, second=0, microsecond=0)
    if digest < local:
        digest += _ONE_DAY
    while wishes.quiet_days_off and not is_working_day(digest.date()):
        digest += _ONE_DAY
    return after_quiet(digest, wishes, zone)


def after_quiet(at: datetime, wishes: Wishes, zone: tzinfo) -> datetime:
    """Return, in UTC, the first moment from `at` on that is not quiet."""
    local = at.astimezone(zone)
    while True:
        if wishes.quiet_days_off and not is_working_day(local.date()):
            local = datetime.combine(local.date() + _ONE_DAY, time.min, tzinfo=zone)
        elif _is_quiet(local.hour, wishes):
            local = _end_of_quiet(local, wishes)
        else:
            return local.astimezone(UTC)


def _is_quiet(hour: int, wishes: Wishes) -> bool:
    begins, ends = wishes.quiet_from, wishes.quiet_until
    if begins <= ends:
        return begins <= hour < ends
    return hour >= begins or hour < ends


def _end_of_quiet(local: datetime, wishes: Wishes) -> datetime:
    day = local.date() if local.hour < wishes.quiet_until else local.date() + _ONE_DAY
    return datetime.combine(day, time(wishes.quiet_until), tzinfo=local.tzinfo)
