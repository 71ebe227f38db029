"""Addresses of draws for the public: the objects' half of a draw, after the visits. No script.

The pages stand among the other public pages (`/p/`) and share their frame and style sheet.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response, current_app, render_template, request, url_for
from marshmallow import fields

from anfang.assignments import draw_queries, draw_views
from anfang.kit.clock import local_day
from anfang.kit.errors import NotFound
from anfang.kit.http import PUBLIC, Room
from anfang.kit.i18n import reader_locale, translate
from anfang.kit.pages import PageQuery, page

pages = Room(
    "public_draws",
    __name__,
    url_prefix="/p/draws",
    template_folder="templates",
    description="Public pages of draws",
)

_LANGUAGES = {"zh-CN": "中文", "en": "English"}


class LanguageQuery(PageQuery):
    """Members of every public address; the language overrules the browser's."""

    lang = fields.String()


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
    locale = reader_locale()
    body = render_template(
        f"draws/{name}.html",
        t=lambda message, **members: translate(message, locale, **members),
        lang=locale,
        languages=_LANGUAGES,
        day=_written_day,
        link=lambda endpoint, **members: _link(f"public.{endpoint}", **members),
        draw_link=lambda endpoint, **members: _link(f"public_draws.{endpoint}", **members),
        **values,
    )
    answer = Response(body, status=status, mimetype="text/html")
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Content-Language"] = locale
    answer.headers["Vary"] = "Accept-Language"
    return answer


def _written_day(moment: datetime) -> str:
    return local_day(moment, current_app.config["ZONE"]).isoformat()


def _link(endpoint: str, **values: Any) -> str:
    """Return an address that keeps the language which the reader chose."""
    chosen = request.args.get("lang")
    if chosen:
        values["lang"] = chosen
    return url_for(endpoint, **values)
