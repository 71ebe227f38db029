"""Addresses of surveys for the public: a ballot for a code, published results. No script.

[Note: Codes in addresses] a QR code leads straight to its ballot, so the code stands in the path;
the request log names the route's pattern, the web server logs no requests, pages send no referrer
and are not stored. Whoever types the code sends it in a body. docs/decisions/0033.
"""

from functools import cache, partial
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from flask import Response, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirect

from anfang.kit.errors import NotFound
from anfang.kit.http import PUBLIC, Room
from anfang.kit.i18n import reader_locale
from anfang.kit.pages import page
from anfang.kit.public_html import LanguageQuery, public_link, render_page
from anfang.surveys import queries, tokens, views
from anfang.surveys.errors import (
    SurveyMarksFaulty,
    SurveyNotOpen,
    SurveyTokenUnknown,
    SurveyTokenUsed,
)
from anfang.surveys.form import Marks, read_form, said
from anfang.surveys.models import RoundState, SurveyRound

pages = Room(
    "public_surveys",
    __name__,
    url_prefix="/p/surveys",
    template_folder="templates",
    description="Public pages of surveys",
)

_STYLE: Final = Path(__file__).with_name("templates") / "surveys" / "style.css"
_CODE: Final = "code"
_CLOSED: Final = {
    SurveyTokenUnknown: "unknown",
    SurveyTokenUsed: "used",
    SurveyNotOpen: "over",
}


@pages.get("/", permission=PUBLIC)
def ask_code() -> Response:
    """Ask for the code."""
    return _html("code")


@pages.post("/", permission=PUBLIC)
def open_typed() -> Response:
    """Show the ballot of a typed code."""
    return _ballot(request.form.get(_CODE, ""))


@pages.get("/style.css", permission=PUBLIC)
def style() -> Response:
    """Return what ballots add to the public style sheet."""
    return Response(
        _style(), mimetype="text/css", headers={"Cache-Control": "public, max-age=3600"}
    )


@pages.get("/thanks", permission=PUBLIC)
def thank() -> Response:
    """Say that the ballot is in the box; it is not shown again."""
    return _html("thanks")


@pages.post("/ballot", permission=PUBLIC)
def cast_ballot() -> Response | Redirect:
    """Take a ballot; going back from the next page and sending it again is refused."""
    code, marks = request.form.get(_CODE, ""), _marks(request.form)
    try:
        tokens.cast_ballot(code, marks)
    except SurveyMarksFaulty:
        return _ballot(code, marks, faulty=True)
    except (SurveyTokenUnknown, SurveyTokenUsed, SurveyNotOpen) as problem:
        return _refused(problem)
    return redirect(public_link("public_surveys.thank"), 303)


@pages.get("/results/", permission=PUBLIC)
@pages.arguments(LanguageQuery, location="query")
def list_results(query: dict[str, Any]) -> Response:
    """List the rounds whose results are public, the latest first."""
    found = page(queries.published_rounds(), cursor=query["cursor"], limit=query["limit"])
    return _html("results", rounds=found.items, following=found.next)


@pages.get("/results/<uuid:round_id>", permission=PUBLIC)
def show_results(round_id: UUID) -> Response:
    """Show a round's published results, units by category: this is no ranking."""
    try:
        published = SurveyRound.state == RoundState.PUBLISHED.value
        one = queries.round_of(round_id, published)
    except NotFound:
        return _html("missing", status=404)
    return _html("result", round=one, units=views.results_view(one))


@pages.get("/<string:code>", permission=PUBLIC)
def open_ballot(code: str) -> Response:
    """Show the ballot of a code that was scanned [Note: Codes in addresses]."""
    return _ballot(code)


def _ballot(code: str, marks: Marks | None = None, *, faulty: bool = False) -> Response:
    try:
        one, group = tokens.ballot_of(code)
    except (SurveyTokenUnknown, SurveyTokenUsed, SurveyNotOpen) as problem:
        return _refused(problem)
    form = read_form(one.form)
    judged = set(form.units_for(group))
    answer = _html(
        "ballot",
        status=422 if faulty else 200,
        round=one,
        form=form,
        units=[unit for unit in views.units_of(form) if unit.id in judged],
        code=code,
        marks=marks or {},
        faulty=faulty,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _refused(problem: SurveyTokenUnknown | SurveyTokenUsed | SurveyNotOpen) -> Response:
    return _html("refused", status=problem.status, why=_CLOSED[type(problem)])


def _marks(sent: MultiDict[str, str]) -> Marks:
    """Read the marks of a form: members `<unit id>.<question>`."""
    found: Marks = {}
    for name, option in sent.items():
        unit, dot, question = name.partition(".")
        if dot:
            found.setdefault(unit, {})[question] = option
    return found


def _html(name: str, *, status: int = 200, **values: Any) -> Response:
    return render_page(
        f"surveys/{name}.html",
        status=status,
        said=partial(said, english=reader_locale() == "en"),
        **values,
    )


@cache
def _style() -> str:
    return _STYLE.read_text(encoding="utf-8")
