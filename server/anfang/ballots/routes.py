"""Addresses of sealed appraisals for the office."""

from typing import Any
from uuid import UUID

from flask import Response, request

from anfang.ballots import closing, opening, printing, queries, service, views, witnessing
from anfang.ballots.models import BallotBox
from anfang.ballots.policies import visible_boxes
from anfang.ballots.schemas import (
    AppraisalQuerySchema,
    AppraisalsSchema,
    BallotBoxQuerySchema,
    BallotBoxRowSchema,
    BallotBoxSchema,
    BallotOpeningSchema,
    BallotReasonSchema,
    BallotRecountSchema,
    BallotTallySchema,
    NewBallotBoxSchema,
    NewBallotSlipsSchema,
    SpoiltSlipSchema,
    WitnessesSchema,
)
from anfang.kit.db import transaction
from anfang.kit.http import Room
from anfang.kit.pages import Page, page, page_of
from anfang.kit.principal import principal

room = Room("ballots", __name__, description="Sealed appraisals: slips, the box, its opening")

_PDF = "application/pdf"


@room.get("/appraisals", permission="ballot.read")
@room.arguments(AppraisalQuerySchema, location="query")
@room.response(200, AppraisalsSchema)
def list_appraisals(query: dict[str, Any]) -> dict[str, Any]:
    """List the sealed appraisals that a campaign's rulebook declares."""
    campaign_id = query["campaign"]
    found = queries.appraisals(campaign_id).values()
    return {"items": [views.appraisal_view(campaign_id, one) for one in found]}


@room.get("/ballot-boxes", permission="ballot.read")
@room.arguments(BallotBoxQuerySchema, location="query")
@room.response(200, page_of(BallotBoxRowSchema))
def list_boxes(query: dict[str, Any]) -> Page:
    """List ballot boxes, the newest first."""
    listed = queries.boxes_listed(query["campaign_id"]).where(visible_boxes(principal()))
    found = page(listed, cursor=query["cursor"], limit=query["limit"])
    return Page(views.box_views(found.items), found.next)


@room.post("/ballot-boxes", permission="ballot.manage")
@room.arguments(NewBallotBoxSchema)
@room.response(201, BallotBoxSchema)
def set_up_box(body: dict[str, Any]) -> dict[str, Any]:
    """Set up the box of a meeting."""
    return views.box_view(service.set_up(**body))


@room.get("/ballot-boxes/<uuid:box_id>", permission="ballot.read")
@room.response(200, BallotBoxSchema)
def show_box(box_id: UUID) -> dict[str, Any]:
    """Return one box, with the live count of slips."""
    return views.box_view(_box(box_id))


@room.post(
    "/ballot-boxes/<uuid:box_id>/witnesses", permission="ballot.manage", own_transactions=True
)
@room.arguments(WitnessesSchema)
@room.response(201, BallotBoxSchema)
def take_shares(body: dict[str, Any], box_id: UUID) -> dict[str, Any]:
    """Split the box's key among witnesses who are present; the box is open for ballots then."""
    pledges = [witnessing.Pledge(**one) for one in body["witnesses"]]
    witnessing.take_shares(box_id, pledges, request.remote_addr or "unknown")
    return _told(box_id)


@room.post("/ballot-boxes/<uuid:box_id>/slips", permission="ballot.manage")
@room.arguments(NewBallotSlipsSchema)
@room.response(200, content_type=_PDF)
def issue_slips(body: dict[str, Any], box_id: UUID) -> Response:
    """Make slips for a group of raters, as a PDF that is kept nowhere."""
    box = _box(box_id, for_update=True)
    made = service.issue(box, **body)
    return Response(printing.slips(box, body["group"], made), mimetype=_PDF)


@room.post("/ballot-boxes/<uuid:box_id>/spoilt", permission="ballot.manage")
@room.arguments(SpoiltSlipSchema)
@room.response(200, BallotBoxSchema)
def spoil_slip(body: dict[str, Any], box_id: UUID) -> dict[str, Any]:
    """Declare a slip spoilt that was handed back unused."""
    box = _box(box_id, for_update=True)
    service.spoil(box, **body)
    return views.box_view(box)


@room.post("/ballot-boxes/<uuid:box_id>/seal", permission="ballot.manage", own_transactions=True)
@room.response(200, BallotBoxSchema)
def seal_box(box_id: UUID) -> dict[str, Any]:
    """Seal the box on the spot."""
    closing.seal_up(box_id)
    return _told(box_id)


@room.post("/ballot-boxes/<uuid:box_id>/opening", permission="ballot.manage", own_transactions=True)
@room.arguments(BallotOpeningSchema)
@room.response(200, BallotTallySchema)
def open_box(body: dict[str, Any], box_id: UUID) -> dict[str, Any]:
    """Open a sealed box before its witnesses and count it."""
    present = {one["username"]: one["passphrase"] for one in body["present"]}
    opening.open_up(box_id, present)
    with transaction(write=False):
        return views.tally_view(queries.box(box_id))


@room.get("/ballot-boxes/<uuid:box_id>/tally", permission="ballot.read")
@room.response(200, BallotTallySchema)
def show_tally(box_id: UUID) -> dict[str, Any]:
    """Return what an opened box says."""
    return views.tally_view(_box(box_id))


@room.get("/ballot-boxes/<uuid:box_id>/recount", permission="ballot.read")
@room.response(200, BallotRecountSchema)
def recount_box(box_id: UUID) -> opening.Recount:
    """Count an opened box again from its papers and compare."""
    return opening.recount(_box(box_id))


@room.post("/ballot-boxes/<uuid:box_id>/void", permission="ballot.void")
@room.arguments(BallotReasonSchema)
@room.response(200, BallotBoxSchema)
def void_box(body: dict[str, Any], box_id: UUID) -> dict[str, Any]:
    """Declare a box void before it was opened."""
    box = _box(box_id, for_update=True)
    service.void(box, **body)
    return views.box_view(box)


def _told(box_id: UUID) -> dict[str, Any]:
    with transaction(write=False):
        return views.box_view(queries.box(box_id))


def _box(box_id: UUID, *, for_update: bool = False) -> BallotBox:
    return queries.box(box_id, visible_boxes(principal()), for_update=for_update)
