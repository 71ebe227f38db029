"""Reads of the pools of a draw: who and what may be drawn, frozen into frames (docs/draw.md)."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from anfang.assignments import draw_queries
from anfang.assignments.draw_plans import DrawPlan, Over, StratumPlan
from anfang.assignments.errors import (
    DrawInspectorsTooFew,
    DrawObjectTwice,
    DrawStratumTooSmall,
)
from anfang.identity import queries as identity
from anfang.kit.db import db
from anfang.registry.models import Site, Unit

Frame = dict[str, Any]


def objects_frame(plan: DrawPlan) -> Frame:
    """Freeze the pools of objects, each sorted by id.

    Raises:
        DrawObjectTwice: two strata share an object or a code.
        DrawStratumTooSmall: a stratum has fewer objects than are to be drawn.
    """
    resting = _resting(plan)
    strata = [_stratum(one, plan, resting) for one in plan.strata]
    _require_distinct(strata)
    for stratum in strata:
        if len(stratum["objects"]) < stratum["take"]:
            raise DrawStratumTooSmall(stratum=stratum["title"], count=len(stratum["objects"]))
    return {"over": plan.over, "rest_days": plan.rest_days, "strata": strata}


def inspectors_frame(plan: DrawPlan, objects: Mapping[str, Any]) -> Frame:
    """Freeze the pool of inspectors, and who is not sent to which of the objects' units.

    Raises:
        DrawInspectorsTooFew: some object could find too few inspectors.
    """
    active = db.session.scalars(identity.inspectors_listed()).all()
    inspectors = sorted(
        ({"id": str(one.id), "alias": one.alias} for one in active if one.active),
        key=lambda one: one["id"],
    )
    units = {
        one["unit"]: one["unit_name"] for stratum in objects["strata"] for one in stratum["objects"]
    }
    barred = _barred(plan, {one["id"] for one in inspectors}, units)
    _require_enough(plan.per_object, len(inspectors), barred, units)
    return {
        "per_object": plan.per_object,
        "rest_days": plan.inspectors_rest_days,
        "inspectors": inspectors,
        "barred": barred,
    }


def _resting(plan: DrawPlan) -> set[UUID]:
    if not plan.rest_days:
        return set()
    since = plan.from_day - timedelta(days=plan.rest_days)
    return draw_queries.visited_since(plan.campaign_id, since)


def _stratum(asked: StratumPlan, plan: DrawPlan, resting: Collection[UUID]) -> Frame:
    objects, left_out = [], []
    for one in sorted(_candidates(asked, plan.over), key=lambda found: str(found.id)):
        named = {"id": str(one.id), "name": one.name}
        if one.id in plan.excluded:
            left_out.append({**named, "reason": "excluded", "note": plan.excluded[one.id]})
        elif one.id in resting:
            left_out.append({**named, "reason": "rotation", "note": ""})
        else:
            unit = one.unit if isinstance(one, Site) else one
            weight = plan.weights.get(one.id, 1)
            objects.append(
                {**named, "unit": str(unit.id), "unit_name": unit.name, "weight": weight}
            )
    return {
        "code": asked.code,
        "title": asked.title,
        "take": asked.take,
        "objects": objects,
        "left_out": left_out,
    }


def _candidates(asked: StratumPlan, over: str) -> list[Site | Unit]:
    if over == Over.SITES:
        return list(draw_queries.sites_to_draw(asked.kinds, asked.unit_id))
    return list(draw_queries.units_to_draw(asked.kinds, asked.unit_id))


def _barred(
    plan: DrawPlan, inspectors: Collection[str], units: Collection[str]
) -> list[dict[str, str]]:
    """Return who is not sent where; a conflict of interest goes before rotation."""
    reasons: dict[tuple[str, str], str] = {}
    if plan.inspectors_rest_days:
        since = plan.from_day - timedelta(days=plan.inspectors_rest_days)
        for inspector, unit in draw_queries.sent_since(since):
            reasons[str(inspector), str(unit)] = "rotation"
    for inspector, unit in draw_queries.conflicting_pairs():
        reasons[str(inspector), str(unit)] = "conflict"
    return [
        {"inspector": inspector, "unit": unit, "reason": reason}
        for (inspector, unit), reason in sorted(reasons.items())
        if inspector in inspectors and unit in units
    ]


def _require_distinct(strata: list[Frame]) -> None:
    codes = [stratum["code"] for stratum in strata]
    ids = [one["id"] for stratum in strata for one in stratum["objects"]]
    if len(set(codes)) < len(codes) or len(set(ids)) < len(ids):
        raise DrawObjectTwice


def _require_enough(
    per_object: int, inspectors: int, barred: list[dict[str, str]], units: Mapping[str, str]
) -> None:
    """Whatever object is drawn, it must find its inspectors: a result is never adjusted later."""
    for unit, name in sorted(units.items()):
        free = inspectors - sum(one["unit"] == unit for one in barred)
        if free < per_object:
            raise DrawInspectorsTooFew(unit=name, count=free)
