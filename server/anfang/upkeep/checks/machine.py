"""The machine underneath: folders, disk, clock, the address that phones use."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy import func, select

from anfang.kit.clock import now, rfc3339
from anfang.kit.config import Settings
from anfang.kit.db import db
from anfang.log.models import AuditEntry
from anfang.storage.queries import free_bytes
from anfang.upkeep.findings import Finding, Level

LEAST_FREE: Final = 256 << 20
"""Bytes below which a day's photos no longer fit."""
ENOUGH_FREE: Final = 4 << 30
_CLOCK_TOLERANCE: Final = timedelta(minutes=2)
_HERE: Final = frozenset({"127.0.0.1", "localhost", "::1"})


def check_folders(settings: Settings) -> Iterator[Finding]:
    """Look at the folders that the service writes to, and at the room on their disks."""
    seen: set[int] = set()
    for folder in _folders(settings):
        if not os.access(folder, os.W_OK | os.X_OK):
            yield Finding("folder-unwritable", str(folder))
            continue
        device = folder.stat().st_dev
        if device not in seen:
            seen.add(device)
            yield from _check_room(folder)


def check_origin(settings: Settings) -> Iterator[Finding]:
    """Look at the origin: browsers give camera and position to secure origins only."""
    parts = urlsplit(settings.origin)
    if parts.scheme != "https" and parts.hostname not in _HERE:
        yield Finding("origin-insecure", settings.origin, Level.WARNING)


def check_clock() -> Iterator[Finding]:
    """Compare the clock with the newest thing that happened; inside a reading transaction."""
    newest = db.session.scalar(select(func.max(AuditEntry.at)))
    if newest is not None and newest > now() + _CLOCK_TOLERANCE:
        yield Finding("clock-behind", facts={"newest": rfc3339(newest)})


def _folders(settings: Settings) -> list[Path]:
    wanted = [settings.data, settings.spool]
    storage = urlsplit(settings.storage_url)
    if storage.scheme == "file":
        wanted.append(Path(storage.path))
    return [folder for folder in wanted if folder.is_dir()]


def _check_room(folder: Path) -> Iterator[Finding]:
    free = free_bytes(folder)
    if free < LEAST_FREE:
        yield Finding("disk-full", str(folder), facts={"megabytes": free >> 20})
    elif free < ENOUGH_FREE:
        yield Finding("disk-low", str(folder), Level.WARNING, {"megabytes": free >> 20})
