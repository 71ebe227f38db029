"""Who sees documents: the office all; a unit's desk what was issued to its own subtree."""

from sqlalchemy import ColumnElement, and_, false, true

from anfang.documents.models import ISSUED_STATES, Notice
from anfang.kit.principal import Person, Principal
from anfang.registry import service as registry


def visible_notices(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `Notice` for the console; who is confined to a unit sees none."""
    return true() if isinstance(caller, Person) and caller.unit is None else false()


def delivered_notices(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `Notice` for a unit's desk: issued, and issued to it."""
    units = registry.visible_unit_ids(caller)
    return and_(Notice.state.in_(ISSUED_STATES), Notice.unit_id.in_(units))
