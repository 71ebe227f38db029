"""Public pages: rendered by the server, in the reader's language, without script."""

from datetime import datetime
from typing import Any, Final

from flask import Response, current_app, render_template, request, url_for
from marshmallow import fields

from anfang.kit.clock import local_day
from anfang.kit.i18n import reader_locale, translate
from anfang.kit.pages import PageQuery

LANGUAGES: Final = {"zh-CN": "中文", "en": "English"}


class LanguageQuery(PageQuery):
    """Members of every public address; the language overrules the browser's."""

    lang = fields.String()


def render_page(template: str, *, status: int = 200, **values: Any) -> Response:
    """Render a page that extends the public frame; `t` translates, links keep the language.

    `link` leads to the notices' pages, `here` to those of the room that answers; `day` writes the
    office's day of a moment, unless the page brings its own.
    """
    locale = reader_locale()
    body = render_template(
        template,
        t=lambda message, **members: translate(message, locale, **members),
        lang=locale,
        languages=LANGUAGES,
        link=lambda endpoint, **members: public_link(f"public.{endpoint}", **members),
        here=lambda endpoint, **members: public_link(f".{endpoint}", **members),
        **{"day": _written_day, **values},
    )
    answer = Response(body, status=status, mimetype="text/html")
    # A withdrawal must show at once.
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Content-Language"] = locale
    answer.headers["Vary"] = "Accept-Language"
    return answer


def public_link(endpoint: str, **values: Any) -> str:
    """Return an address that keeps the language which the reader chose."""
    chosen = request.args.get("lang")
    if chosen:
        values["lang"] = chosen
    return url_for(endpoint, **values)


def _written_day(moment: datetime) -> str:
    return local_day(moment, current_app.config["ZONE"]).isoformat()
