"""Reads of draws and conflicts of interest."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import undefer

from anfang.assignments.models import (
    Assignment,
    AssignmentState,
    Draw,
    DrawState,
    InspectorConflict,
)
from anfang.kit.db import db
from anfang.kit.errors import NotFound, required
from anfang.registry import queries as registry
from anfang.registry.models import Site, Unit


def draw(draw_id: UUID) -> Draw:
    """Return a draw; raises NotFound."""
    return required(db.session.get(Draw, draw_id))


def published_draw(draw_id: UUID) -> Draw:
    """Return a draw whose public half is out; raises NotFound."""
    found = draw(draw_id)
    if found.published_at is None:
        raise NotFound
    return found


def draws_listed(campaign: UUID | None = None) -> Select[Draw]:
    """Return the statement of draws, the latest first, narrowed if asked."""
    statement = select(Draw).order_by(Draw.committed_at.desc(), Draw.id)
    return statement if campaign is None else statement.where(Draw.campaign_id == campaign)


def published_draws() -> Select[Draw]:
    """Return the statement of draws whose public half is out, the latest first."""
    return (
        select(Draw)
        .where(Draw.published_at.is_not(None))
        .order_by(Draw.committed_at.desc(), Draw.id)
    )


def every_draw() -> Iterable[Draw]:
    """Return all draws with their files, for comparison with the log."""
    return db.session.scalars(
        select(Draw)
        .options(undefer(Draw.objects_file), undefer(Draw.inspectors_file))
        .order_by(Draw.id)
    )


def standing_draws(campaign_id: UUID, from_day: date, to_day: date) -> Sequence[Draw]:
    """Return a campaign's draws that were not replaced and share a day with these."""
    return db.session.scalars(
        select(Draw).where(
            Draw.campaign_id == campaign_id,
            Draw.state != DrawState.REPLACED.value,
            Draw.from_day <= to_day,
            Draw.to_day >= from_day,
        )
    ).all()


def open_visits(draw_id: UUID) -> Sequence[Assignment]:
    """Return a draw's visits that were not made yet."""
    return db.session.scalars(
        select(Assignment).where(
            Assignment.draw_id == draw_id, Assignment.state == AssignmentState.OPEN.value
        )
    ).all()


def open_visit_count(draw_id: UUID) -> int:
    """Return how many of a draw's visits were not made yet."""
    statement = select(func.count()).where(
        Assignment.draw_id == draw_id, Assignment.state == AssignmentState.OPEN.value
    )
    return db.session.scalar(statement) or 0


def sites_to_draw(kinds: Sequence[str], unit_id: UUID | None) -> Sequence[Site]:
    """Return the sites in service of these kinds, of a unit and all beneath it; none given: all."""
    statement = registry.active_sites()
    if kinds:
        statement = statement.where(Site.kind.in_(kinds))
    if unit_id is not None:
        statement = statement.where(Site.unit_id.in_(registry.subtree_ids(unit_id)))
    return db.session.scalars(statement).all()


def units_to_draw(categories: Sequence[str], unit_id: UUID | None) -> Sequence[Unit]:
    """Return the units in service of these categories, below a unit; none given: all."""
    statement = registry.active_units()
    if categories:
        statement = statement.where(Unit.category.in_(categories))
    if unit_id is not None:
        statement = statement.where(Unit.id.in_(registry.subtree_ids(unit_id)), Unit.id != unit_id)
    return db.session.scalars(statement).all()


def visited_since(campaign_id: UUID, day: date) -> set[UUID]:
    """Return the sites and units that this campaign's visits went to on `day` or later."""
    rows = db.session.execute(
        select(Assignment.site_id, Assignment.unit_id).where(
            Assignment.campaign_id == campaign_id,
            Assignment.state != AssignmentState.CANCELLED.value,
            Assignment.to_day >= day,
        )
    )
    return {id_ for row in rows for id_ in row if id_ is not None}


def sent_since(day: date) -> set[tuple[UUID, UUID]]:
    """Return (inspector, unit) of every visit on `day` or later, whatever the campaign."""
    rows = db.session.execute(
        select(Assignment.inspector_id, Assignment.unit_id)
        .where(
            Assignment.state != AssignmentState.CANCELLED.value,
            Assignment.to_day >= day,
        )
        .distinct()
    )
    return {(row.inspector_id, row.unit_id) for row in rows}


def conflicts() -> Select[InspectorConflict]:
    """Return the statement of conflicts of interest, by inspector and unit."""
    return select(InspectorConflict).order_by(
        InspectorConflict.inspector_id, InspectorConflict.unit_id
    )


def conflict(inspector_id: UUID, unit_id: UUID) -> InspectorConflict:
    """Return a conflict of interest; raises NotFound."""
    return required(db.session.get(InspectorConflict, (inspector_id, unit_id)))


def conflicting_pairs() -> set[tuple[UUID, UUID]]:
    """Return (inspector, unit) of every conflict, each unit beneath the declared one included."""
    declared = db.session.scalars(conflicts()).all()
    return {
        (one.inspector_id, unit_id)
        for one in declared
        for unit_id in db.session.scalars(registry.subtree_listed(one.unit_id))
    }
