"""Addresses of stages."""

from typing import Any
from uuid import UUID

from anfang.campaigns import queries, stage_reads, stages
from anfang.campaigns.rulebook_schemas import (
    NewPointMarkSchema,
    NewStageMarkSchema,
    StagesSchema,
)
from anfang.kit.http import Room

room = Room("stages", __name__, description="Stages of campaigns")


@room.get("/campaigns/<uuid:campaign_id>/stages", permission="campaign.read")
@room.response(200, StagesSchema)
def list_stages(campaign_id: UUID) -> dict[str, Any]:
    """Return the stages in order, with what the coming ones lack."""
    return _shown(campaign_id)


@room.post("/campaigns/<uuid:campaign_id>/stages/next", permission="campaign.manage")
@room.response(200, StagesSchema)
def enter_next(campaign_id: UUID) -> dict[str, Any]:
    """Enter the next stage, if its day has come and its gates are open."""
    stages.enter_next(queries.campaign(campaign_id))
    return _shown(campaign_id)


@room.put(
    "/campaigns/<uuid:campaign_id>/stages/<string:stage>/points/<string:code>",
    permission="campaign.manage",
)
@room.arguments(NewPointMarkSchema)
@room.response(200, StagesSchema)
def mark_point(body: dict[str, Any], campaign_id: UUID, stage: str, code: str) -> dict[str, Any]:
    """Say that a key point is carried out."""
    stages.mark_point(queries.campaign(campaign_id), stage, code, **body)
    return _shown(campaign_id)


@room.put(
    "/campaigns/<uuid:campaign_id>/stages/<string:stage>/gates/<string:code>",
    permission="stage.confirm",
)
@room.arguments(NewStageMarkSchema)
@room.response(200, StagesSchema)
def confirm_gate(body: dict[str, Any], campaign_id: UUID, stage: str, code: str) -> dict[str, Any]:
    """Confirm what a gate asks for."""
    stages.confirm_gate(queries.campaign(campaign_id), stage, code, **body)
    return _shown(campaign_id)


def _shown(campaign_id: UUID) -> dict[str, Any]:
    campaign = queries.campaign(campaign_id)
    current = queries.current_stage(campaign_id)
    return {
        "current": None if current is None else current.code,
        "stages": stage_reads.states(campaign),
    }
