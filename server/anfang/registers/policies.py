"""Who sees which registers and rows, and in which role a caller acts."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, true

from anfang.kit.principal import Person, Principal, Role, at_the_desk
from anfang.registers.models import RegisterRow
from anfang.registers.rules import Register
from anfang.registry import service as registry


def sees(caller: Principal, register: Register) -> bool:
    """Tell whether a register exists for a caller at all."""
    return not at_the_desk(caller) or register.visibility == "unit"


def visible_rows(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `RegisterRow`: the office all, a liaison those of its subtree."""
    if not at_the_desk(caller):
        return true()
    return RegisterRow.unit_id.in_(registry.visible_unit_ids(caller))


def acts_as(caller: Principal, roles: Iterable[str]) -> bool:
    """Tell whether a caller holds one of the roles; a unit's account acts as liaison only."""
    if not isinstance(caller, Person):
        return False
    held = {Role.LIAISON} if at_the_desk(caller) else caller.roles
    return bool({one.value for one in held} & set(roles))
