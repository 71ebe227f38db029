"""Who sees which periods and alerts: the office all, a liaison those of its subtree."""

from sqlalchemy import ColumnElement, true

from anfang.cycles.models import Alert, CyclePeriod
from anfang.kit.principal import Principal, at_the_desk
from anfang.registry import service as registry


def visible_periods(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `CyclePeriod`."""
    if not at_the_desk(caller):
        return true()
    return CyclePeriod.unit_id.in_(registry.visible_unit_ids(caller))


def visible_alerts(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `Alert`."""
    if not at_the_desk(caller):
        return true()
    return Alert.unit_id.in_(registry.visible_unit_ids(caller))
