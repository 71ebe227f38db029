"""Reads of visit plans: what the rulebook gives each theme, and what came of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from anfang.assignments.models import Assignment, AssignmentState
from anfang.campaigns import queries as campaigns
from anfang.campaigns.models import Campaign
from anfang.kit.clock import local_day, now
from anfang.kit.db import db
from anfang.kit.shares import shares

_MONTHS_OF_A_QUARTER = 3


def visit_plan(campaign: Campaign, visits: int) -> dict[str, Any]:
    """Return the rulebook's ways of visiting, the themes' shares of `visits`, and its quotas.

    Each theme tells how many visits were handed out and made; each quota how many were made in the
    month, quarter, stage or campaign that runs today.
    """
    rules = campaigns.rulebook_section(campaign.id, "visits") or {}
    weights = {one["theme"]: one["weight"] for one in rules.get("weights", ())}
    planned = shares(weights, visits)
    made = _assignments(campaign.id)
    return {
        "kinds": rules.get("kinds", []),
        "checklists": _checklists(campaign, rules),
        "themes": [
            _theme(theme.code, theme.title, weights.get(theme.code, 0), planned, made)
            for theme in campaign.themes
        ],
        "quotas": [_quota(campaign, one, made) for one in rules.get("quotas", ())],
    }


def _assignments(campaign_id: UUID) -> Sequence[Any]:
    """Return what counts of every visit that was not cancelled."""
    return db.session.execute(
        select(
            Assignment.theme, Assignment.mode, Assignment.kind, Assignment.state, Assignment.to_day
        ).where(
            Assignment.campaign_id == campaign_id,
            Assignment.state != AssignmentState.CANCELLED.value,
        )
    ).all()


def _checklists(campaign: Campaign, rules: Mapping[str, Any]) -> list[dict[str, Any]]:
    used = {entry.checklist_version.checklist.code for entry in campaign.checklists}
    return [
        {"code": one["code"], "title": one["title"], "used": one["code"] in used}
        for one in rules.get("checklists", ())
    ]


def _theme(
    code: str, title: str, weight: int, planned: Mapping[str, int], made: Sequence[Any]
) -> dict[str, Any]:
    states = Counter(one.state for one in made if one.theme == code)
    return {
        "theme": code,
        "title": title,
        "weight": weight,
        "planned": planned.get(code, 0),
        "assigned": states.total(),
        "done": states[AssignmentState.DONE.value],
    }


def _quota(campaign: Campaign, quota: Mapping[str, Any], made: Sequence[Any]) -> dict[str, Any]:
    since = _period_begins(campaign, quota["per"])
    count = sum(
        one.state == AssignmentState.DONE.value
        and one.to_day >= since
        and all(
            getattr(one, name) == quota[name] for name in {"mode", "kind", "theme"} & quota.keys()
        )
        for one in made
    )
    return {
        "code": quota["code"],
        "title": quota["title"],
        "per": quota["per"],
        "at_least": quota["at_least"],
        "since": since,
        "done": count,
        "met": count >= quota["at_least"],
    }


def _period_begins(campaign: Campaign, per: str) -> date:
    zone = current_app.config["ZONE"]
    today = local_day(now(), zone)
    if per == "month":
        return today.replace(day=1)
    if per == "quarter":
        first = (today.month - 1) // _MONTHS_OF_A_QUARTER * _MONTHS_OF_A_QUARTER + 1
        return today.replace(month=first, day=1)
    stage = campaigns.current_stage(campaign.id) if per == "stage" else None
    if stage is None or stage.entered_at is None:
        return campaign.starts_on
    return local_day(stage.entered_at, zone)
