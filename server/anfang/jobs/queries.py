"""Reads of the outbox."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from anfang.jobs.models import OutboxDelivery, OutboxEvent
from anfang.kit.clock import now
from anfang.kit.db import db


def due_events(limit: int = 200) -> Sequence[UUID]:
    """Return ids of unfinished events whose time has come, oldest first."""
    return db.session.scalars(
        select(OutboxEvent.id)
        .where(OutboxEvent.finished_at.is_(None), OutboxEvent.due_at <= now())
        .order_by(OutboxEvent.due_at)
        .limit(limit)
    ).all()


def delivered_handlers(event_id: UUID) -> frozenset[str]:
    """Return the names of the handlers that have answered an event."""
    return frozenset(
        db.session.scalars(
            select(OutboxDelivery.handler).where(OutboxDelivery.event_id == event_id)
        )
    )


def waiting_count() -> int:
    """Return how many events are not finished."""
    return db.session.scalar(select(func.count()).where(OutboxEvent.finished_at.is_(None))) or 0
