"""Reads of stages: where a campaign stands, what is carried out, what the next stage lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from anfang.campaigns import queries
from anfang.campaigns import stage_gates as _own_gates  # noqa: F401 -- registers gates
from anfang.campaigns.models import Campaign, CampaignStage, MarkKind, StageMark
from anfang.campaigns.rulebook_registry import GATES, GateAsked, Lack
from anfang.kit.errors import NotFound


@dataclass(frozen=True)
class GateState:
    """A gate in front of a stage; open if nothing lacks. `mark`: who confirmed it, if asked."""

    code: str
    kind: str
    title: str
    lacks: tuple[Lack, ...]
    mark: StageMark | None


@dataclass(frozen=True)
class PointState:
    """A key point of a stage; `mark` is None until it is carried out."""

    code: str
    title: str
    by: str | None
    due: date | None
    at_least: int | None
    mark: StageMark | None


@dataclass(frozen=True)
class StageState:
    """A stage with its points, and its gates where it is the next to enter."""

    stage: CampaignStage
    about: str
    points: Sequence[PointState]
    gates: Sequence[GateState]


def entry(campaign_id: UUID, stage: str) -> Mapping[str, Any]:
    """Return what the rulebook says of a stage; raises NotFound."""
    for one in queries.rulebook_section(campaign_id, "stages") or ():
        if one["code"] == stage:
            found: Mapping[str, Any] = one
            return found
    raise NotFound


def gates(campaign_id: UUID, stage: str) -> list[GateState]:
    """Ask every gate in front of a stage."""
    marks = _marks(campaign_id, MarkKind.GATE)
    return [
        GateState(
            gate["code"],
            gate["kind"],
            gate["title"],
            tuple(GATES[gate["kind"]](GateAsked(campaign_id, stage, gate))),
            marks.get((stage, gate["code"])),
        )
        for gate in entry(campaign_id, stage).get("gates", ())
    ]


def states(campaign: Campaign) -> list[StageState]:
    """Return every stage of a campaign in order; gates are asked for those not yet entered."""
    marks = _marks(campaign.id, MarkKind.POINT)
    found = []
    for stage in queries.stages(campaign.id):
        said = entry(campaign.id, stage.code)
        shut = [] if stage.entered_at else gates(campaign.id, stage.code)
        points = [_point(campaign, one, marks, stage.code) for one in said.get("points", ())]
        found.append(StageState(stage, said.get("about", ""), points, shut))
    return found


def _point(
    campaign: Campaign,
    point: Mapping[str, Any],
    marks: Mapping[tuple[str, str], StageMark],
    stage: str,
) -> PointState:
    return PointState(
        point["code"],
        point["title"],
        point.get("by"),
        queries.rulebook_day(campaign, point["due"]) if "due" in point else None,
        point.get("at_least"),
        marks.get((stage, point["code"])),
    )


def _marks(campaign_id: UUID, kind: MarkKind) -> dict[tuple[str, str], StageMark]:
    return {
        (one.stage, one.code): one for one in queries.stage_marks(campaign_id) if one.kind == kind
    }
