"""Verbs of building: a pack's file from its content, and the packs that were asked for.

A build works outside transactions, into a file of its own in the spool: whoever is killed leaves
nothing but that file, which the next attempt begins anew [Note: Restartable builds].
"""

import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from flask import current_app
from sqlalchemy import update

from anfang.kit import jose
from anfang.kit.clock import now
from anfang.kit.db import db, transaction
from anfang.kit.errors import Problem
from anfang.log import service as log
from anfang.packs import queries
from anfang.packs.build import build_bag
from anfang.packs.collecting import collect
from anfang.packs.container import SourceChanged
from anfang.packs.content import PackContent, Profile
from anfang.packs.errors import PackSourceChanged, PackSourceUnsound
from anfang.packs.models import Pack, PackState
from anfang.packs.scratch import Scratch
from anfang.packs.selector import Selector
from anfang.storage import service as storage
from anfang.storage.errors import StorageFull

Progress = Callable[[int, int], None]
"""Told the payload bytes done and their total."""

_TELL_EVERY: Final = 1.0
_BATCH: Final = 4 << 20
_SYNC_EVERY: Final = 64 << 20
_DONE: Final = frozenset({PackState.READY.value, PackState.FAILED.value})


class BuildUnderWayError(Exception):
    """Another process is building this pack just now; the event comes again."""


@dataclass(frozen=True)
class Built:
    """A pack's file: its id (PROTOCOL §8), what goes to the log, the file's size and hash."""

    pack_name: str
    tagmanifest_sha256: str
    bytes: int
    sha256: str
    records: int


def build_to_file(
    content: PackContent,
    signer: jose.PrivateKey,
    path: Path,
    progress: Progress = lambda _done, _total: None,
) -> Built:
    """Write a pack to a file, at constant memory, durably; what the file held is overwritten.

    Needs the application, for its storage, but no transaction.

    Raises:
        PackSourceChanged: a stored file no longer has its hash; the file at `path` is no pack.
        PackSourceUnsound: a stored record no longer verifies.
        ObjectMissing: storage does not hold a picture or document that it must.
    """
    try:
        bag = build_bag(content, signer, Scratch(path.parent))
    except jose.JoseError as error:
        raise PackSourceUnsound(reason=error.reason) from error
    try:
        pieces = bag.stream(path.parent)
        done, sha256 = _write(pieces, path, lambda done: progress(min(done, bag.size), bag.size))
    except SourceChanged as error:
        raise PackSourceChanged(path=error.path) from error
    return Built(bag.pack_id, bag.tagmanifest_sha256, done, sha256, len(content.records))


def _write(pieces: Iterable[bytes], path: Path, progress: Callable[[int], None]) -> tuple[int, str]:
    """Write pieces durably; returns their bytes and hash.

    While one batch is being read and checked, the one before it is written and hashed by a thread:
    both leave the interpreter's lock. Written bytes go to disk as they come, so that no long wait
    for all of them stands at the end.
    """
    digest, unsynced = hashlib.sha256(), 0

    def keep(batch: list[bytes]) -> None:
        nonlocal unsynced
        for piece in batch:
            file.write(piece)
            digest.update(piece)
            unsynced += len(piece)
        if unsynced >= _SYNC_EVERY:
            file.flush()
            os.fdatasync(file.fileno())
            unsynced = 0

    done = 0
    with path.open("wb") as file, ThreadPoolExecutor(1, "pack-writer") as writer:
        kept = writer.submit(keep, [])
        for batch in _batched(pieces):
            kept.result()
            kept = writer.submit(keep, batch)
            done += sum(map(len, batch))
            progress(done)
        kept.result()
        file.flush()
        os.fsync(file.fileno())
    return done, digest.hexdigest()


def _batched(pieces: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Gather pieces into batches of a few MiB."""
    batch: list[bytes] = []
    size = 0
    for piece in pieces:
        batch.append(piece)
        size += len(piece)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    yield batch


def enter(built: Built, profile: Profile, selector: Selector) -> None:
    """Queue a finished pack for the log and write it into the audit trail."""
    log.queue("pack", built.pack_name, built.tagmanifest_sha256)
    (kind,) = selector.as_json()
    log.audit(
        "pack.built", "pack", built.pack_name,
        profile=profile, selected=kind, records=built.records,
    )  # fmt: skip


def build_requested(pack_id: UUID) -> None:
    """Build a pack that was asked for and keep its file; opens its own transactions.

    A refusal ends the pack as failed, with its code; anything else (no room, a fault) is raised,
    so that the event comes again. Repeating it is harmless.

    Raises:
        BuildUnderWayError: another process is building it.
        StorageFull, OSError: worth another try.
    """
    with _workspace(pack_id) as path:
        with transaction():
            pack = queries.pack_for_update(pack_id)
            if pack.state in _DONE:
                return
            pack.state = PackState.BUILDING.value
            profile, selector, private = _profile(pack), _selector(pack), pack.private
        try:
            with transaction(write=False):
                content, signer = collect(profile, selector, private=private, room=path.parent)
            built = build_to_file(content, signer, path, _Teller(pack_id))
            storage.put_file(queries.file_key(built.sha256), path, name=f"{built.pack_name}.zip")
        except StorageFull:
            raise
        except Problem as problem:
            _fail(pack_id, problem)
            return
        _finish(pack_id, built)


def _profile(pack: Pack) -> Profile:
    return "full" if pack.profile == "full" else "protected"


def _selector(pack: Pack) -> Selector:
    return Selector.from_json(pack.selector)


def _finish(pack_id: UUID, built: Built) -> None:
    with transaction():
        pack = queries.pack_for_update(pack_id)
        if not storage.exists(queries.file_key(built.sha256)):
            # Retention has just removed an older file of the same bytes; the event comes again.
            raise BuildUnderWayError
        pack.state, pack.finished_at = PackState.READY.value, now()
        pack.pack_name, pack.tagmanifest_sha256 = built.pack_name, built.tagmanifest_sha256
        pack.bytes, pack.sha256, pack.record_count = built.bytes, built.sha256, built.records
        pack.bytes_done = pack.bytes_total
        enter(built, _profile(pack), _selector(pack))


def _fail(pack_id: UUID, problem: Problem) -> None:
    with transaction():
        pack = queries.pack_for_update(pack_id)
        pack.state, pack.finished_at = PackState.FAILED.value, now()
        pack.failure, pack.failure_details = problem.code, dict(problem.details)
        log.audit("pack.failed", "pack", pack_id, code=problem.code)


class _Teller:
    """Writes the progress into the pack's row, about once a second."""

    def __init__(self, pack_id: UUID) -> None:
        self._pack_id = pack_id
        self._next = 0.0

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _TELL_EVERY
        with transaction():
            db.session.execute(
                update(Pack)
                .where(Pack.id == self._pack_id)
                .values(bytes_done=done, bytes_total=total)
            )


@contextmanager
def _workspace(pack_id: UUID) -> Iterator[Path]:
    """Hold the file in the spool into which one pack is built; nothing of it stays.

    Its lock is the operating system's and falls with the process that held it.
    """
    folder: Path = current_app.config["SPOOL"]
    path = folder / f"pack-{pack_id}.zip"
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BuildUnderWayError from error
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)
    finally:
        os.close(handle)
