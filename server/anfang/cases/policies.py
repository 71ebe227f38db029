"""Who sees which cases: the office all, a liaison those of its subtree, others nothing."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, false, or_, true

from anfang.cases.followup_models import CaseRequest, CaseShare, CaseTask, RequestKind
from anfang.cases.models import Case, CaseState
from anfang.kit.errors import NotPermitted
from anfang.kit.principal import Person, Principal, Role, at_the_desk
from anfang.registry import queries as units
from anfang.registry import service as registry
from anfang.registry.models import Unit

_OFFICE_ALONE: Final = frozenset(
    {"owner", "theme", "source", "campaign", "key_item", "fast_track", "quiet_days"}
)


def visible_cases(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `Case`: those whose unit the caller sees.

    For the office none at all: a subquery that takes every unit would cost the list its index.
    """
    if not at_the_desk(caller):
        return true()
    # What went to the competent body is no longer the unit's to read: it would be warned.
    return Case.unit_id.in_(registry.visible_unit_ids(caller)) & (
        Case.state != CaseState.REFERRED.value
    )


def visible_tasks(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `CaseTask`: its own unit's too, though the case be another's.

    Of another unit's case the task alone is seen.
    """
    if not at_the_desk(caller):
        return true()
    own = CaseTask.unit_id.in_(registry.visible_unit_ids(caller))
    return (own | visible_cases(caller)) & (Case.state != CaseState.REFERRED.value)


def visible_shares(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `CaseShare`: the office's all, a liaison its own units' parts.

    Of another unit's case the part alone is seen.
    """
    if not at_the_desk(caller):
        return true()
    return CaseShare.unit_id.in_(registry.visible_unit_ids(caller))


def visible_requests(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `CaseRequest`: the office's all, an account at the desk its own."""
    if not isinstance(caller, Person) or not at_the_desk(caller):
        return visible_cases(caller)
    return visible_cases(caller) & (CaseRequest.asked_by == caller.id)


def decidable_requests(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `CaseRequest` of what `require_may_decide` leaves to a caller."""
    if not isinstance(caller, Person):
        return false()
    bounced = CaseRequest.kind == RequestKind.BOUNCE.value
    kinds = [
        one
        for role, one in ((Role.LEAD, bounced), (Role.APPROVER, ~bounced))
        if role in caller.roles
    ]
    return or_(false(), *kinds) & (CaseRequest.asked_by != caller.id)


def require_own_unit(caller: Principal, unit_id: UUID) -> None:
    """Refuse a unit that is not the caller's own, or beneath it.

    Raises:
        NotFound: so it is.
    """
    if not at_the_desk(caller):
        raise NotPermitted
    units.unit(unit_id, Unit.id.in_(registry.visible_unit_ids(caller)))


def require_may_ask(caller: Principal, kind: RequestKind) -> None:
    """Refuse a request that is not the caller's to make: a bounce is the unit's, a pause ours.

    Raises:
        NotPermitted: so it is.
    """
    desk = at_the_desk(caller)
    if (desk and kind is RequestKind.PAUSE) or (not desk and kind is RequestKind.BOUNCE):
        raise NotPermitted


def require_may_decide(caller: Principal, kind: RequestKind) -> None:
    """Refuse a decision that is not the caller's: whose matter it is, a lead says, else a leader.

    Raises:
        NotPermitted: so it is.
    """
    needed = Role.LEAD if kind is RequestKind.BOUNCE else Role.APPROVER
    if not isinstance(caller, Person) or needed not in caller.roles:
        raise NotPermitted


def require_open_to(caller: Principal, query: Mapping[str, Any]) -> None:
    """Refuse a unit's account what would tell it, by narrowing, what its list does not show.

    Raises:
        NotPermitted: it filters, groups or sorts by what stays in the office.
    """
    asked = {*query, query.get("by")}
    if at_the_desk(caller) and _OFFICE_ALONE & asked:
        raise NotPermitted
