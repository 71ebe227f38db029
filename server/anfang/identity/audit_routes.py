"""Addresses of the audit trail: who did what, with names and roles but for the phones."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

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
    known = _accounts_in(found.items)
    return Page([_view(one, known) for one in found.items], found.next)


def _accounts_in(entries: Sequence[AuditEntry]) -> dict[UUID, User]:
    """Return the accounts that acted, and those that something was done to."""
    actors = {one.actor_id for one in entries if one.actor_kind == "person" and one.actor_id}
    return queries.accounts(actors | {UUID(one.object_id) for one in entries if _is_account(one)})


def _is_account(entry: AuditEntry) -> bool:
    return entry.object_kind == "user"


def _view(entry: AuditEntry, known: dict[UUID, User]) -> dict[str, Any]:
    actor = known.get(entry.actor_id) if entry.actor_id else None
    account = known.get(UUID(entry.object_id)) if _is_account(entry) else None
    return {
        **{name: getattr(entry, name) for name in _SHOWN},
        "actor_id": actor and actor.id,
        "actor_name": actor and actor.display_name,
        "actor_roles": [] if actor is None else actor.roles,
        "object_name": account and account.display_name,
    }


def _beginning(day: date | None, days_later: int) -> datetime | None:
    """Return when a day of the office begins, or a later one; raises InvalidInput."""
    if day is None:
        return None
    try:
        begins = datetime.combine(day + timedelta(days=days_later), time.min)
        return begins.replace(tzinfo=current_app.config["ZONE"]).astimezone(UTC)
    except OverflowError as error:
        raise InvalidInput(pointers={"/query/to_day": translate("input-day")}) from error
