"""Who sees which matters and cards: the office all, a liaison those of its subtree."""

from sqlalchemy import ColumnElement, true

from anfang.kit.principal import Principal, at_the_desk
from anfang.registry import service as registry
from anfang.supervision.models import ApprovalMatter, SupervisionCard


def visible_matters(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `ApprovalMatter`."""
    if not at_the_desk(caller):
        return true()
    return ApprovalMatter.unit_id.in_(registry.visible_unit_ids(caller))


def visible_cards(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `SupervisionCard`."""
    if not at_the_desk(caller):
        return true()
    return SupervisionCard.unit_id.in_(registry.visible_unit_ids(caller))
