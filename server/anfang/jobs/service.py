"""Verbs of the outbox: tell an event, deliver it, try again later."""

from datetime import timedelta
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy import update

from anfang.jobs.models import OutboxDelivery, OutboxEvent
from anfang.jobs.queries import delivered_handlers, due_events
from anfang.jobs.registry import ANSWERS, Answer
from anfang.kit.clock import now
from anfang.kit.db import db, enter, reading, transaction

_RETRY_AFTER: Final = timedelta(seconds=20)
_LONGEST_RETRY: Final = timedelta(hours=1)
_LEASE: Final = timedelta(minutes=5)


def emit(event: str, **payload: str | int | None) -> None:
    """Tell an event in the caller's transaction; it is delivered after that transaction commits."""
    db.session.add(OutboxEvent(name=event, payload=payload))


def claim_due() -> list[UUID]:
    """Lease the events whose time has come to the caller, which must deliver them.

    A lease runs out after five minutes, so that the events of a killed worker come again.
    """
    with transaction(write=False):
        ids = list(due_events())
    if not ids:
        return ids
    with transaction():
        for event in db.session.query(OutboxEvent).filter(OutboxEvent.id.in_(ids)):
            event.due_at = now() + _LEASE
    return ids


def deliver(event_id: UUID) -> None:
    """Give one event to each handler that has not answered it, each in its own transaction.

    A handler's fault is logged and the event comes again, with growing distance, without holding
    up any other event.
    """
    with reading():
        event = db.session.get(OutboxEvent, event_id)
        if event is None or event.finished_at is not None:
            return
        payload, waiting = dict(event.payload), _waiting(event)
    fault: str | None = None
    for answer in waiting:
        ends = fault is None and answer is waiting[-1]
        try:
            _answer(answer, event_id, payload, ends=ends)
        except Exception as error:  # noqa: BLE001 -- kept with the event and tried again
            structlog.get_logger().error("handler failed", handler=answer.name, exc_info=error)
            fault = f"{answer.name}: {type(error).__name__}"
    if fault is not None or not waiting:
        with transaction():
            _settle(event_id, fault)


def run_pending(rounds: int = 20) -> int:
    """Deliver everything that is due, here and now; returns how many events were delivered."""
    delivered = 0
    for _ in range(rounds):
        ids = claim_due()
        if not ids:
            break
        for event_id in ids:
            deliver(event_id)
        delivered += len(ids)
    return delivered


def _waiting(event: OutboxEvent) -> list[Answer]:
    """Return the answers that are still to come, in their order."""
    answers = ANSWERS[event.name]
    if len(answers) == 1:  # its answer ends it, so no delivery is noted
        return answers
    delivered = delivered_handlers(event.id)
    return [one for one in answers if one.name not in delivered]


def _answer(
    answer: Answer, event_id: UUID, payload: dict[str, str | int | None], *, ends: bool
) -> None:
    """Have one handler answer; `ends` says that with it the event has all its answers.

    That it has answered is written first: whoever delivers the same event meanwhile waits there,
    and then sees it.
    """
    if answer.own_transactions:
        answer.handler(**payload)
    with transaction():
        first = _end(event_id) if ends else _note(event_id, answer)
        if first and not answer.own_transactions:
            answer.handler(**payload)


def _settle(event_id: UUID, fault: str | None) -> None:
    if fault is None:
        _end(event_id)
        return
    event = db.session.get(OutboxEvent, event_id)
    if event is None:
        return
    event.attempts += 1
    event.fault = fault
    event.due_at = now() + min(_RETRY_AFTER * 2 ** min(event.attempts, 10), _LONGEST_RETRY)


def _note(event_id: UUID, answer: Answer) -> bool:
    """Note that an event has this answer; False if that was known."""
    return enter(OutboxDelivery(event_id=event_id, handler=answer.name))


def _end(event_id: UUID) -> bool:
    """Note that an event has all its answers; False if that was known."""
    ended = db.session.execute(
        update(OutboxEvent)
        .where(OutboxEvent.id == event_id, OutboxEvent.finished_at.is_(None))
        .values(attempts=OutboxEvent.attempts + 1, fault=None, finished_at=now())
        .returning(OutboxEvent.id)
    )
    return ended.first() is not None
