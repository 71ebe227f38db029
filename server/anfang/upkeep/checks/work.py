"""Work that waits: events, uploads under way, what the hourly tidying should have removed."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import select

from anfang.evidence.models import Upload
from anfang.jobs.models import OutboxEvent
from anfang.kit.clock import now, rfc3339
from anfang.kit.db import db
from anfang.upkeep.findings import Finding, Level, Tally

STUCK_AFTER: Final = timedelta(minutes=15)
FAILING_AFTER: Final = 5
"""Attempts after which a handler's fault is not a passing one."""
_TIDIED_WITHIN: Final = timedelta(hours=2)
_LEFTOVER_AFTER: Final = timedelta(days=9).total_seconds()


def check_events(tally: Tally) -> Iterator[Finding]:
    """Look for events that nobody answers, or whose handler fails each time."""
    waiting = db.session.scalars(
        select(OutboxEvent)
        .where(OutboxEvent.finished_at.is_(None))
        .order_by(OutboxEvent.created_at)
    ).all()
    tally.waiting_events += len(waiting)
    failing = [one for one in waiting if one.attempts >= FAILING_AFTER]
    for event in failing:
        facts: dict[str, str | int] = {"attempts": event.attempts, "fault": event.fault or ""}
        yield Finding("job-failing", f"{event.name} {event.id}", facts=facts)
    before = now() - STUCK_AFTER
    stuck = [one for one in waiting if one.attempts == 0 and one.created_at < before]
    if stuck:
        since = rfc3339(stuck[0].created_at)
        yield Finding("jobs-stuck", facts={"count": len(stuck), "since": since})


def check_uploads(spool: Path, tally: Tally) -> Iterator[Finding]:
    """Compare uploads under way with their bytes in the spool, both ways."""
    unfinished = db.session.scalars(select(Upload).where(Upload.finished_at.is_(None))).all()
    tally.unfinished_uploads += len(unfinished)
    for upload in unfinished:
        if not (spool / str(upload.id)).exists():
            yield Finding("upload-without-bytes", str(upload.id), Level.WARNING)
    yield from _check_tidying(unfinished_since=now() - _TIDIED_WITHIN)
    known = {str(upload.id) for upload in unfinished}
    before = time.time() - _LEFTOVER_AFTER
    for path in sorted(spool.iterdir()) if spool.is_dir() else ():
        if path.name not in known and path.stat().st_mtime < before:
            yield Finding("spool-leftover", str(path), Level.WARNING)


def _check_tidying(unfinished_since: datetime) -> Iterator[Finding]:
    late = db.session.scalars(select(Upload.id).where(Upload.expires_at < unfinished_since)).all()
    if late:
        yield Finding("tidying-late", facts={"count": len(late)})
