"""Verbs of notifications: set channels and wishes, note news for whoever is to be told.

`delivering.py` sends what was noted, `keeping.py` holds the addresses.
"""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from flask import current_app

from anfang.identity import queries as identity
from anfang.kit.channel_addresses import Address, AddressError, ChannelKind, read_address
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.ids import new_id
from anfang.kit.principal import Role
from anfang.log import service as log
from anfang.notifications import keeping, queries
from anfang.notifications.errors import (
    ChannelAddressFaulty,
    ChannelHostRefused,
    ChannelKindOff,
    TooManyChannels,
)
from anfang.notifications.kinds import News
from anfang.notifications.models import NotificationChannel, NotificationWishes, ToldDeadline
from anfang.notifications.timing import next_moment

MOST_CHANNELS: Final = 5
_OF_SHARES: Final = {
    News.CASE_NEAR: News.SHARE_NEAR,
    News.CASE_OVERDUE: News.SHARE_OVERDUE,
}
"""What a unit hears that has a part in the case of another."""


def add_channel(
    user_id: UUID, kind: ChannelKind, address: str, secret: str | None = None
) -> NotificationChannel:
    """Let an account be told over one more channel; only its last four characters stay readable.

    Args:
        address: a mail address, a robot's address or token, a webhook's URL.
        secret: with which a DingTalk robot wants its messages signed.

    Raises:
        NotFound: there is no such account.
        ChannelKindOff, ChannelAddressFaulty, ChannelHostRefused, TooManyChannels.
    """
    user = identity.user(user_id)
    if len(queries.channels_of(user.id)) >= MOST_CHANNELS:
        raise TooManyChannels(most=MOST_CHANNELS)
    read = _read(kind, address, secret)
    made = NotificationChannel(id=new_id(), user=user, kind=kind.value, hint=read.hint)
    made.sealed = keeping.sealed(made.id, read)
    db.session.add(made)
    db.session.flush()
    log.audit("notification-channel.added", "user", user.id, kind=kind.value)
    return made


def remove_channel(channel: NotificationChannel) -> None:
    """Forget a channel and what waits for it."""
    log.audit("notification-channel.removed", "user", channel.user_id, kind=channel.kind)
    db.session.delete(channel)
    db.session.flush()


def set_wishes(user_id: UUID, **wishes: Any) -> NotificationWishes:
    """Keep when an account wants to be told; what waits already leaves by the new wishes."""
    kept = db.session.merge(queries.wishes_of(user_id))
    for member, value in wishes.items():
        setattr(kept, member, value)
    db.session.flush()
    for channel in queries.channels_to_tell([user_id]):
        if channel.pending and not channel.failures:
            channel.due_at = _due(kept)
    log.audit("notification-wishes.set", "user", user_id)
    return kept


def tell(news: News, user_ids: Collection[UUID], count: int = 1) -> None:
    """Note news for some accounts; it leaves over each of their channels when it may.

    What waits for a channel that does not answer is added up: it stays one message.
    """
    for channel in queries.channels_to_tell(user_ids):
        already: int = channel.pending.get(news.value, 0)
        channel.pending = {**channel.pending, news.value: already + count}
        if channel.due_at is None:
            channel.due_at = _due(queries.wishes_of(channel.user_id))
    db.session.flush()


def tell_unit(news: News, unit_id: UUID, count: int = 1) -> None:
    """Note news for the liaisons of a unit and of those above it."""
    tell(news, queries.listeners(Role.LIAISON, unit_id=unit_id), count)


def tell_role(news: News, role: Role, but: UUID | None = None) -> None:
    """Note news for the office's accounts of a role, except whoever caused it."""
    tell(news, queries.listeners(role) - {but})


def tell_deadlines() -> int:
    """Note the cases whose deadline came near or passed, each once; returns how many.

    Told are the unit, those that have a part in the case, and who follows it up.
    """
    found = queries.deadlines_to_tell()
    supporting = queries.supporting_units([case.id for case, _ in found])
    by_unit = Counter((news, case.unit_id) for case, news in found)
    by_unit.update((_OF_SHARES[news], unit) for case, news in found for unit in supporting[case.id])
    by_owner = Counter((news, case.owner_id) for case, news in found)
    for (news, unit_id), count in by_unit.items():
        tell_unit(news, unit_id, count)
    for (news, owner_id), count in by_owner.items():
        tell(news, [owner_id], count)
    db.session.add_all(
        ToldDeadline(case_id=case.id, due_at=case.due_at, news=news.value) for case, news in found
    )
    db.session.flush()
    return len(found)


def _read(kind: ChannelKind, address: str, secret: str | None) -> Address:
    settings = current_app.config["NOTIFY"]
    if kind.value not in settings.kinds:
        raise ChannelKindOff
    if kind is ChannelKind.MAIL and settings.mail is None:
        raise ChannelKindOff
    try:
        return read_address(kind, address, secret, settings)
    except AddressError as error:
        refused = error.reason == "host-refused"
        raise (ChannelHostRefused if refused else ChannelAddressFaulty) from error


def _due(wishes: NotificationWishes) -> datetime:
    return next_moment(now(), wishes.wishes, current_app.config["ZONE"])
