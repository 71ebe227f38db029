"""Who sees which units and sites."""

from sqlalchemy import ColumnElement, false, select, true

from anfang.kit.principal import Person, Principal, Role
from anfang.registry.models import Site, Unit
from anfang.registry.queries import subtree_ids


def visible_units(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `Unit`: the office sees all, a liaison its subtree, others nothing.

    A liaison without a unit sees nothing: a forgotten confinement must not open the whole tree.
    """
    if not isinstance(caller, Person):
        return false()
    if caller.unit is not None:
        return Unit.id.in_(subtree_ids(caller.unit))
    return true() if caller.roles - {Role.LIAISON} else false()


def visible_sites(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `Site`: those of visible units."""
    return Site.unit_id.in_(select(Unit.id).where(visible_units(caller)))
