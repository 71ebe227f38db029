"""Who sees which self-reports: the office all, a liaison those of its subtree."""

from sqlalchemy import ColumnElement, select, true

from anfang.claims.models import ClaimQuestion, ClaimSheet
from anfang.kit.errors import NotPermitted
from anfang.kit.principal import Person, Principal, at_the_desk
from anfang.registry import service as registry


def visible_sheets(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `ClaimSheet`."""
    if not at_the_desk(caller):
        return true()
    return ClaimSheet.unit_id.in_(registry.visible_unit_ids(caller))


def visible_questions(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `ClaimQuestion`."""
    if not at_the_desk(caller):
        return true()
    return ClaimQuestion.sheet_id.in_(select(ClaimSheet.id).where(visible_sheets(caller)))


def require_office(caller: Principal) -> None:
    """Refuse a caller who is confined to a unit: visits are compared in the office alone.

    Raises:
        NotPermitted: so it is.
    """
    if not isinstance(caller, Person) or at_the_desk(caller):
        raise NotPermitted
