"""Addresses of draws and conflicts of interest."""

from typing import Any
from uuid import UUID

from flask import Response

from anfang.assignments import draw_queries, draw_views, draws
from anfang.assignments.draw_plans import DrawPlan
from anfang.assignments.draw_schemas import (
    DrawFrameSchema,
    DrawMakeSchema,
    DrawPlanSchema,
    DrawQuerySchema,
    DrawSchema,
    DrawSummarySchema,
    InspectorConflictSchema,
    NewInspectorConflictSchema,
)
from anfang.assignments.errors import DrawNotMade
from anfang.assignments.models import InspectorConflict
from anfang.kit.http import Room
from anfang.kit.pages import Page, PageQuery, page, page_of

room = Room("draws", __name__, description="Double-random draws")


@room.get("/draws", permission="assignment.read")
@room.arguments(DrawQuerySchema, location="query")
@room.response(200, page_of(DrawSummarySchema))
def list_draws(query: dict[str, Any]) -> Page:
    """List draws, the latest first."""
    cursor, limit = query.pop("cursor"), query.pop("limit")
    return page(draw_queries.draws_listed(**query), cursor=cursor, limit=limit)


@room.post("/draws/frame", permission="assignment.manage")
@room.arguments(DrawPlanSchema)
@room.response(200, DrawFrameSchema)
def show_frame(plan: DrawPlan) -> dict[str, Any]:
    """Show the pools as they would be frozen now; nothing is kept."""
    return draw_views.frame_view(*draws.frames(plan))


@room.post("/draws", permission="assignment.manage")
@room.arguments(DrawPlanSchema)
@room.response(201, DrawSchema)
def commit_draw(plan: DrawPlan) -> dict[str, Any]:
    """Freeze the pools and commit to a secret, before the public entropy is known."""
    return draw_views.draw_view(draws.commit_to(plan))


@room.get("/draws/<uuid:draw_id>", permission="assignment.read")
@room.response(200, DrawSchema)
def show_draw(draw_id: UUID) -> dict[str, Any]:
    """Return one draw."""
    return draw_views.draw_view(draw_queries.draw(draw_id))


@room.post("/draws/<uuid:draw_id>/make", permission="assignment.manage")
@room.arguments(DrawMakeSchema)
@room.response(200, DrawSchema)
def make_draw(body: dict[str, Any], draw_id: UUID) -> dict[str, Any]:
    """Draw with the public entropy and hand out the visits."""
    draw = draw_queries.draw(draw_id)
    draws.make(draw, **body)
    return draw_views.draw_view(draw)


@room.post("/draws/<uuid:draw_id>/publish", permission="assignment.manage")
@room.response(200, DrawSchema)
def publish_draw(draw_id: UUID) -> dict[str, Any]:
    """Let the public see the objects' half, after the visits."""
    draw = draw_queries.draw(draw_id)
    draws.publish(draw)
    return draw_views.draw_view(draw)


@room.get("/draws/<uuid:draw_id>/objects-file", permission="assignment.read")
@room.response(200, content_type="application/json")
def show_objects_file(draw_id: UUID) -> Response:
    """Return the objects' half to the byte: `anfang draw verify` repeats it."""
    draw = draw_queries.draw(draw_id)
    return _file(draw.objects_file, f"draw-{draw_id}-objects.json")


@room.get("/draws/<uuid:draw_id>/inspectors-file", permission="assignment.read")
@room.response(200, content_type="application/json")
def show_inspectors_file(draw_id: UUID) -> Response:
    """Return the inspectors' half to the byte, for the auditor."""
    draw = draw_queries.draw(draw_id)
    return _file(draw.inspectors_file, f"draw-{draw_id}-inspectors.json")


@room.get("/inspector-conflicts", permission="assignment.read")
@room.arguments(PageQuery, location="query")
@room.response(200, page_of(InspectorConflictSchema))
def list_conflicts(query: dict[str, Any]) -> Page:
    """List who is not sent where for a conflict of interest."""
    return page(draw_queries.conflicts(), cursor=query["cursor"], limit=query["limit"])


@room.post("/inspector-conflicts", permission="assignment.manage")
@room.arguments(NewInspectorConflictSchema)
@room.response(201, InspectorConflictSchema)
def declare_conflict(body: dict[str, Any]) -> InspectorConflict:
    """Declare a conflict of interest."""
    return draws.declare_conflict(**body)


@room.delete(
    "/inspector-conflicts/<uuid:inspector_id>/<uuid:unit_id>", permission="assignment.manage"
)
@room.response(204)
def withdraw_conflict(inspector_id: UUID, unit_id: UUID) -> None:
    """Take a declared conflict back."""
    draws.withdraw_conflict(draw_queries.conflict(inspector_id, unit_id))


def _file(half: str | None, name: str) -> Response:
    if half is None:
        raise DrawNotMade
    return Response(
        half,
        mimetype="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
