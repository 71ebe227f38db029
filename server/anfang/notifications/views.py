"""Reads of channels as they look outside: never with what leads to them."""

from typing import Any

from anfang.kit.channel_addresses import ChannelKind
from anfang.kit.config import NotifySettings
from anfang.notifications.models import NotificationChannel


def channel_view(channel: NotificationChannel) -> dict[str, Any]:
    """Return a channel as its owner and an administrator see it."""
    return {
        "id": channel.id,
        "kind": channel.kind,
        "hint": channel.hint,
        "added_at": channel.added_at,
        "waiting": sum(channel.pending.values()),
        "next_at": channel.due_at,
        "failures": channel.failures,
        "last_success_at": channel.last_success_at,
        "last_failure_at": channel.last_failure_at,
        "last_failure": channel.last_failure,
        "user_id": channel.user_id,
        "username": channel.user.username,
    }


def kinds_offered(settings: NotifySettings) -> list[str]:
    """Return the kinds of channels that can be set; mail only where there is a mail server."""
    off = set() if settings.mail else {ChannelKind.MAIL.value}
    return [one.value for one in ChannelKind if one.value in settings.kinds - off]
