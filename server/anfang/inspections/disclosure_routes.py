"""Addresses of disclosures: what custodians ask for, and open together."""

from typing import Any
from uuid import UUID

from anfang.identity import queries as identity
from anfang.inspections import disclosing, queries
from anfang.inspections.models import Disclosure
from anfang.inspections.schemas import (
    DisclosureRequestSchema,
    DisclosureSchema,
    OpenedSchema,
    OpeningSchema,
)
from anfang.kit.clock import now
from anfang.kit.db import transaction
from anfang.kit.http import Room
from anfang.kit.pages import Page, PageQuery, page, page_of

room = Room("disclosures", __name__, description="The custodians' releases")


@room.get("/disclosures", permission="disclosure.read")
@room.arguments(PageQuery, location="query")
@room.response(200, page_of(DisclosureSchema))
def list_disclosures(query: dict[str, Any]) -> Page:
    """List who asked for and opened which release and why, the newest first; never who it is."""
    found = page(queries.disclosures_listed(), **query)
    return Page([_view(one) for one in found.items], found.next)


@room.post("/disclosures", permission="custody.hold")
@room.arguments(DisclosureRequestSchema)
@room.response(201, DisclosureSchema)
def ask_for_disclosure(body: dict[str, Any]) -> dict[str, Any]:
    """Ask for a release about a record or an alias, with the reason."""
    return _view(disclosing.ask(**body))


@room.post(
    "/disclosures/<uuid:disclosure_id>/open", permission="custody.hold", own_transactions=True
)
@room.arguments(OpeningSchema)
@room.response(200, OpenedSchema)
def open_disclosure(body: dict[str, str], disclosure_id: UUID) -> dict[str, Any]:
    """Open what the other custodian asked for; this one answer shows who it is."""
    opened = disclosing.open_(disclosure_id, **body)
    with transaction(write=False):
        view = _view(opened.disclosure)
    return {
        **view,
        "alias": opened.alias,
        "person": opened.person,
        "released": opened.certificates,
        "witnesses": opened.witnesses,
    }


def _view(one: Disclosure) -> dict[str, Any]:
    people = identity.display_names([who for who in (one.asked_by, one.opened_by) if who])
    shown = ("id", "record_id", "inspector_id", "with_certificates", "with_witnesses", "reason",
             "asked_at", "expires_at", "open_reason", "opened_at", "sha256")  # fmt: skip
    return {
        **{name: getattr(one, name) for name in shown},
        "asked_by": people.get(one.asked_by),
        "asked_by_id": one.asked_by,
        "opened_by": people.get(one.opened_by) if one.opened_by else None,
        "state": _state(one),
    }


def _state(one: Disclosure) -> str:
    if one.opened_at is not None:
        return "opened"
    return "expired" if one.expires_at <= now() else "waiting"
