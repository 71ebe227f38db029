"""Addresses of documents for the public: published notices as light pages, no script, no sign-in.

The pages work on an old phone and on paper. What is not published does not exist here; what was
withdrawn stays, marked.
"""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from flask import Response, current_app
from marshmallow import fields, validate

from anfang.documents import queries
from anfang.documents.composition import document_of
from anfang.documents.content import NoticeDocument, chinese_date
from anfang.documents.models import ISSUED_STATES, Notice
from anfang.documents.numbering import parse_number
from anfang.kit.clock import local_day
from anfang.kit.errors import NotFound
from anfang.kit.http import PUBLIC, Room
from anfang.kit.i18n import reader_locale
from anfang.kit.pages import page
from anfang.kit.public_html import LanguageQuery, render_page
from anfang.log import queries as log
from anfang.log.errors import NotYetLogged

pages = Room(
    "public", __name__, url_prefix="/p", template_folder="templates", description="Public pages"
)

_STYLE: Final = Path(__file__).with_name("templates") / "public" / "style.css"

_OTHERS: Final = (
    ("public-explanations", "public_explanations.list_explanations"),
    ("public-corrections", "public_corrections.list_corrections"),
    ("public-registers", "public_registers.list_public"),
    ("public-survey-results", "public_surveys.list_results"),
    ("public-rankings", "public_rankings.list_public"),
    ("public-results", "public_results.list_published"),
    ("public-draws", "public_draws.list_published"),
)
"""What other rooms publish: the page's title and its address."""


class VerificationQuery(LanguageQuery):
    """What a reader wants checked: a number as it may be typed, perhaps a file's hash."""

    number = fields.String(load_default="", validate=validate.Length(max=80))
    sha256 = fields.String(load_default="", validate=validate.Length(max=200))


@pages.get("/", permission=PUBLIC)
@pages.arguments(LanguageQuery, location="query")
def list_published(query: dict[str, Any]) -> Response:
    """List what was ever published, the latest first."""
    found = page(queries.public_notices_listed(), cursor=query["cursor"], limit=query["limit"])
    return _html("list", notices=found.items, following=found.next, others=_OTHERS)


@pages.get("/notices/<int:year>/<int:serial>", permission=PUBLIC)
def show_published(year: int, serial: int) -> Response:
    """Show one notice: its text, whether it stands, how to check it."""
    try:
        notice = queries.public_notice(year, serial)
    except NotFound:
        return _html("missing", status=404)
    return _html("notice", notice=notice, document=_document(notice), **_standing(notice))


@pages.get("/notices/<int:year>/<int:serial>/document.pdf", permission=PUBLIC)
def show_document(year: int, serial: int) -> Response:
    """Return the PDF as it was published, whatever became of the notice since."""
    try:
        notice = queries.public_notice(year, serial)
    except NotFound:
        return _html("missing", status=404)
    name = quote(f"{notice.number}.pdf", safe="")
    return Response(
        queries.pdf(notice),
        mimetype="application/pdf",
        headers={
            "Content-Disposition": f"inline; filename*=UTF-8''{name}",
            "Cache-Control": "public, max-age=86400",
            "X-Content-SHA256": notice.pdf_sha256 or "",
        },
    )


@pages.get("/verify", permission=PUBLIC)
@pages.arguments(VerificationQuery, location="query")
def verify(query: dict[str, Any]) -> Response:
    """Look a number up, and compare the hash of the file at hand with the published one."""
    number, given = query["number"].strip(), query["sha256"].strip().lower()
    if not number:
        return _html("verify", asked=None, given=given)
    try:
        notice = queries.public_notice_by_number(str(parse_number(number)))
    except (NotFound, ValueError):
        return _html("verify", status=404, asked=number, given=given, notice=None)
    matches = given == notice.pdf_sha256 if given else None
    standing = _standing(notice)
    return _html("verify", asked=number, given=given, notice=notice, matches=matches, **standing)


@pages.get("/style.css", permission=PUBLIC)
def style() -> Response:
    """Return the pages' only style sheet."""
    return Response(
        _style(), mimetype="text/css", headers={"Cache-Control": "public, max-age=3600"}
    )


def _html(name: str, *, status: int = 200, **values: Any) -> Response:
    return render_page(f"public/{name}.html", status=status, day=_written_day, **values)


def _standing(notice: Notice) -> dict[str, Any]:
    """Return what a reader needs to check a notice and to know whether it stands."""
    original = queries.notice(notice.original_id) if notice.original_id else None
    followers = queries.successors_of(notice.id)
    return {
        "original": original,
        "successors": [one for one in followers if one.state in ISSUED_STATES],
        "logged_at": _place_in_log(notice),
        "address": current_app.config["ORIGIN"]
        + queries.public_path(notice.year or 0, notice.serial or 0),
    }


def _place_in_log(notice: Notice) -> int | None:
    """Return the place of the notice in the public log; None until the day's sealing."""
    try:
        (entry,) = log.entries_of([("notice", notice.number or "", notice.pdf_sha256 or "")])
    except NotYetLogged:
        return None
    return entry.position


def _document(notice: Notice) -> NoticeDocument:
    return document_of(
        notice.content,
        series=notice.series,
        title=notice.title,
        number=notice.number or "",
        issued_on=local_day(notice.published_at or notice.drafted_at, current_app.config["ZONE"]),
    )


def _written_day(moment: datetime) -> str:
    day = local_day(moment, current_app.config["ZONE"])
    return chinese_date(day) if reader_locale() == "zh-CN" else day.isoformat()


@cache
def _style() -> str:
    return _STYLE.read_text(encoding="utf-8")
