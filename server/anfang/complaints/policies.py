"""Who sees which complaints: the office all, a unit those that it was given, as far as written."""

from sqlalchemy import ColumnElement, false, true

from anfang.complaints.models import Complaint
from anfang.complaints.words import State
from anfang.kit.errors import NotPermitted
from anfang.kit.principal import Principal, at_the_desk
from anfang.registry import service as registry

_UNIT_HAS_IT = (State.TRANSFERRED.value, State.ANSWERED.value, State.REPLIED.value)


def seen_by_office(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `Complaint`: an account confined to a unit sees none whole."""
    return false() if at_the_desk(caller) else true()


def seen_by_unit(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `Complaint`: those that the caller's unit, or one beneath, has.

    What has become a case is answered there; it is seen here no more, nor is what was merged.
    """
    return (
        Complaint.unit_id.in_(registry.visible_unit_ids(caller))
        & Complaint.state.in_(_UNIT_HAS_IT)
        & (Complaint.text_for_unit != "")
    )


def require_desk(caller: Principal) -> None:
    """Refuse whoever is not confined to a unit: nobody answers for a unit but itself."""
    if not at_the_desk(caller):
        raise NotPermitted
