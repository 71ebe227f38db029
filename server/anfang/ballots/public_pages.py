"""Addresses of the ballot for raters: a code becomes a paper, a paper becomes a ballot. No script.

The code stands in the address where a slip's QR code was scanned: the request log names routes,
never paths, and no page refers to another site. What a page says is sealed in memory by
`casting.cast` before anything is written.
"""

from collections.abc import Mapping
from typing import Any

from flask import Response, redirect, request

from anfang.ballots import casting
from anfang.ballots.errors import PaperIncomplete
from anfang.ballots.models import BallotBox
from anfang.kit.db import transaction
from anfang.kit.errors import Problem
from anfang.kit.http import PUBLIC, Room
from anfang.kit.public_html import public_link, render_page

pages = Room(
    "public_ballots",
    __name__,
    url_prefix="/p/ballots",
    template_folder="templates",
    description="The raters' page of sealed appraisals",
)

_LONGEST_CODE = 80


@pages.get("/", permission=PUBLIC)
def ask_code() -> Response:
    """Ask for the code of a slip."""
    return _html("code")


@pages.get("/done", permission=PUBLIC)
def show_done() -> Response:
    """Say that the ballot is in the box."""
    return _html("done")


@pages.get("/<string:code>", permission=PUBLIC)
def show_scanned_paper(code: str) -> Response:
    """Show the paper of a slip whose QR code was scanned."""
    return _paper(code)


@pages.post("/paper", permission=PUBLIC)
def show_typed_paper() -> Response:
    """Show the paper of a slip whose code was typed."""
    return _paper(request.form.get("code", ""))


@pages.post("/", permission=PUBLIC, own_transactions=True)
def cast_ballot() -> Response:
    """Put the ballot into the box; a second one of the same slip is refused."""
    code = request.form.get("code", "")[:_LONGEST_CODE]
    try:
        casting.cast(code, request.form)
    except PaperIncomplete as incomplete:
        with transaction(write=False):
            return _paper(code, said=request.form, missing=incomplete.pointers)
    except Problem as problem:
        return _refused(problem)
    # The way back leads to a page that was asked for, not to one that was sent.
    return redirect(public_link("public_ballots.show_done"), 303)  # type: ignore[return-value]


def _paper(
    code: str, said: Mapping[str, str] | None = None, missing: Mapping[str, str] | None = None
) -> Response:
    try:
        box, group = casting.paper_for(code[:_LONGEST_CODE])
    except Problem as problem:
        return _refused(problem)
    return _html(
        "paper",
        status=422 if missing else 200,
        code=code,
        group=next(one["title"] for one in box.paper["groups"] if one["code"] == group),
        said=said or {},
        missing=missing or {},
        **_asked(box),
    )


def _asked(box: BallotBox) -> dict[str, Any]:
    return {"title": box.title, "day": box.day, **box.paper}


def _refused(problem: Problem) -> Response:
    return _html("refused", status=problem.status, problem=problem.code)


def _html(name: str, *, status: int = 200, **values: Any) -> Response:
    answer = render_page(f"ballots/{name}.html", status=status, **values)
    answer.headers["Cache-Control"] = "no-store"
    return answer
