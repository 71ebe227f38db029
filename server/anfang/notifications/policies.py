"""Who sets which channels: everybody their own, an administrator everybody's."""

from uuid import UUID

from sqlalchemy import ColumnElement, false, true

from anfang.kit.errors import NotPermitted
from anfang.kit.principal import Person, Principal, Role
from anfang.notifications.models import NotificationChannel


def visible_channels(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `NotificationChannel`."""
    if not isinstance(caller, Person):
        return false()
    if Role.ADMINISTRATOR in caller.roles:
        return true()
    return NotificationChannel.user_id == caller.id


def require_may_set(caller: Principal, user_id: UUID) -> None:
    """Refuse to set another account's channels; raises NotPermitted."""
    if isinstance(caller, Person) and (caller.id == user_id or Role.ADMINISTRATOR in caller.roles):
        return
    raise NotPermitted
