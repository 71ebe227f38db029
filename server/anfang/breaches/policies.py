"""Who sees which breaches: the office all, a liaison those of its subtree."""

from sqlalchemy import ColumnElement, select, true

from anfang.breaches.models import RuleBreach
from anfang.cases.models import Case, CaseState
from anfang.kit.principal import Person, Principal
from anfang.registry import service as registry


def visible_breaches(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `RuleBreach`."""
    if isinstance(caller, Person) and caller.unit is None:
        return true()
    # What went to the competent body is no longer the unit's to read: it would be warned.
    referred = select(Case.id).where(Case.state == CaseState.REFERRED.value)
    own = RuleBreach.unit_id.in_(registry.visible_unit_ids(caller))
    return own & RuleBreach.case_id.not_in(referred)


def open_to(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `Case` in which a caller may allege breaches."""
    if isinstance(caller, Person) and caller.unit is None:
        return true()
    return Case.unit_id.in_(registry.visible_unit_ids(caller))
