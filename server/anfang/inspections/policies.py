"""Who sees which records: the office's readers all, phones their inspector's own, units none."""

from uuid import UUID

from sqlalchemy import ColumnElement, false, true

from anfang.inspections.models import Record
from anfang.kit.principal import Person, Principal, Role

_READERS = frozenset({Role.REVIEWER, Role.LEAD, Role.AUDITOR})
_KNOW_ALIASES = frozenset({Role.REVIEWER, Role.LEAD})


def visible_records(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `Record` for the console; who is confined to a unit sees none."""
    return true() if reads_records(caller) else false()


def reads_records(caller: Principal) -> bool:
    """Tell whether a console's caller sees the records of all campaigns; others see none."""
    return isinstance(caller, Person) and caller.unit is None and bool(caller.roles & _READERS)


def own_records(inspector_id: UUID) -> ColumnElement[bool]:
    """Return the predicate on `Record` for an inspector's phones."""
    return Record.inspector_id == inspector_id


def sees_aliases(caller: Principal) -> bool:
    """Tell whether a caller may read who made a visit, by alias."""
    return isinstance(caller, Person) and caller.unit is None and bool(caller.roles & _KNOW_ALIASES)
