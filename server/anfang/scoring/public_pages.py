"""Addresses of scoring for the public: rankings of units, where the rulebook has them. No script.

The pages stand among the other public pages (`/p/`) and share their frame and style sheet.
"""

from typing import Any
from uuid import UUID

from flask import Response

from anfang.campaigns import queries as campaigns
from anfang.kit.errors import NotFound
from anfang.kit.http import PUBLIC, Room
from anfang.kit.pages import page
from anfang.kit.public_html import LanguageQuery, render_page
from anfang.scoring import queries, views
from anfang.scoring.models import RunState

pages = Room(
    "public_rankings",
    __name__,
    url_prefix="/p/rankings",
    template_folder="templates",
    description="Public pages of rankings",
)


@pages.get("/", permission=PUBLIC)
@pages.arguments(LanguageQuery, location="query")
def list_public(query: dict[str, Any]) -> Response:
    """List published rankings, the latest first."""
    found = page(queries.published_runs(), cursor=query["cursor"], limit=query["limit"])
    corrected = queries.corrections_of(one.id for one in found.items)
    return render_page(
        "rankings/list.html", runs=found.items, corrected=corrected, following=found.next
    )


@pages.get("/<uuid:run_id>", permission=PUBLIC)
@pages.arguments(LanguageQuery, location="query")
def show_public(_query: dict[str, Any], run_id: UUID) -> Response:
    """Show a published ranking: units by category, with rank, score and band."""
    try:
        run = queries.run(run_id)
    except NotFound:
        return render_page("rankings/missing.html", status=404)
    if run.state != RunState.PUBLISHED.value:
        return render_page("rankings/missing.html", status=404)
    return render_page(
        "rankings/run.html",
        run=run,
        scheme=queries.scheme_for(run),
        campaign=campaigns.campaign(run.campaign_id),
        categories=views.public_view(run),
        correction=queries.corrections_of([run.id]).get(run.id),
    )
