"""Addresses of complaints in the office: take them down, look at them, handle them."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select

from anfang.campaigns import queries as campaigns
from anfang.complaints import concluding, extending, handling, queries, receipts, receiving, views
from anfang.complaints.models import Complaint
from anfang.complaints.policies import seen_by_office
from anfang.complaints.receiving import Brought
from anfang.complaints.schemas import (
    ComplaintCaseSchema,
    ComplaintExtensionSchema,
    ComplaintMergeSchema,
    ComplaintQuerySchema,
    ComplaintReasonSchema,
    ComplaintReceiptSchema,
    ComplaintRulesQuerySchema,
    ComplaintRulesSchema,
    ComplaintSchema,
    ComplaintSummarySchema,
    ComplaintTransferSchema,
    ComplaintVerdictSchema,
    ComplaintWordsSchema,
    NewComplaintSchema,
    TextForUnitSchema,
)
from anfang.complaints.words import Channel, Kind, State, Verdict
from anfang.kit.errors import NotPermitted
from anfang.kit.http import Room
from anfang.kit.pages import Page, page, page_of
from anfang.kit.principal import Principal, at_the_desk, principal
from anfang.kit.waiting import waits

room = Room("complaints", __name__, description="What the public says of units")

_READ: Final = "complaint.read"
_HANDLE: Final = "complaint.handle"
_OFFICES_TURN: Final = (State.RECEIVED.value, State.ACCEPTED.value, State.ANSWERED.value)


@room.get("/complaint-rules", permission=_READ)
@room.arguments(ComplaintRulesQuerySchema, location="query")
@room.response(200, ComplaintRulesSchema)
def show_rules(query: dict[str, Any]) -> dict[str, Any]:
    """Return channels, topics and limits of a campaign."""
    return views.rules_view(campaigns.campaign(query["campaign"]).id)


@room.get("/complaints", permission=_READ)
@room.arguments(ComplaintQuerySchema, location="query")
@room.response(200, page_of(ComplaintSummarySchema))
def list_complaints(query: dict[str, Any]) -> Page:
    """List complaints, the nearest deadline first."""
    cursor, limit = query.pop("cursor"), query.pop("limit")
    listed = queries.listed(seen_by_office(principal()), **query)
    found = page(listed, cursor=cursor, limit=limit)
    return Page(views.office_lines(found.items), found.next)


@waits("complaints", permission=_HANDLE)
def _to_handle(caller: Principal) -> Select[Any]:
    listed = queries.listed(seen_by_office(caller), state=_OFFICES_TURN)
    return listed.with_only_columns(Complaint.id)


@room.post("/complaints", permission="complaint.register", own_transactions=True)
@room.arguments(NewComplaintSchema)
@room.response(201, ComplaintReceiptSchema)
def take_down(body: dict[str, Any]) -> dict[str, Any]:
    """Take a complaint down at the desk; the receipt code is told in this one answer."""
    if at_the_desk(principal()):
        raise NotPermitted
    brought = Brought(**{**body, "kind": Kind(body["kind"]), "channel": Channel(body["channel"])})
    received = receiving.receive(brought, receipts.new_form())
    return {
        "id": received.complaint_id,
        "number": received.number,
        "receipt_code": receipts.grouped(received.code),
    }


@room.get("/complaints/<uuid:complaint_id>", permission=_READ)
@room.response(200, ComplaintSchema)
def show_complaint(complaint_id: UUID) -> dict[str, Any]:
    """Return a complaint with what happened to it."""
    return views.office_view(queries.complaint(complaint_id, seen_by_office(principal())))


@room.post("/complaints/<uuid:complaint_id>/accept", permission=_HANDLE)
@room.response(200, ComplaintSchema)
def accept(complaint_id: UUID) -> dict[str, Any]:
    """Take a complaint on (受理)."""
    return _done(complaint_id, handling.accept)


@room.post("/complaints/<uuid:complaint_id>/decline", permission=_HANDLE)
@room.arguments(ComplaintReasonSchema)
@room.response(200, ComplaintSchema)
def decline(body: dict[str, str], complaint_id: UUID) -> dict[str, Any]:
    """Do not take a complaint (不予受理); the complainant reads why."""
    return _done(complaint_id, lambda one: handling.decline(one, body["reason"]))


@room.put("/complaints/<uuid:complaint_id>/text-for-unit", permission=_HANDLE)
@room.arguments(TextForUnitSchema)
@room.response(200, ComplaintSchema)
def write_for_unit(body: dict[str, Any], complaint_id: UUID) -> dict[str, Any]:
    """Write what the unit may read, and sort the complaint."""
    return _done(complaint_id, lambda one: handling.write_for_unit(one, **body))


@room.post("/complaints/<uuid:complaint_id>/transfer", permission=_HANDLE)
@room.arguments(ComplaintTransferSchema)
@room.response(200, ComplaintSchema)
def transfer(body: dict[str, Any], complaint_id: UUID) -> dict[str, Any]:
    """Give a complaint to a unit (转办)."""
    return _done(complaint_id, lambda one: handling.transfer(one, **body))


@room.post("/complaints/<uuid:complaint_id>/chase", permission=_HANDLE)
@room.arguments(ComplaintWordsSchema)
@room.response(200, ComplaintSchema)
def chase(body: dict[str, str], complaint_id: UUID) -> dict[str, Any]:
    """Chase the unit (催办)."""
    return _done(complaint_id, lambda one: handling.chase(one, body["text"]))


@room.post("/complaints/<uuid:complaint_id>/extension", permission="complaint.decide")
@room.arguments(ComplaintExtensionSchema)
@room.response(200, ComplaintSchema)
def decide_extension(body: dict[str, Any], complaint_id: UUID) -> dict[str, Any]:
    """Decide whether the unit gets the longer term that it asks for."""
    verb = extending.grant if body["granted"] else extending.refuse
    return _done(complaint_id, lambda one: verb(one, body["text"]))


@room.post("/complaints/<uuid:complaint_id>/merge", permission=_HANDLE)
@room.arguments(ComplaintMergeSchema)
@room.response(200, ComplaintSchema)
def merge(body: dict[str, Any], complaint_id: UUID) -> dict[str, Any]:
    """Take over other complaints of the same matter."""
    within = seen_by_office(principal())
    ids = sorted({*body["complaint_ids"], complaint_id})
    locked = {one: queries.complaint_for_update(one, within) for one in ids}
    others = [locked[one] for one in dict.fromkeys(body["complaint_ids"])]
    handling.merge(locked[complaint_id], others, body["reason"])
    return views.office_view(locked[complaint_id])


@room.post("/complaints/<uuid:complaint_id>/reopen", permission=_HANDLE)
@room.arguments(ComplaintReasonSchema)
@room.response(200, ComplaintSchema)
def reopen(body: dict[str, str], complaint_id: UUID) -> dict[str, Any]:
    """Look at a complaint again that was answered or declined."""
    return _done(complaint_id, lambda one: handling.reopen(one, body["reason"]))


@room.post("/complaints/<uuid:complaint_id>/verdict", permission=_HANDLE)
@room.arguments(ComplaintVerdictSchema)
@room.response(200, ComplaintSchema)
def judge(body: dict[str, Any], complaint_id: UUID) -> dict[str, Any]:
    """Say whether it is so, and why."""
    members = {**body, "verdict": Verdict(body["verdict"])}
    return _done(complaint_id, lambda one: concluding.judge(one, **members))


@room.post("/complaints/<uuid:complaint_id>/case", permission=_HANDLE)
@room.arguments(ComplaintCaseSchema)
@room.response(201, ComplaintSchema)
def open_case(body: dict[str, Any], complaint_id: UUID) -> dict[str, Any]:
    """Open a case of the source complaint; its answer answers whoever complained."""

    def opened(one: Complaint) -> None:
        concluding.open_case(one, **body)

    return _done(complaint_id, opened)


@room.post("/complaints/<uuid:complaint_id>/reply", permission=_HANDLE)
@room.arguments(ComplaintWordsSchema)
@room.response(200, ComplaintSchema)
def reply(body: dict[str, str], complaint_id: UUID) -> dict[str, Any]:
    """Answer whoever complained, and whose complaint was merged into this one."""
    return _done(complaint_id, lambda one: concluding.reply(one, body["text"]))


def _done(complaint_id: UUID, verb: Callable[[Complaint], None]) -> dict[str, Any]:
    complaint = queries.complaint_for_update(complaint_id, seen_by_office(principal()))
    verb(complaint)
    return views.office_view(complaint)
