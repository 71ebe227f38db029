"""Addresses of notifications: an account's own settings, the administrator's view of all."""

from typing import Any
from uuid import UUID

from flask import current_app

from anfang.kit.http import Room
from anfang.kit.pages import Page, PageQuery, page, page_of
from anfang.kit.principal import person, principal
from anfang.notifications import delivering, queries, service, views
from anfang.notifications.models import NotificationWishes
from anfang.notifications.policies import require_may_set, visible_channels
from anfang.notifications.schemas import (
    ChannelSchema,
    NewChannelSchema,
    NotificationSettingsSchema,
    OverseenChannelSchema,
    TriedSchema,
    WishesSchema,
)

room = Room("notifications", __name__, description="Who is told of what, over what, and when")


@room.get("/notification-settings", permission="notification.set")
@room.response(200, NotificationSettingsSchema)
def show_settings() -> dict[str, Any]:
    """Return the caller's channels and wishes."""
    who = person().id
    return {
        "kinds": views.kinds_offered(current_app.config["NOTIFY"]),
        "channels": [views.channel_view(one) for one in queries.channels_of(who)],
        "wishes": queries.wishes_of(who),
    }


@room.put("/notification-settings/wishes", permission="notification.set")
@room.arguments(WishesSchema)
@room.response(200, WishesSchema)
def set_wishes(body: dict[str, Any]) -> NotificationWishes:
    """Set when the caller wants to be told."""
    return service.set_wishes(person().id, **body)


@room.get("/notification-channels", permission="notification.oversee")
@room.arguments(PageQuery, location="query")
@room.response(200, page_of(OverseenChannelSchema))
def list_channels(query: dict[str, Any]) -> Page:
    """List everybody's channels and how they do."""
    found = page(queries.channels_listed(), **query)
    return Page([views.channel_view(one) for one in found.items], found.next)


@room.post("/notification-channels", permission="notification.set")
@room.arguments(NewChannelSchema)
@room.response(201, ChannelSchema)
def add_channel(body: dict[str, Any]) -> dict[str, Any]:
    """Add a channel to the caller's account, or, as an administrator, to another's."""
    user_id = body.pop("user_id") or person().id
    require_may_set(principal(), user_id)
    return views.channel_view(service.add_channel(user_id, **body))


@room.delete("/notification-channels/<uuid:channel_id>", permission="notification.set")
@room.response(204)
def remove_channel(channel_id: UUID) -> None:
    """Forget a channel."""
    service.remove_channel(queries.channel(channel_id, visible_channels(principal())))


@room.post(
    "/notification-channels/<uuid:channel_id>/test",
    permission="notification.set",
    own_transactions=True,
)
@room.response(200, TriedSchema)
def try_channel(channel_id: UUID) -> dict[str, Any]:
    """Send a test message and say whether it was taken."""
    return {"failure": delivering.try_out(channel_id, visible_channels(principal()))}
