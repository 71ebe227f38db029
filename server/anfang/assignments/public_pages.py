"""Addresses of draws for the public: the objects' half of a draw, after the visits. No script.

The pages stand among the other public pages (`/p/`) and share their frame and style sheet.
"""

from typing import Any
from uuid import UUID

from flask import Response

from anfang.assignments import draw_queries, draw_views
from anfang.kit.errors import NotFound
from anfang.kit.http import PUBLIC, Room
from anfang.kit.pages import page
from anfang.kit.public_html import LanguageQuery, render_page

pages = Room(
    "public_draws",
    __name__,
    url_prefix="/p/draws",
    template_folder="templates",
    description="Public pages of draws",
)


@pages.get("/", permission=PUBLIC)
@pages.arguments(LanguageQuery, location="query")
def list_published(query: dict[str, Any]) -> Response:
    """List the draws whose visits are over, the latest first."""
    found = page(draw_queries.published_draws(), cursor=query["cursor"], limit=query["limit"])
    return render_page("draws/list.html", draws=found.items, following=found.next)


@pages.get("/<uuid:draw_id>", permission=PUBLIC)
def show_published(draw_id: UUID) -> Response:
    """Show the sheet of one draw: pools, what was drawn, how to repeat it."""
    try:
        draw = draw_queries.published_draw(draw_id)
    except NotFound:
        return render_page("draws/missing.html", status=404)
    return render_page("draws/draw.html", **draw_views.public_view(draw))


@pages.get("/<uuid:draw_id>/draw.json", permission=PUBLIC)
def show_file(draw_id: UUID) -> Response:
    """Return the objects' half to the byte."""
    try:
        draw = draw_queries.published_draw(draw_id)
    except NotFound:
        return render_page("draws/missing.html", status=404)
    return Response(
        draw.objects_file or "",
        mimetype="application/json",
        headers={"Content-Disposition": f'attachment; filename="draw-{draw_id}.json"'},
    )
