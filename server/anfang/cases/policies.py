"""Who sees which cases: the office all, a liaison those of its subtree, others nothing."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, true

from anfang.cases.models import Case
from anfang.kit.errors import NotPermitted
from anfang.kit.principal import Person, Principal, Role
from anfang.registry import service as registry

_OFFICE_ALONE: Final = frozenset({"owner", "theme", "source", "campaign"})


def visible_cases(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `Case`: those whose unit the caller sees.

    For the office none at all: a subquery that takes every unit would cost the list its index.
    """
    if not at_the_desk(caller):
        return true()
    return Case.unit_id.in_(registry.visible_unit_ids(caller))


def at_the_desk(caller: Principal) -> bool:
    """Tell whether a caller gets the unit desk's narrow answer instead of the office's.

    Whoever is confined to a unit does, whatever other roles the account holds.
    """
    if not isinstance(caller, Person):
        return True
    return caller.unit is not None or not caller.roles - {Role.LIAISON}


def require_open_to(caller: Principal, query: Mapping[str, Any]) -> None:
    """Refuse a unit's account what would tell it, by narrowing, what its list does not show.

    Raises:
        NotPermitted: it filters, groups or sorts by what stays in the office.
    """
    asked = {*query, query.get("by")}
    if at_the_desk(caller) and _OFFICE_ALONE & asked:
        raise NotPermitted
