"""Addresses of the ledger: groups, owners, verbs for many cases, saved views."""

from typing import Any
from uuid import UUID

from anfang.cases import boards, bulk, ledger, queries, saving
from anfang.cases.ledger_schemas import (
    BulkAssignmentSchema,
    BulkOutcomeSchema,
    BulkReminderSchema,
    CaseGroupQuerySchema,
    CaseGroupsSchema,
    CaseOwnersSchema,
    LedgerSettingsSchema,
    LedgerViewSchema,
    LedgerViewsSchema,
    NewLedgerViewSchema,
)
from anfang.cases.models import LedgerView
from anfang.cases.policies import require_open_to, visible_cases
from anfang.kit.http import Room
from anfang.kit.principal import at_the_desk, person, principal

room = Room("ledger", __name__, description="The ledger of cases")


@room.get("/case-groups", permission="case.read")
@room.arguments(CaseGroupQuerySchema, location="query")
@room.response(200, CaseGroupsSchema)
def show_groups(query: dict[str, Any]) -> dict[str, Any]:
    """Count the matching cases by what they have in common; a liaison counts its own unit's."""
    caller = principal()
    require_open_to(caller, query)
    by = query.pop("by")
    return boards.groups_view([visible_cases(caller), *ledger.matching(**query)], by)


@room.get("/case-owners", permission="case.open")
@room.response(200, CaseOwnersSchema)
def list_owners() -> dict[str, Any]:
    """List who of the office may follow cases up."""
    return {"items": queries.owners()}


@room.post("/cases/assign", permission="case.manage")
@room.arguments(BulkAssignmentSchema)
@room.response(200, BulkOutcomeSchema)
def assign_cases(body: dict[str, Any]) -> dict[str, Any]:
    """Give cases to somebody of the office; each is done whole or refused with its reason."""
    within = visible_cases(principal())
    return boards.outcomes_view(bulk.assign(body["case_ids"], body["owner_id"], within))


@room.post("/cases/remind", permission="case.manage")
@room.arguments(BulkReminderSchema)
@room.response(200, BulkOutcomeSchema)
def remind_units(body: dict[str, Any]) -> dict[str, Any]:
    """Remind units of their cases; each is done whole or refused with its reason."""
    within = visible_cases(principal())
    return boards.outcomes_view(bulk.remind(body["case_ids"], body["text"], within))


@room.get("/ledger-views", permission="case.read")
@room.response(200, LedgerViewsSchema)
def list_views() -> dict[str, Any]:
    """List the caller's saved views, and for the office those that others share."""
    who = person()
    return boards.views_view(ledger.views_of(who.id, shared=not at_the_desk(who)), who.id)


@room.post("/ledger-views", permission="case.read")
@room.arguments(NewLedgerViewSchema)
@room.response(201, LedgerViewSchema)
def save_view(body: dict[str, Any]) -> dict[str, Any]:
    """Keep a view under a name."""
    return _told(saving.save_view(**_stored(body)))


@room.put("/ledger-views/<uuid:view_id>", permission="case.read")
@room.arguments(NewLedgerViewSchema)
@room.response(200, LedgerViewSchema)
def change_view(body: dict[str, Any], view_id: UUID) -> dict[str, Any]:
    """Change a view of one's own."""
    view = ledger.own_view(view_id, person().id)
    saving.change_view(view, **_stored(body))
    return _told(view)


@room.delete("/ledger-views/<uuid:view_id>", permission="case.read")
@room.response(204)
def forget_view(view_id: UUID) -> None:
    """Delete a view of one's own."""
    saving.forget_view(ledger.own_view(view_id, person().id))


def _stored(body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "settings": LedgerSettingsSchema().dump(body["settings"])}


def _told(view: LedgerView) -> dict[str, Any]:
    (told,) = boards.views_view([view], person().id)["items"]
    return dict(told)
