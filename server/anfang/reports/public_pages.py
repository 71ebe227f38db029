"""Addresses of published results for the public, in the reader's language, without script."""

from typing import Any
from uuid import UUID

from flask import Response

from anfang.kit.errors import NotFound
from anfang.kit.http import PUBLIC, Room
from anfang.kit.pages import page
from anfang.kit.public_html import LanguageQuery, render_page
from anfang.reports import releases

pages = Room(
    "public_results",
    __name__,
    url_prefix="/p/results",
    template_folder="templates",
    description="Public pages of results",
)


@pages.get("/", permission=PUBLIC)
@pages.arguments(LanguageQuery, location="query")
def list_published(query: dict[str, Any]) -> Response:
    """List the results that were ever published, the latest first."""
    found = page(releases.public_releases(), cursor=query["cursor"], limit=query["limit"])
    return render_page("results/list.html", releases=found.items, following=found.next)


@pages.get("/<uuid:release_id>", permission=PUBLIC)
def show_published(release_id: UUID) -> Response:
    """Show results as they were signed off, and whether they stand."""
    try:
        release = releases.release(release_id, releases.is_public())
    except NotFound:
        return render_page("results/missing.html", status=404)
    return render_page(
        "results/results.html", release=release, figures=release.figures, percent=_percent
    )


def _percent(text: str | None) -> str:
    return "—" if text is None else f"{100 * float(text):.0f}%"
