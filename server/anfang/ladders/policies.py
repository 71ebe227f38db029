"""Who sees which measures: the office all, a unit what is in force or was against itself."""

from uuid import UUID

from sqlalchemy import ColumnElement, true

from anfang.kit.principal import Principal, at_the_desk
from anfang.ladders.models import Measure, MeasureState
from anfang.registry import queries as registry_queries
from anfang.registry import service as registry
from anfang.registry.models import Unit

_TOLD = (MeasureState.IN_FORCE.value, MeasureState.DONE.value, MeasureState.LIFTED.value)


def visible_measures(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `Measure`: what is only considered, a unit does not read."""
    if not at_the_desk(caller):
        return true()
    own = Measure.unit_id.in_(registry.visible_unit_ids(caller))
    return own & Measure.in_force_at.is_not(None) & Measure.state.in_(_TOLD)


def require_own_unit(caller: Principal, unit_id: UUID) -> None:
    """Refuse a unit that the caller does not see; raises NotFound."""
    registry_queries.unit(unit_id, Unit.id.in_(registry.visible_unit_ids(caller)))
