"""The public log: every row against what was signed, and whether seals and stamps come."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select

from anfang import log_map
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.log import stamping, verifying
from anfang.log.models import LogCheckpoint, LogEntry
from anfang.upkeep.findings import Finding, Level, Tally

_SEALED_WITHIN: Final = timedelta(hours=30)
"""A night's seal and some hours: an entry that waits longer missed one."""
_STAMPED_WITHIN: Final = timedelta(hours=6)


def check(tally: Tally) -> Iterator[Finding]:
    """Verify the whole log as `anfang log verify` does, and look at what is late."""
    tally.log_entries += db.session.scalar(select(func.count()).select_from(LogEntry)) or 0
    for fault in log_map.verify():
        yield Finding(f"log-{fault.code}", fault.where)
    late = verifying.late_count()
    if late:
        yield Finding("log-was-late", "", Level.WARNING, {"count": late})
    oldest = db.session.scalar(select(func.min(LogEntry.queued_at)).filter_by(position=None))
    if oldest is not None and oldest < now() - _SEALED_WITHIN:
        yield Finding("log-unsealed")
    yield from _check_stamps()


def _check_stamps() -> Iterator[Finding]:
    configured = stamping.configured()
    if configured is None:
        yield Finding("stamps-off", "", Level.WARNING)
        return
    waiting: list[LogCheckpoint] = stamping.unstamped(configured.name)
    late = [one for one in waiting if one.sealed_at < now() - _STAMPED_WITHIN]
    if late:
        yield Finding("stamps-late", configured.url, Level.WARNING, {"count": len(late)})
