"""The worker process: Huey runs deliveries and periodic work; a relay feeds it from the outbox."""

import os
import threading
from collections.abc import Callable
from typing import Final
from uuid import UUID

import structlog
from flask import Flask
from huey import Huey, RedisHuey, SqliteHuey, crontab
from sqlalchemy.exc import SQLAlchemyError

from anfang.jobs import service
from anfang.jobs.registry import PERIODIC, Periodic
from anfang.kit.config import Settings
from anfang.kit.db import transaction

_YIELDS: Final = 10
"""Niceness of the worker: decoding pictures is not what a person at the console waits for."""

_RELAY_SECONDS: Final = 0.5
_LONGEST_PAUSE: Final = 30.0


def build_huey(settings: Settings) -> Huey:
    """Return the queue: SQLite beside the database, or Redis when the office has outgrown it."""
    if settings.redis_url:
        return RedisHuey("anfang", url=settings.redis_url)
    return SqliteHuey("anfang", filename=str(settings.data / "jobs.sqlite3"), fsync=False)


def run_worker(app: Flask, settings: Settings, threads: int = 2) -> None:
    """Work until the process is told to stop; a task under way is finished first."""
    os.nice(_YIELDS)
    huey = build_huey(settings)

    def deliver(event_id: str) -> None:
        with app.app_context():
            service.deliver(UUID(event_id))

    enqueue = huey.task()(deliver)
    for entry in PERIODIC:
        _schedule(huey, app, entry)
    stopping = threading.Event()
    threading.Thread(target=_relay, args=(app, enqueue, stopping), daemon=True).start()
    try:
        huey.create_consumer(workers=threads, worker_type="thread", check_worker_health=True).run()
    finally:
        stopping.set()


def _relay(app: Flask, enqueue: Callable[[str], object], stopping: threading.Event) -> None:
    """Hand due events to the queue; a database that is away for a while only delays them."""
    pause = _RELAY_SECONDS
    while not stopping.wait(pause):
        try:
            with app.app_context():
                for event_id in service.claim_due():
                    enqueue(str(event_id))
            pause = _RELAY_SECONDS
        except SQLAlchemyError as error:
            structlog.get_logger().error("outbox not readable", fault=str(error.args[0]))
            pause = min(pause * 2, _LONGEST_PAUSE)


def _schedule(huey: Huey, app: Flask, entry: Periodic) -> None:
    def work() -> None:
        with app.app_context(), transaction():
            entry.work()

    work.__name__ = entry.name.replace(".", "_")
    huey.periodic_task(crontab(**entry.cron))(work)
