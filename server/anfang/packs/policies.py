"""Who sees which packs: the office's leads and auditors all, who is confined to a unit none."""

from sqlalchemy import ColumnElement, false, true

from anfang.kit.principal import Person, Principal, Role

_READERS = frozenset({Role.LEAD, Role.AUDITOR})


def visible_packs(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on packs: what holds originals is nothing for who is of a unit."""
    if isinstance(caller, Person) and caller.unit is None and caller.roles & _READERS:
        return true()
    return false()
