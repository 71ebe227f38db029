"""Addresses of the audit trail: who did what, with names and roles but for the phones."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import current_app

from anfang.identity import queries
from anfang.identity.audit_schemas import AuditEntrySchema, AuditQuery
from anfang.identity.models import User
from anfang.kit.errors import InvalidInput
from anfang.kit.http import Room
from anfang.kit.i18n import translate
from anfang.kit.pages import Page, page, page_of
from anfang.log.models import AuditEntry
from anfang.log.queries import audit_listed

room = Room("audit", __name__, description="The audit trail")
_SHOWN = ("id", "at", "actor_kind", "action", "object_kind", "object_id", "facts")


@room.get("/audit", permission="audit.read")
@room.arguments(AuditQuery, location="query")
@room.response(200, page_of(AuditEntrySchema))
def list_audit_entries(query: dict[str, Any]) -> Page:
    """List who did what, newest first."""
    cursor, limit, role = query.pop("cursor"), query.pop("limit"), query.pop("role")
    statement = audit_listed(
        actors=None if role is None else queries.users_in_role(role),
        since=_beginning(query.pop("from_day"), 0),
        until=_beginning(query.pop("to_day"), 1),
        actor_id=query.pop("actor"),
        **query,
    )
    found = page(statement, cursor=cursor, limit=limit)
    ids = {one.actor_id for one in found.items if one.actor_kind == "person"}
    known = queries.actors(ids)
    return Page([_view(one, known.get(one.actor_id)) for one in found.items], found.next)


def _view(entry: AuditEntry, actor: User | None) -> dict[str, Any]:
    return {
        **{name: getattr(entry, name) for name in _SHOWN},
        "actor_id": actor and actor.id,
        "actor_name": actor and actor.display_name,
        "actor_roles": [] if actor is None else actor.roles,
    }


def _beginning(day: date | None, days_later: int) -> datetime | None:
    """Return when a day of the office begins, or a later one; raises InvalidInput at the calendar's ends."""
    if day is None:
        return None
    try:
        begins = datetime.combine(day + timedelta(days=days_later), time.min)
        return begins.replace(tzinfo=current_app.config["ZONE"]).astimezone(UTC)
    except OverflowError as error:
        raise InvalidInput(pointers={"/query/to_day": translate("input-day")}) from error
