"""Addresses of ladders for the public: what was taken back after it had been public. No script.

The page stands among the other public pages (`/p/`) and shares their frame and style sheet.
"""

from datetime import datetime
from typing import Any, Final

from flask import Response, current_app, render_template, request, url_for
from marshmallow import fields

from anfang.kit.clock import local_day
from anfang.kit.http import PUBLIC, Room
from anfang.kit.i18n import reader_locale, translate
from anfang.kit.pages import PageQuery, page
from anfang.ladders import queries, views

pages = Room(
    "public_corrections",
    __name__,
    url_prefix="/p/corrections",
    template_folder="templates",
    description="Public page of corrections",
)

_LANGUAGES: Final = {"zh-CN": "中文", "en": "English"}


class LanguageQuery(PageQuery):
    """Members of every public address; the language overrules the browser's."""

    lang = fields.String()


@pages.get("/", permission=PUBLIC)
@pages.arguments(LanguageQuery, location="query")
def list_corrections(query: dict[str, Any]) -> Response:
    """List what was taken back or lightened, the latest first."""
    found = page(queries.corrections(), cursor=query["cursor"], limit=query["limit"])
    locale = reader_locale()
    body = render_template(
        "corrections/list.html",
        t=lambda message, **members: translate(message, locale, **members),
        lang=locale,
        languages=_LANGUAGES,
        day=_written_day,
        link=lambda endpoint, **members: _link(f"public.{endpoint}", **members),
        correction_link=lambda **members: _link("public_corrections.list_corrections", **members),
        corrections=views.corrections_view(found.items),
        following=found.next,
    )
    answer = Response(body, mimetype="text/html")
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
