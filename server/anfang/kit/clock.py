"""The one clock of the server: UTC with milliseconds, as PROTOCOL writes every time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

_replayed: Final[ContextVar[datetime | None]] = ContextVar("anfang_replayed", default=None)


def now() -> datetime:
    """Return the present moment, aware, UTC, cut to milliseconds."""
    moment = _replayed.get() or datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


@contextmanager
def replaying(moment: datetime) -> Iterator[None]:
    """Play a moment of the past: for the demonstration alone, whose days lie behind today.

    A guard test holds that nothing else calls this: a real record's times are real.
    """
    token = _replayed.set(moment)
    try:
        yield
    finally:
        _replayed.reset(token)


def rfc3339(moment: datetime) -> str:
    """Write an aware datetime as RFC 3339 UTC with milliseconds: `2026-11-21T08:15:30.250Z`."""
    return (
        moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
    )


def parse_rfc3339(text: str) -> datetime:
    """Read an RFC 3339 time with zone; raises ValueError for anything else."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time needs its zone")
    return moment.astimezone(UTC)


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """Return the office's calendar day of a moment; at the calendar's own ends, the UTC day."""
    try:
        return moment.astimezone(zone).date()
    except OverflowError:
        return moment.date()
