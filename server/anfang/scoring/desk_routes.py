"""Addresses of scoring at a unit's desk: what it came to itself, once it is published."""

from typing import Any, Final
from uuid import UUID

from anfang.kit.http import Room
from anfang.kit.pages import Page, PageQuery, page, page_of
from anfang.kit.principal import principal
from anfang.scoring import desk_views, queries
from anfang.scoring.policies import own_results
from anfang.scoring.schemas import OwnExplainedScoreSchema, OwnScoreSchema

room = Room("score-desk", __name__, description="A unit's own scores")

_OWN: Final = "score.own"


@room.get("/desk-scores", permission=_OWN)
@room.arguments(PageQuery, location="query")
@room.response(200, page_of(OwnScoreSchema))
def list_own(query: dict[str, Any]) -> Page:
    """List what the unit came to in published runs, the latest first."""
    found = page(queries.published_results(own_results(principal())), **query)
    return Page(desk_views.own_lines(found.items), found.next)


@room.get("/desk-scores/<uuid:run_id>/units/<uuid:unit_id>", permission=_OWN)
@room.response(200, OwnExplainedScoreSchema)
def explain_own(run_id: UUID, unit_id: UUID) -> dict[str, Any]:
    """Return how the unit came to its score."""
    within = own_results(principal())
    return desk_views.own_explained(queries.published_result(run_id, unit_id, within))
