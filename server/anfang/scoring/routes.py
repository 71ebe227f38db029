"""Addresses of scoring: schemes, runs, explanations, what follows."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from anfang.kit.http import Room
from anfang.kit.pages import Page, page, page_of
from anfang.kit.principal import Principal
from anfang.kit.waiting import waits
from anfang.scoring import firing, queries, running, views
from anfang.scoring.models import RunState, ScoreRun
from anfang.scoring.schemas import (
    ConsequenceDropSchema,
    ConsequenceProposalSchema,
    ExplainedScoreSchema,
    NewScoreRunSchema,
    ScoreConsequenceSchema,
    ScoreDecisionSchema,
    ScoreFiguresSchema,
    ScoreRunQuerySchema,
    ScoreRunSchema,
    ScoreSchemeQuerySchema,
    ScoreSchemesSchema,
    WholeScoreRunSchema,
)

room = Room("scoring", __name__, description="Scores and rankings of units")


@room.get("/score-schemes", permission="score.read")
@room.arguments(ScoreSchemeQuerySchema, location="query")
@room.response(200, ScoreSchemesSchema)
def list_schemes(query: dict[str, Any]) -> dict[str, Any]:
    """List the schemes of a campaign's rulebook."""
    return {"items": views.schemes_view(query["campaign"])}


@room.get("/score-runs", permission="score.read")
@room.arguments(ScoreRunQuerySchema, location="query")
@room.response(200, page_of(ScoreRunSchema))
def list_runs(query: dict[str, Any]) -> Page:
    """List runs, the latest computed first."""
    cursor, limit = query.pop("cursor"), query.pop("limit")
    found = page(queries.runs_listed(**query), cursor=cursor, limit=limit)
    return Page(views.runs_view(found.items), found.next)


@waits("scores", permission="score.sign")
def _to_sign(_caller: Principal) -> Select[Any]:
    return select(ScoreRun.id).where(ScoreRun.state == RunState.DRAFT.value)


@room.post("/score-runs", permission="score.compute")
@room.arguments(NewScoreRunSchema)
@room.response(201, WholeScoreRunSchema)
def compute(body: dict[str, Any]) -> dict[str, Any]:
    """Compute a scheme over some days, as a draft."""
    return views.run_view(running.compute(**body))


@room.get("/score-runs/<uuid:run_id>", permission="score.read")
@room.response(200, WholeScoreRunSchema)
def show_run(run_id: UUID) -> dict[str, Any]:
    """Return a run with its results and what follows from them."""
    return views.run_view(queries.run(run_id))


@room.get("/score-runs/<uuid:run_id>/units/<uuid:unit_id>", permission="score.read")
@room.response(200, ExplainedScoreSchema)
def explain(run_id: UUID, unit_id: UUID) -> dict[str, Any]:
    """Return a unit's score down to the records, rounds and complaints that it comes from."""
    return views.explained_view(queries.run(run_id), unit_id)


@room.get("/score-runs/<uuid:run_id>/figures", permission="score.read")
@room.response(200, ScoreFiguresSchema)
def show_figures(run_id: UUID) -> dict[str, Any]:
    """Return the figures that a run was computed from, with their digest."""
    run = queries.frozen_run(run_id)
    return {"sha256": run.figures_sha256, "items": run.figures}


@room.post("/score-runs/<uuid:run_id>/decide", permission="score.sign")
@room.arguments(ScoreDecisionSchema)
@room.response(200, WholeScoreRunSchema)
def decide(body: dict[str, Any], run_id: UUID) -> dict[str, Any]:
    """Sign off or reject what somebody else computed."""
    run = queries.run_for_update(run_id)
    settle = running.sign if body["approved"] else running.reject
    settle(run, body["note"])
    return views.run_view(run)


@room.post("/score-runs/<uuid:run_id>/publish", permission="score.compute")
@room.response(200, WholeScoreRunSchema)
def publish(run_id: UUID) -> dict[str, Any]:
    """Publish a run that was signed off; what follows is opened."""
    run = queries.run_for_update(run_id)
    running.publish(run)
    return views.run_view(run)


@room.post("/score-consequences/<uuid:consequence_id>/propose", permission="score.compute")
@room.arguments(ConsequenceProposalSchema)
@room.response(200, ScoreConsequenceSchema)
def propose(body: dict[str, Any], consequence_id: UUID) -> dict[str, Any]:
    """Propose the measure or reward that follows, once the unit was heard."""
    consequence = queries.consequence_for_update(consequence_id)
    firing.propose(consequence, **body)
    (told,) = views.consequences_view([consequence])
    return told


@room.post("/score-consequences/<uuid:consequence_id>/drop", permission="score.sign")
@room.arguments(ConsequenceDropSchema)
@room.response(200, ScoreConsequenceSchema)
def drop(body: dict[str, str], consequence_id: UUID) -> dict[str, Any]:
    """Decide that nothing follows."""
    consequence = queries.consequence_for_update(consequence_id)
    firing.drop(consequence, body["note"])
    (told,) = views.consequences_view([consequence])
    return told
