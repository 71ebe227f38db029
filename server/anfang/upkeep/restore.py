"""Restoring a backup into an empty place, and proving it before anybody relies on it."""

import shutil
import tarfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import Engine

from anfang import log_map
from anfang.evidence import uploads
from anfang.installation import prepare
from anfang.kit.config import Settings
from anfang.kit.db import BALLOTS, db, transaction
from anfang.storage import service as storage
from anfang.upkeep import manifest, sealing, snapshots
from anfang.upkeep.doctor import examine
from anfang.upkeep.errors import (
    BackupDamaged,
    BackupMissing,
    IdentityRefused,
    RestoredUnsound,
    TargetNotEmpty,
)
from anfang.upkeep.findings import Finding, Level, Tally
from anfang.upkeep.manifest import MEDIA, Manifest, Part

Tell = Callable[[int, int], None]

_LATE: Final = frozenset(
    {
        "jobs-stuck", "job-failing", "tidying-late", "disk-full",
        "log-unsealed", "log-log-by-missed", "log-stamp-missing",
    }
)  # fmt: skip
"""What a backup that lay a while is told of without being unsound: time went by."""


@dataclass(frozen=True)
class Source:
    """Where a backup lies and what opens it.

    Attributes:
        keys: the file that was kept apart, where the backup holds no keys.
        identities: age identities; needed for a sealed backup.
    """

    folder: Path
    generation: str | None = None
    keys: Path | None = None
    identities: Sequence[Any] = ()


@dataclass
class Restored:
    """What came of it; `findings` are what an examination then found."""

    generation: str
    objects: int = 0
    findings: list[Finding] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)


def restore(
    app: Flask, settings: Settings, source: Source, tell: Tell, *, keep_unsound: bool = False
) -> Restored:
    """Restore a backup and prove it: every byte's hash, the whole log, its growth; in app context.

    What cannot be proven is taken away again.

    Args:
        keep_unsound: leave what was restored in place although it does not hold together.

    Raises:
        BackupMissing, BackupDamaged, IdentityRefused: the backup cannot be used.
        TargetNotEmpty: something lies where it should go.
        RestoredUnsound: it does not hold together.
    """
    generation = manifest.chosen(source.folder, source.generation)
    whole = manifest.read(generation)
    _require_empty(settings)
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        restored = _fill(settings, source, generation, whole, tell)
        _prove(app, settings, whole, restored)
        unsound = [one for one in restored.findings if one.level == Level.FAULT]
        if unsound and not keep_unsound:
            raise RestoredUnsound(code=unsound[0].code, where=unsound[0].where)
    except BaseException:
        _clear(settings)
        raise
    return restored


def _require_empty(settings: Settings) -> None:
    if settings.data.exists() and any(settings.data.iterdir()):
        raise TargetNotEmpty(place=str(settings.data))
    for engine in db.engines.values():
        if not snapshots.is_empty(engine):
            raise TargetNotEmpty(place=engine.url.render_as_string(hide_password=True))
    if next(storage.objects(), None) is not None:
        raise TargetNotEmpty(place=settings.storage_url)


def _fill(
    settings: Settings, source: Source, generation: Path, whole: Manifest, tell: Tell
) -> Restored:
    settings.spool.mkdir(mode=0o700, parents=True, exist_ok=True)
    _put_keys_back(settings, source, generation, whole)
    for part, kind, engine in (
        (whole.database, whole.database_kind, db.engine),
        (whole.ballot_box, whole.ballot_box_kind, db.engines[BALLOTS]),
    ):
        _put_database_back(settings, source, generation, part, kind, engine, sealed=whole.sealed)
    restored = Restored(generation.name)
    objects = manifest.read_objects(generation, whole)
    for file, digest in sorted(objects.items()):
        _put_object_back(settings, source, file, digest, sealed=whole.sealed)
        restored.objects += 1
        tell(restored.objects, len(objects))
    return restored


def _put_database_back(
    settings: Settings,
    source: Source,
    generation: Path,
    part: Part,
    kind: str,
    engine: Engine,
    *,
    sealed: bool,
) -> None:
    path = generation / part.file
    manifest.require(path, part)
    if kind != snapshots.kind_of(engine):
        raise BackupMissing(folder=f"{generation} ({kind})")
    opened = _opened(path, settings, source, sealed=sealed)
    snapshots.put_back(engine, kind, opened)
    _done_with(opened, path)


def _put_keys_back(settings: Settings, source: Source, generation: Path, whole: Manifest) -> None:
    if whole.keys is not None:
        path = generation / whole.keys.file
        manifest.require(path, whole.keys)
    elif source.keys is not None:
        path = source.keys
    else:
        raise BackupMissing(folder="keys-….tar")
    opened = _opened(path, settings, source, sealed=path.suffix == sealing.SUFFIX)
    settings.keys.mkdir(mode=0o700)
    try:
        with tarfile.open(opened) as archive:
            archive.extractall(settings.keys, filter="data")
    except tarfile.TarError as error:
        raise BackupDamaged(file=str(path)) from error
    for key in settings.keys.iterdir():
        key.chmod(0o600)
    _done_with(opened, path)


def _put_object_back(
    settings: Settings, source: Source, file: str, digest: str, *, sealed: bool
) -> None:
    path = source.folder / file
    if not path.is_file() or sealing.hash_of(path)[0] != digest:
        raise BackupDamaged(file=file)
    opened = _opened(path, settings, source, sealed=sealed)
    key = file.removeprefix(f"{MEDIA}/")
    storage.put_file(key.removesuffix(sealing.SUFFIX) if sealed else key, opened)
    _done_with(opened, path)


def _opened(path: Path, settings: Settings, source: Source, *, sealed: bool) -> Path:
    """Return a file's own path, or, where it is sealed, that of what it holds."""
    if not sealed:
        return path
    if not source.identities:
        raise IdentityRefused
    opened = settings.spool / "restoring"
    sealing.open_sealed(path, opened, source.identities)
    return opened


def _done_with(opened: Path, path: Path) -> None:
    if opened != path:
        opened.unlink()


def _prove(app: Flask, settings: Settings, whole: Manifest, restored: Restored) -> None:
    prepare(app)
    with transaction():
        uploads.forget_unfinished()
    found = list(examine(app, settings, restored.tally, deep=True))
    with transaction(write=False):
        grown = [Finding(f"log-{one.code}", one.where) for one in log_map.verify(whole.checkpoint)]
    known = {(one.code, one.where) for one in found}
    found += [one for one in grown if (one.code, one.where) not in known]
    restored.findings = [
        replace(one, level=Level.WARNING) if one.code in _LATE else one for one in found
    ]


def _clear(settings: Settings) -> None:
    """Take away what was restored: files of this folder, tables, objects."""
    db.session.remove()
    for one in list(storage.objects()):
        storage.delete(one.key)
    for engine in db.engines.values():
        if snapshots.kind_of(engine) == snapshots.POSTGRESQL:
            with engine.begin() as connection:
                connection.exec_driver_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        engine.dispose()
    storage_folder = Path(urlsplit(settings.storage_url).path)
    if storage_folder.is_relative_to(settings.data):
        shutil.rmtree(storage_folder, ignore_errors=True)
    for path in settings.data.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
