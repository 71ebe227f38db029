"""Addresses of retention."""

from typing import Any, Final
from uuid import UUID

from anfang.evidence import queries as evidence
from anfang.identity import queries as identity
from anfang.kit.http import Room
from anfang.kit.pages import Page, PageQuery, page, page_of
from anfang.retention import queries, service
from anfang.retention.models import LegalHold
from anfang.retention.schemas import (
    DeletionSchema,
    HoldSchema,
    LiftSchema,
    NewHoldSchema,
    RetentionSchema,
)

room = Room("retention", __name__, description="How long media are kept")

_SHOWN: Final = 200


@room.get("/retention", permission="retention.read")
@room.response(200, RetentionSchema)
def show_retention() -> dict[str, Any]:
    """Return the rules and what they will delete next."""
    due = list(queries.due())
    return {
        "days": queries.keep_days(),
        "count": len(due),
        "bytes": sum(one.bytes for one in due),
        "due": due[:_SHOWN],
    }


@room.get("/deletions", permission="retention.read")
@room.arguments(PageQuery, location="query")
@room.response(200, page_of(DeletionSchema))
def list_deletions(query: dict[str, Any]) -> Page:
    """List what was deleted, with its certificates, the newest first."""
    return page(evidence.deletions_listed(), **query)


@room.get("/holds", permission="retention.read")
@room.arguments(PageQuery, location="query")
@room.response(200, page_of(HoldSchema))
def list_holds(query: dict[str, Any]) -> Page:
    """List legal holds, the newest first."""
    found = page(queries.holds_listed(), **query)
    return Page([_view(one) for one in found.items], found.next)


@room.post("/holds", permission="hold.manage")
@room.arguments(NewHoldSchema)
@room.response(201, HoldSchema)
def set_hold(body: dict[str, Any]) -> dict[str, Any]:
    """Keep a record, a case or a campaign until the hold is lifted."""
    return _view(service.hold(**body))


@room.post("/holds/<uuid:hold_id>/lift", permission="hold.manage")
@room.arguments(LiftSchema)
@room.response(200, HoldSchema)
def lift_hold(body: dict[str, str], hold_id: UUID) -> dict[str, Any]:
    """Lift a legal hold."""
    held = queries.hold(hold_id)
    service.lift(held, body["reason"])
    return _view(held)


def _view(held: LegalHold) -> dict[str, Any]:
    people = identity.display_names([who for who in (held.set_by, held.lifted_by) if who])
    shown = ("id", "object_kind", "object_id", "reason", "set_at", "lift_reason", "lifted_at")
    return {
        **{name: getattr(held, name) for name in shown},
        "set_by": people.get(held.set_by),
        "lifted_by": people.get(held.lifted_by) if held.lifted_by else None,
    }
