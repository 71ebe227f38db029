"""`/metrics`: is evidence arriving, is anything stuck; for a Prometheus on this machine only.

Nothing here moves when a phone delivers: counts of evidence end with the last midnight of the
office, ages are whole days, and what waits is counted only once it has waited too long. Whoever
reads the figures every second learns no visit from them. They come from the database at each call,
so every process and machine gives the same answer.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select

from anfang.evidence.models import MediaClaim, Upload
from anfang.inspections.models import RecordVersion
from anfang.jobs.models import OutboxEvent
from anfang.kit.clock import local_day, now
from anfang.kit.db import db
from anfang.kit.errors import NotFound
from anfang.kit.http import public
from anfang.log import stamping, verifying
from anfang.log.models import LogEntry
from anfang.storage.queries import free_bytes

STUCK_AFTER: Final = timedelta(minutes=15)
_SLOW_UPLOAD: Final = timedelta(days=1)
_GIB: Final = 1 << 30
_FORWARDED: Final = ("Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via")


def install_metrics(app: Flask) -> None:
    """Serve `/metrics` to callers on this machine."""
    app.add_url_rule("/metrics", view_func=_metrics, endpoint="metrics")


@public
def _metrics() -> Response:
    if not _comes_from_here():
        raise NotFound
    registry = CollectorRegistry()
    registry.register(_Figures())
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _comes_from_here() -> bool:
    """Whether the caller sits on this machine and speaks for itself.

    A reverse proxy on this machine calls from here as well: it names the public host, and says for
    whom it calls.
    """
    if any(name in request.headers for name in _FORWARDED):
        return False
    host = urlsplit(f"//{request.host}").hostname or ""
    return _is_loopback(request.remote_addr or "") and (host == "localhost" or _is_loopback(host))


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


class _Figures(Collector):
    """The figures of this moment, read when they are asked for."""

    def collect(self) -> Iterator[Metric]:
        """Yield each figure."""
        midnight = _last_midnight()
        for name, text, value in (*_evidence(midnight), *_work(), *_log(), *_machine()):
            yield GaugeMetricFamily(f"anfang_{name}", text, value=float(value))


_Figure = tuple[str, str, float]


def _evidence(midnight: datetime) -> Iterator[_Figure]:
    before = RecordVersion.received_at < midnight
    newest = db.session.scalar(select(func.max(RecordVersion.received_at)).where(before))
    zone = current_app.config["ZONE"]
    days = (midnight.date() - local_day(newest, zone)).days if newest else -1
    yield "record_versions", "Versions of records received before today.", _count(before)
    yield "days_since_record", "Days since the last record before today; -1: none yet.", days
    yield (
        "originals",
        "Originals that records held before today.",
        _count(MediaClaim.held_at < midnight),
    )
    yield (
        "originals_missing",
        "Originals that were declared before yesterday and have not come.",
        _count(MediaClaim.held_at.is_(None), MediaClaim.declared_at < midnight - timedelta(days=1)),
    )


def _work() -> Iterator[_Figure]:
    waiting = OutboxEvent.finished_at.is_(None)
    late = OutboxEvent.created_at < now() - STUCK_AFTER
    yield "events_stuck", "Events unanswered for a quarter of an hour.", _count(waiting, late)
    yield (
        "uploads_slow",
        "Uploads under way for more than a day.",
        _count(Upload.finished_at.is_(None), Upload.created_at < now() - _SLOW_UPLOAD),
    )


def _log() -> Iterator[_Figure]:
    oldest = db.session.scalar(select(func.min(LogEntry.queued_at)).filter_by(position=None))
    days = (now() - oldest).days if oldest else 0
    yield "log_unsealed_days", "Whole days that the oldest unsealed entry waits.", days
    yield "log_late_entries", "Entries that came later than promised.", verifying.late_count()
    configured = stamping.configured()
    waiting = len(stamping.unstamped(configured.name)) if configured else 0
    yield "log_unstamped_checkpoints", "Checkpoints without a time stamp.", waiting


def _machine() -> Iterator[_Figure]:
    folder: Path = current_app.config["SPOOL"]
    free = free_bytes(folder) // _GIB if folder.is_dir() else 0
    yield "disk_free_gibibytes", "Whole GiB free where uploads are spooled.", free


def _count(*conditions: Any) -> int:
    return db.session.scalar(select(func.count()).where(*conditions)) or 0


def _last_midnight() -> datetime:
    zone = current_app.config["ZONE"]
    return datetime.combine(local_day(now(), zone), time(), tzinfo=zone)
