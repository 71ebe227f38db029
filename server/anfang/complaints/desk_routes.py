"""Addresses of complaints at a unit's desk: what it was given, and its answer."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select

from anfang.complaints import answering, extending, queries, views
from anfang.complaints.models import Complaint
from anfang.complaints.policies import require_desk, seen_by_unit
from anfang.complaints.schemas import (
    ComplaintReasonSchema,
    ComplaintWordsSchema,
    DeskComplaintQuerySchema,
    DeskComplaintSchema,
    DeskComplaintSummarySchema,
)
from anfang.complaints.words import State
from anfang.kit.http import Room
from anfang.kit.pages import Page, page, page_of
from anfang.kit.principal import Principal, principal
from anfang.kit.waiting import waits

room = Room("complaint-desk", __name__, description="Complaints that a unit was given")

_ANSWER: Final = "complaint.answer"


@room.get("/desk-complaints", permission=_ANSWER)
@room.arguments(DeskComplaintQuerySchema, location="query")
@room.response(200, page_of(DeskComplaintSummarySchema))
def list_given(query: dict[str, Any]) -> Page:
    """List what the unit was given, the nearest deadline first."""
    require_desk(principal())
    found = page(queries.listed(seen_by_unit(principal())), **query)
    return Page(views.desk_lines(found.items), found.next)


@waits("given", permission=_ANSWER)
def _to_answer(caller: Principal) -> Select[Any]:
    listed = queries.listed(seen_by_unit(caller), state=[State.TRANSFERRED.value])
    return listed.with_only_columns(Complaint.id)


@room.get("/desk-complaints/<uuid:complaint_id>", permission=_ANSWER)
@room.response(200, DeskComplaintSchema)
def show_given(complaint_id: UUID) -> dict[str, Any]:
    """Return a complaint as far as the unit may read it."""
    require_desk(principal())
    return views.desk_view(queries.complaint(complaint_id, seen_by_unit(principal())))


@room.post("/desk-complaints/<uuid:complaint_id>/take", permission=_ANSWER)
@room.response(200, DeskComplaintSchema)
def take(complaint_id: UUID) -> dict[str, Any]:
    """Say that the unit has taken it."""
    return views.desk_view(_done(complaint_id, answering.take))


@room.post("/desk-complaints/<uuid:complaint_id>/answer", permission=_ANSWER)
@room.arguments(ComplaintWordsSchema)
@room.response(200, DeskComplaintSchema)
def answer(body: dict[str, str], complaint_id: UUID) -> dict[str, Any]:
    """Tell the office what the unit found and did."""
    return views.desk_view(_done(complaint_id, lambda one: answering.answer(one, body["text"])))


@room.post("/desk-complaints/<uuid:complaint_id>/extension", permission=_ANSWER)
@room.arguments(ComplaintReasonSchema)
@room.response(200, DeskComplaintSchema)
def ask_for_extension(body: dict[str, str], complaint_id: UUID) -> dict[str, Any]:
    """Ask for a longer term to answer it, once, with the reason."""
    return views.desk_view(_done(complaint_id, lambda one: extending.ask(one, body["reason"])))


@room.post("/desk-complaints/<uuid:complaint_id>/bounce", permission=_ANSWER)
@room.arguments(ComplaintReasonSchema)
@room.response(204)
def bounce(body: dict[str, str], complaint_id: UUID) -> None:
    """Send back what is not the unit's matter, with the reason; it leaves the desk."""
    _done(complaint_id, lambda one: answering.bounce(one, body["reason"]))


def _done(complaint_id: UUID, verb: Callable[[Complaint], None]) -> Complaint:
    require_desk(principal())
    complaint = queries.complaint_for_update(complaint_id, seen_by_unit(principal()))
    verb(complaint)
    return complaint
