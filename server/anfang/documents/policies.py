"""Who sees notices before the public does: the office; whoever is confined to a unit does not."""

from sqlalchemy import ColumnElement, false, true

from anfang.kit.principal import Person, Principal


def visible_notices(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `Notice` for the console."""
    return true() if isinstance(caller, Person) and caller.unit is None else false()
