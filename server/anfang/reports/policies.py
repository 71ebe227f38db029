"""Who sees the figures: the office's desk. Who is confined to a unit never learns of visits."""

from anfang.kit.errors import NotPermitted
from anfang.kit.principal import Person, Principal


def require_desk(caller: Principal) -> None:
    """Refuse a caller who is confined to a unit, whatever roles the account holds.

    Raises:
        NotPermitted: visits are counted for the whole office only.
    """
    if not isinstance(caller, Person) or caller.unit is not None:
        raise NotPermitted
