"""Reads of supervision: the rules in force, matters, cards, the board."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import ColumnElement, Select, case, func, or_, select

from anfang.campaigns import queries as campaigns
from anfang.kit.clock import local_day, now
from anfang.kit.db import db, found_by, locked
from anfang.registry import queries as registry
from anfang.registry.models import Unit
from anfang.supervision.errors import NoSupervision
from anfang.supervision.joint import Flow
from anfang.supervision.models import ApprovalMatter, SupervisionCard
from anfang.supervision.rules import Colour, Rules, parse


def rules_of(campaign_id: UUID) -> Rules:
    """Return the rules of a campaign's rulebook in force; raises NoSupervision."""
    section = campaigns.rulebook_section(campaign_id, "supervision")
    if section is None:
        raise NoSupervision
    return parse(section)


def today() -> date:
    """Return the office's calendar day."""
    return local_day(now(), current_app.config["ZONE"])


def matters_listed(
    campaign_id: UUID,
    *within: ColumnElement[bool],
    unit: UUID | None = None,
    colour: str | None = None,
    finished: bool | None = None,
    excessive: bool | None = None,
    flow: str | None = None,
    q: str | None = None,
) -> Select[ApprovalMatter]:
    """Return the statement of matters, the nearest promised end first; `unit` is a subtree."""
    statement = (
        select(ApprovalMatter)
        .where(ApprovalMatter.campaign_id == campaign_id, *within)
        .order_by(ApprovalMatter.promised_until, ApprovalMatter.id)
    )
    if unit is not None:
        statement = statement.where(ApprovalMatter.unit_id.in_(registry.subtree_ids(unit)))
    if colour is not None:
        statement = statement.where(ApprovalMatter.colour == colour)
    if finished is not None:
        over = ApprovalMatter.finished_on.is_not(None)
        statement = statement.where(over if finished else ~over)
    if excessive is not None:
        statement = statement.where(ApprovalMatter.excessive == excessive)
    if flow is not None:
        statement = statement.where(ApprovalMatter.flow == flow)
    if q:
        named = (ApprovalMatter.number, ApprovalMatter.item)
        statement = statement.where(or_(*(one.icontains(q, autoescape=True) for one in named)))
    return statement


def matters_of(
    campaign_id: UUID, keys: Sequence[tuple[UUID, str]]
) -> dict[tuple[UUID, str], ApprovalMatter]:
    """Return the known matters among these, by unit and number."""
    numbers = sorted({number for _, number in keys})
    found: dict[tuple[UUID, str], ApprovalMatter] = {}
    for first in range(0, len(numbers), 500):
        part = select(ApprovalMatter).where(
            ApprovalMatter.campaign_id == campaign_id,
            ApprovalMatter.number.in_(numbers[first : first + 500]),
        )
        found.update({(one.unit_id, one.number): one for one in db.session.scalars(part)})
    return found


def cards_listed(
    campaign_id: UUID,
    *within: ColumnElement[bool],
    unit: UUID | None = None,
    colour: str | None = None,
) -> Select[SupervisionCard]:
    """Return the statement of cards, the latest first."""
    statement = (
        select(SupervisionCard)
        .where(SupervisionCard.campaign_id == campaign_id, *within)
        .order_by(SupervisionCard.dealt_at.desc(), SupervisionCard.id)
    )
    if unit is not None:
        statement = statement.where(SupervisionCard.unit_id.in_(registry.subtree_ids(unit)))
    return statement if colour is None else statement.where(SupervisionCard.colour == colour)


def card_for_update(card_id: UUID, *within: ColumnElement[bool]) -> SupervisionCard:
    """Return a card, locked and read anew; raises NotFound."""
    return found_by(locked(select(SupervisionCard).where(SupervisionCard.id == card_id, *within)))


def board(campaign_id: UUID, *within: ColumnElement[bool]) -> list[dict[str, Any]]:
    """Return each unit's matters under way by colour, and the points of its standing cards.

    Units stand by code: this is no ranking.
    """
    running = ApprovalMatter.finished_on.is_(None)
    counts = [
        func.sum(case((running & (ApprovalMatter.colour == one), 1), else_=0)).label(one)
        for one in (colour.value for colour in Colour)
    ]
    under_way = func.sum(case((running, 1), else_=0)).label("running")
    rows = db.session.execute(
        select(Unit.id, Unit.name, func.count().label("matters"), under_way, *counts)
        .join(Unit, Unit.id == ApprovalMatter.unit_id)
        .where(ApprovalMatter.campaign_id == campaign_id, *within)
        .group_by(Unit.id, Unit.name, Unit.code)
        .order_by(Unit.code)
    ).all()
    points = _points(campaign_id)
    return [
        {
            "unit": {"id": row.id, "name": row.name},
            "matters": row.matters,
            "running": row.running,
            **{one.value: getattr(row, one.value) for one in Colour},
            "points": points.get(row.id, 0),
        }
        for row in rows
    ]


def flows(campaign_id: UUID, *within: ColumnElement[bool]) -> dict[str, int]:
    """Return how many matters went which way through several departments."""
    rows = db.session.execute(
        select(ApprovalMatter.flow, func.count())
        .where(ApprovalMatter.campaign_id == campaign_id, ApprovalMatter.flow != "", *within)
        .group_by(ApprovalMatter.flow)
    )
    counted = {row[0]: row[1] for row in rows}
    return {one.value: counted.get(one.value, 0) for one in Flow}


def _points(campaign_id: UUID) -> dict[UUID, int]:
    rows = db.session.execute(
        select(SupervisionCard.unit_id, func.sum(SupervisionCard.points).label("points"))
        .where(SupervisionCard.campaign_id == campaign_id, SupervisionCard.withdrawn_at.is_(None))
        .group_by(SupervisionCard.unit_id)
    )
    return {row.unit_id: row.points for row in rows}
