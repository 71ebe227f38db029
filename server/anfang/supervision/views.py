"""Reads of supervision as its addresses tell them."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import func, select

from anfang.kit.db import db
from anfang.kit.i18n import translate
from anfang.supervision import queries, sheet, steps
from anfang.supervision.importing import Plan
from anfang.supervision.models import ApprovalMatter, SupervisionCard


def matter_views(matters: Sequence[ApprovalMatter]) -> list[dict[str, Any]]:
    """Tell matters with the step where each stuck."""
    today = queries.today()
    return [
        {
            "id": one.id,
            "unit": {"id": one.unit_id, "name": one.unit.name},
            **{name: getattr(one, name) for name in _PLAIN},
            "stuck": steps.stuck_step(one.steps, one.finished_on or today),
        }
        for one in matters
    ]


def card_views(cards: Sequence[SupervisionCard]) -> list[dict[str, Any]]:
    """Tell cards with the matter that each is about."""
    return [
        {
            **{name: getattr(one, name) for name in _CARD},
            "unit": {"id": one.unit_id, "name": one.matter.unit.name},
            "number": one.matter.number,
            "item": one.matter.item,
        }
        for one in cards
    ]


def sheet_rows(matters: Sequence[ApprovalMatter]) -> Iterator[dict[str, Any]]:
    """Yield matters as rows of `sheet.OUT_COLUMNS`."""
    points = _points_of(matters)
    for one, told in zip(matters, matter_views(matters), strict=True):
        stuck = told["stuck"]
        yield {
            **{name: told.get(name) for name in sheet.OUT_COLUMNS},
            "unit": one.unit.code,
            "unit_name": one.unit.name,
            "colour": translate(f"supervision-colour-{one.colour}") if one.colour else "",
            "points": points.get(one.id, 0),
            "stuck_step": stuck.step if stuck else "",
            "flow": translate(f"supervision-flow-{one.flow}") if one.flow else "",
            "stuck_department": stuck.department if stuck else "",
            "stuck_handler": stuck.handler if stuck else "",
            "stuck_days": stuck.working_days if stuck else "",
        }


def plan_view(plan: Plan) -> dict[str, Any]:
    """Tell what was sent would do, its faults in the reader's words."""
    faults = [
        {
            "row": one.row,
            "column": sheet.heading(one.column) if one.column in sheet.IN_COLUMNS else one.column,
            "code": one.code,
            "text": translate(f"supervision-fault-{one.code}", None, value=one.value),
        }
        for one in plan.faults
    ]
    members = ("matters", "new", "changed", "excessive", "serial", "digest", "done")
    return {"faults": faults, **{name: getattr(plan, name) for name in members}}


_PLAIN = (
    "number", "item", "accepted_on", "legal_working_days", "promised_working_days",
    "paused_working_days", "promised_until", "legal_until", "finished_on", "lead_post",
    "flow", "excessive", "colour",
)  # fmt: skip
_CARD = (
    "id", "colour", "points", "step", "department", "handler", "dealt_at", "case_id",
    "withdrawn_at", "withdrawn_reason",
)  # fmt: skip


def _points_of(matters: Sequence[ApprovalMatter]) -> dict[Any, int]:
    if not matters:
        return {}
    rows = db.session.execute(
        select(SupervisionCard.matter_id, func.sum(SupervisionCard.points).label("points"))
        .where(
            SupervisionCard.campaign_id == matters[0].campaign_id,
            SupervisionCard.withdrawn_at.is_(None),
        )
        .group_by(SupervisionCard.matter_id)
    )
    return {row.matter_id: row.points for row in rows}
