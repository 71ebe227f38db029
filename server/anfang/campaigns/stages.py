"""Verbs of stages: mark what is carried out, confirm what a gate asks for, enter the next one."""

from collections.abc import Mapping
from typing import Any

from flask import current_app
from sqlalchemy import select

from anfang.campaigns import queries, stage_reads
from anfang.campaigns.errors import (
    CampaignNotRunning,
    NoNextStage,
    PointCountShort,
    StageGatesShut,
    StageOver,
    StageOwnConfirmation,
    StageTooEarly,
)
from anfang.campaigns.models import Campaign, CampaignStage, CampaignState, MarkKind, StageMark
from anfang.campaigns.rulebook_texts import lack_text
from anfang.kit.clock import local_day, now
from anfang.kit.db import db
from anfang.kit.errors import NotFound
from anfang.kit.principal import caller_id
from anfang.log import service as log


def mark_point(
    campaign: Campaign, stage: str, point: str, note: str, count: int | None = None
) -> StageMark:
    """Say that a key point of a stage is carried out, and by what it shows; may be said anew.

    Raises:
        CampaignNotRunning, NotFound.
        StageOver: a later stage has been entered.
        PointCountShort: the rulebook asks for at least so many.
    """
    entry = _entry(campaign, stage, "points", point)
    current = queries.current_stage(campaign.id)
    if current is not None and current.position > _stage(campaign, stage).position:
        raise StageOver
    if (count or 0) < entry.get("at_least", 0):
        raise PointCountShort(wanted=entry["at_least"])
    return _mark(campaign, MarkKind.POINT, stage, point, note, count)


def confirm_gate(campaign: Campaign, stage: str, gate: str, note: str) -> StageMark:
    """Confirm what a gate of the kind `campaigns.confirmed` asks for, naming the paper.

    Raises:
        CampaignNotRunning, NotFound.
        StageOver: the stage has been entered.
    """
    entry = _entry(campaign, stage, "gates", gate)
    if entry["kind"] != "campaigns.confirmed":
        raise NotFound
    if _stage(campaign, stage).entered_at is not None:
        raise StageOver
    return _mark(campaign, MarkKind.GATE, stage, gate, note, None)


def enter_next(campaign: Campaign) -> CampaignStage:
    """Enter the next stage, if its day has come and its gates are open.

    Raises:
        CampaignNotRunning, NoNextStage, StageTooEarly.
        StageGatesShut: with every gate and what it lacks.
        StageOwnConfirmation: the caller confirmed one of the gates.
    """
    _require_running(campaign)
    stage = next((one for one in queries.stages(campaign.id) if one.entered_at is None), None)
    if stage is None:
        raise NoNextStage
    if stage.from_day and local_day(now(), current_app.config["ZONE"]) < stage.from_day:
        raise StageTooEarly(day=stage.from_day.isoformat(), stage=stage.title)
    _require_open_gates(campaign, stage)
    stage.entered_at, stage.entered_by = now(), caller_id()
    db.session.flush()
    log.audit("campaign.stage_entered", "campaign", campaign.id, stage=stage.code)
    return stage


def _require_open_gates(campaign: Campaign, stage: CampaignStage) -> None:
    gates = stage_reads.gates(campaign.id, stage.code)
    lacking = {
        f"/gates/{one.code}": "；".join([one.title, *map(lack_text, one.lacks)])
        for one in gates
        if one.lacks
    }
    if lacking:
        raise StageGatesShut(pointers=lacking, stage=stage.title)
    caller = caller_id()
    marks = queries.stage_marks(campaign.id)
    if caller is not None and any(
        (one.stage, one.kind, one.marked_by) == (stage.code, MarkKind.GATE, caller) for one in marks
    ):
        raise StageOwnConfirmation


def _mark(
    campaign: Campaign, kind: MarkKind, stage: str, code: str, note: str, count: int | None
) -> StageMark:
    mark = db.session.scalar(
        select(StageMark).filter_by(
            campaign_id=campaign.id, stage=stage, kind=kind.value, code=code
        )
    ) or StageMark(campaign_id=campaign.id, stage=stage, kind=kind.value, code=code)
    mark.note, mark.count, mark.marked_by, mark.at = note, count, caller_id(), now()
    db.session.add(mark)
    db.session.flush()
    log.audit(f"campaign.{kind.value}_marked", "campaign", campaign.id, stage=stage, code=code)
    return mark


def _entry(campaign: Campaign, stage: str, member: str, code: str) -> Mapping[str, Any]:
    """Return a point or gate of the rulebook."""
    _require_running(campaign)
    entries = stage_reads.entry(campaign.id, stage).get(member, ())
    found: Mapping[str, Any] | None = next((one for one in entries if one["code"] == code), None)
    if found is None:
        raise NotFound
    return found


def _stage(campaign: Campaign, code: str) -> CampaignStage:
    return next(one for one in queries.stages(campaign.id) if one.code == code)


def _require_running(campaign: Campaign) -> None:
    if campaign.state != CampaignState.RUNNING.value:
        raise CampaignNotRunning
