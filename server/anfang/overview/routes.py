"""Addresses of the overview."""

from typing import Any

from anfang.kit.http import Room, permissions_of
from anfang.kit.principal import principal
from anfang.kit.waiting import waiting_for
from anfang.overview.schemas import WaitingListSchema

room = Room("waiting", __name__, description="What waits for whoever is signed in")


@room.get("/waiting", permission="session.read")
@room.response(200, WaitingListSchema)
def show_waiting() -> dict[str, Any]:
    """Count what waits for the caller in every room, in one answer."""
    caller = principal()
    return {"items": waiting_for(caller, permissions_of(caller))}
