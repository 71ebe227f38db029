"""Addresses of readings of informants: what custodians ask for, and open together."""

from typing import Any
from uuid import UUID

from anfang.complaints import queries, releasing, views
from anfang.complaints.release_schemas import (
    InformantOpeningSchema,
    InformantReleaseQuerySchema,
    InformantReleaseSchema,
    InformantRequestSchema,
    ShownInformantSchema,
)
from anfang.kit.db import transaction
from anfang.kit.http import Room
from anfang.kit.pages import Page, page, page_of

room = Room("informants", __name__, description="The custodians' readings of who complains")


@room.get("/informant-releases", permission="disclosure.read")
@room.arguments(InformantReleaseQuerySchema, location="query")
@room.response(200, page_of(InformantReleaseSchema))
def list_releases(query: dict[str, Any]) -> Page:
    """List who asked for and opened which reading and why, the newest first; never who it is."""
    found = page(queries.releases_listed(), **query)
    numbers = queries.numbers_of(one.complaint_id for one in found.items)
    items = [views.release_view(one, numbers[one.complaint_id]) for one in found.items]
    return Page(items, found.next)


@room.post("/informant-releases", permission="custody.hold")
@room.arguments(InformantRequestSchema)
@room.response(201, InformantReleaseSchema)
def ask_for_informant(body: dict[str, str]) -> dict[str, Any]:
    """Ask to see who brought a complaint, with the reason."""
    return views.release_view(releasing.ask(**body), body["number"])


@room.post(
    "/informant-releases/<uuid:release_id>/open", permission="custody.hold", own_transactions=True
)
@room.arguments(InformantOpeningSchema)
@room.response(200, ShownInformantSchema)
def open_informant(body: dict[str, str], release_id: UUID) -> dict[str, Any]:
    """Open what the other custodian asked for; this one answer shows who it is."""
    shown = releasing.open_(release_id, **body)
    with transaction(write=False):
        view = views.release_view(shown.release, shown.number)
    blank = {"name": "", "phone": "", "address": "", "text": ""}
    return {**view, **blank, **shown.informant}
