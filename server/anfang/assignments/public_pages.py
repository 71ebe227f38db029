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
from anfang.kit.public_html import LanguageQuery, public_link, render_page

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
    return _html("list", draws=found.items, following=found.next)


@pages.get("/<uuid:draw_id>", permission=PUBLIC)
def show_published(draw_id: UUID) -> Response:
    """Show the sheet of one draw: pools, what was drawn, how to repeat it."""
    try:
        draw = draw_queries.published_draw(draw_id)
    except NotFound:
        return _html("missing", status=404)
    return _html("draw", **draw_views.public_view(draw))


@pages.get("/<uuid:draw_id>/draw.json", permission=PUBLIC)
def show_file(draw_id: UUID) -> Response:
    """Return the objects' half to the byte."""
    try:
        draw = draw_queries.published_draw(draw_id)
    except NotFound:
        return _html("missing", status=404)
    return Response(
        draw.objects_file or "",
        mimetype="application/json",
        headers={"Content-Disposition": f'attachment; filename="draw-{draw_id}.json"'},
    )


def _html(name: str, *, status: int = 200, **values: Any) -> Response:
    return render_page(
        f"draws/{name}.html",
        status=status,
        draw_link=lambda endpoint, **members: public_link(f"public_draws.{endpoint}", **members),
        **values,
    )
