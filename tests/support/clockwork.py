"""Work by the clock, done when a test says so."""

from anfang.jobs import service as jobs
from anfang.jobs.registry import PERIODIC
from anfang.kit.db import transaction


def work_by_clock(room: str) -> None:
    """Do the periodic work of a room, and answer every event that comes of it."""
    for entry in PERIODIC:
        if entry.name.startswith(f"anfang.{room}."):
            with transaction():
                entry.work()
    jobs.run_pending()
