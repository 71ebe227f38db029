"""Verbs of delivery: send what waits for a channel, keep how it went, try again later.

[Note: At least once] news is taken off its channel only when it was taken by the other side: a
worker killed in between sends it again. Each channel is an event of its own, so that one that
does not answer holds up no other.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from flask import current_app
from sqlalchemy import ColumnElement

from anfang.jobs import service as jobs
from anfang.kit.channel_sending import send
from anfang.kit.clock import now
from anfang.kit.db import transaction
from anfang.kit.errors import NotFound, TooManyAttempts
from anfang.kit.sealing import SealingError
from anfang.notifications import keeping, queries, texts
from anfang.notifications.kinds import News
from anfang.notifications.models import NotificationChannel
from anfang.notifications.timing import Wishes, after_quiet, next_moment

_LEASE: Final = timedelta(minutes=5)
_RETRY_AFTER: Final = timedelta(minutes=1)
_LONGEST_RETRY: Final = timedelta(hours=6)
_BETWEEN_TESTS: Final = timedelta(seconds=20)


@dataclass(frozen=True)
class _Parcel:
    """What goes out: the sealed address, and the counts that it tells."""

    channel: UUID
    sealed: str
    locale: str
    counts: Mapping[str, int]


def hand_out() -> int:
    """Have everything sent whose time has come, each channel for itself; returns how many."""
    due = queries.due_channels()
    for channel_id in due:
        jobs.emit("notification.due", channel=str(channel_id))
    return len(due)


def deliver(channel_id: UUID) -> None:
    """Send what waits for a channel, in transactions of its own; nothing due is no error."""
    with transaction():
        parcel = _lease(channel_id)
    if parcel is None:
        return
    failure = _send(parcel)
    with transaction():
        _settle(parcel, failure)


def try_out(channel_id: UUID, *within: ColumnElement[bool]) -> str | None:
    """Send a test message now, quiet hours or not; returns None, or why it was not taken.

    Opens its own transactions: whoever waits for the answer holds up nobody else.

    Raises:
        NotFound: there is no such channel.
        TooManyAttempts: the last test is only seconds ago.
    """
    with transaction():
        channel = queries.channel(channel_id, *within)
        _require_pause(channel)
        channel.tested_at = now()
        parcel = _parcel(channel, {News.TEST.value: 1})
    failure = _send(parcel)
    with transaction():
        _keep_outcome(queries.channel(channel_id), failure)
    return failure


def _lease(channel_id: UUID) -> _Parcel | None:
    """Take what waits, and keep others from taking it for some minutes."""
    try:
        channel = queries.channel(channel_id)
    except NotFound:
        return None
    if not channel.pending or channel.due_at is None or channel.due_at > now():
        return None
    due = after_quiet(now(), _wishes(channel), current_app.config["ZONE"])
    if due > now():
        channel.due_at = due
        return None
    channel.due_at = now() + _LEASE
    return _parcel(channel, channel.pending)


def _parcel(channel: NotificationChannel, counts: Mapping[str, int]) -> _Parcel:
    locale = queries.wishes_of(channel.user_id).locale
    return _Parcel(channel.id, channel.sealed, locale, dict(counts))


def _send(parcel: _Parcel) -> str | None:
    try:
        address = keeping.opened(parcel.channel, parcel.sealed)
    except (SealingError, FileNotFoundError):
        return "key-missing"
    title, text = texts.message(parcel.counts, parcel.locale, current_app.config["ORIGIN"])
    return send(address, current_app.config["NOTIFY"], title, text)


def _settle(parcel: _Parcel, failure: str | None) -> None:
    """Take off what arrived, or set when to try again; more may have come to wait meanwhile."""
    try:
        channel = queries.channel(parcel.channel)
    except NotFound:
        return
    _keep_outcome(channel, failure)
    if failure is not None:
        channel.failures += 1
        wait = min(_RETRY_AFTER * 2 ** min(channel.failures - 1, 10), _LONGEST_RETRY)
        channel.due_at = after_quiet(now() + wait, _wishes(channel), current_app.config["ZONE"])
        return
    channel.failures = 0
    channel.pending = dict(+(Counter(channel.pending) - Counter(dict(parcel.counts))))
    channel.due_at = _next(channel) if channel.pending else None


def _keep_outcome(channel: NotificationChannel, failure: str | None) -> None:
    if failure is None:
        channel.last_success_at = now()
    else:
        channel.last_failure_at, channel.last_failure = now(), failure


def _require_pause(channel: NotificationChannel) -> None:
    if channel.tested_at is not None and channel.tested_at > now() - _BETWEEN_TESTS:
        raise TooManyAttempts(retry_after=int(_BETWEEN_TESTS.total_seconds()))


def _wishes(channel: NotificationChannel) -> Wishes:
    return queries.wishes_of(channel.user_id).wishes


def _next(channel: NotificationChannel) -> datetime:
    return next_moment(now(), _wishes(channel), current_app.config["ZONE"])
