"""The phone's clock, against the bracket of ticket and receipt."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any, Final
from zoneinfo import ZoneInfo

from anfang.inspections.flags.flag import Flag
from anfang.kit.clock import local_day, parse_rfc3339, rfc3339

TOLERANCE: Final = timedelta(minutes=5)
"""How far a phone's clock may stray without a word."""
LATE: Final = timedelta(hours=72)
"""How long after submission a delivery needs no explanation."""


class NoTicket(Enum):
    """Why a record has no time ticket that counts."""

    MISSING = "missing"
    FOREIGN = "foreign"


@dataclass(frozen=True)
class Bracket:
    """The record existed no earlier than the ticket and no later than its receipt."""

    ticket: datetime | NoTicket
    received_at: datetime
    zone: ZoneInfo


def compare_clock(clock: Mapping[str, Any] | None, bracket: Bracket) -> Iterator[Flag]:
    """Compare a disclosed `clock` with the bracket and with itself."""
    if isinstance(bracket.ticket, NoTicket):
        yield Flag(f"ticket-{bracket.ticket.value}")
    times = _times(clock or {})
    if "submitted_at" not in times:
        yield Flag("clock-missing")
    yield from _ahead(times, bracket)
    yield from _behind(times, bracket)
    yield from _late(times, bracket)
    yield from _within(times, (clock or {}).get("monotonic_ms"))


def compare_day(
    day: date | None, clock: Mapping[str, Any] | None, bracket: Bracket
) -> Iterator[Flag]:
    """Compare the disclosed `day` with the clock's days and with the day of receipt."""
    if day is None:
        yield Flag("day-missing")
        return
    times = _times(clock or {})
    days = {
        local_day(times[name], bracket.zone) for name in ("started_at", "ended_at") & times.keys()
    }
    if days and day not in days:
        yield Flag("day-differs", {"day": str(day), "clock_day": str(min(days))})
    received = local_day(bracket.received_at, bracket.zone)
    if day > received + timedelta(days=1):
        yield Flag("day-ahead", {"day": str(day), "received_day": str(received)})


def compare_revocation(
    clock: Mapping[str, Any] | None, bracket: Bracket, revoked_at: datetime | None
) -> Iterator[Flag]:
    """Look whether a phone signed after it was revoked: by its own clock, or by its ticket.

    A ticket that was issued later shows it whatever the phone's clock says.
    """
    if revoked_at is None:
        return
    known = [_times(clock or {}).get("submitted_at"), bracket.ticket]
    times = [one for one in known if isinstance(one, datetime)]
    if times and max(times) > revoked_at:
        yield Flag(
            "signed-after-revocation",
            {"signed_at": rfc3339(max(times)), "revoked_at": rfc3339(revoked_at)},
        )


def _times(clock: Mapping[str, Any]) -> dict[str, datetime]:
    names = ("started_at", "ended_at", "submitted_at")
    return {name: parse_rfc3339(clock[name]) for name in names if clock.get(name) is not None}


def _ahead(times: Mapping[str, datetime], bracket: Bracket) -> Iterator[Flag]:
    latest = max(times.values(), default=bracket.received_at)
    if latest > bracket.received_at + TOLERANCE:
        yield Flag(
            "clock-ahead",
            {
                "phone_time": rfc3339(latest),
                "received_at": rfc3339(bracket.received_at),
                "minutes": _minutes(latest - bracket.received_at),
            },
        )


def _behind(times: Mapping[str, datetime], bracket: Bracket) -> Iterator[Flag]:
    submitted = times.get("submitted_at")
    if submitted is None or isinstance(bracket.ticket, NoTicket):
        return
    if submitted < bracket.ticket - TOLERANCE:
        yield Flag(
            "clock-behind",
            {
                "phone_time": rfc3339(submitted),
                "ticket_time": rfc3339(bracket.ticket),
                "minutes": _minutes(bracket.ticket - submitted),
            },
        )


def _late(times: Mapping[str, datetime], bracket: Bracket) -> Iterator[Flag]:
    """A phone whose clock is slow is not late for that: the ticket bounds the time from below."""
    submitted = times.get("submitted_at")
    if submitted is None:
        return
    known = submitted if isinstance(bracket.ticket, NoTicket) else max(submitted, bracket.ticket)
    if bracket.received_at - known > LATE:
        hours = (bracket.received_at - known) // timedelta(hours=1)
        yield Flag("delivered-late", {"hours": hours})


def _within(times: Mapping[str, datetime], monotonic_ms: int | None) -> Iterator[Flag]:
    order = [times[n] for n in ("started_at", "ended_at", "submitted_at") if n in times]
    if order != sorted(order):
        yield Flag("clock-reversed")
    if monotonic_ms is None or not {"started_at", "ended_at"} <= times.keys():
        return
    by_clock = times["ended_at"] - times["started_at"]
    by_counter = timedelta(milliseconds=min(monotonic_ms, _LONGEST_MS))
    if by_counter > by_clock + TOLERANCE:
        yield Flag(
            "clock-jumped",
            {"clock_minutes": _minutes(by_clock), "counted_minutes": _minutes(by_counter)},
        )


_LONGEST_MS: Final = 10**13


def _minutes(span: timedelta) -> int:
    return span // timedelta(minutes=1)
