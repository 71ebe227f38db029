"""A backup: database, media and keys of one moment, taken while the service runs.

The database is taken first and the media after it. An original lies in storage before any row
speaks of it, so whatever the snapshot names is there when the media are copied.
"""

import fcntl
import io
import os
import shutil
import tarfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine

from anfang.kit.clock import now, rfc3339
from anfang.kit.config import Settings
from anfang.kit.db import BALLOTS, db, transaction
from anfang.kit.durable import sync_folder
from anfang.log import queries as log
from anfang.log.errors import NothingSealed
from anfang.storage import service as storage
from anfang.storage.errors import ObjectMissing
from anfang.upkeep import manifest, sealing, snapshots
from anfang.upkeep.errors import BackupBusy
from anfang.upkeep.manifest import MANIFEST, MEDIA, OBJECTS, Manifest, Part
from anfang.upkeep.stored import hash_in_name

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Wish:
    """How a backup is wanted.

    Attributes:
        keys_to: another folder for the private keys; None puts them into the backup.
        recipients: age recipients to seal everything to, none for plain files.
        keep: how many generations stay; None keeps all.
    """

    keys_to: Path | None = None
    recipients: Sequence[Any] = ()
    keep: int | None = None


@dataclass
class Made:
    """What a backup came to; `damaged` names objects whose bytes are not those of their name."""

    generation: str = ""
    objects: int = 0
    new_objects: int = 0
    new_bytes: int = 0
    damaged: list[str] = field(default_factory=list)


def make(settings: Settings, folder: Path, wish: Wish, tell: Tell) -> Made:
    """Add a generation to a folder of backups; inside an app context.

    What an earlier generation holds already is not copied again. A generation that was broken off
    leaves nothing that looks like one.

    Raises:
        BackupBusy: another backup writes to the folder.
        ToolMissing: `pg_dump` is not there or refused.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _held(folder):
        moment = now()
        name = f"{moment:%Y%m%dT%H%M%S}-{moment.microsecond // 1000:03d}Z"
        part = folder / f".{name}.part"
        for leftover in folder.glob(".*Z.part"):
            shutil.rmtree(leftover)
        part.mkdir(mode=0o700)
        made = Made(generation=name)
        _write(settings, folder, part, wish, made, tell)
        part.rename(folder / name)
        sync_folder(folder)
        if wish.keep is not None:
            prune(folder, wish.keep)
    return made


def prune(folder: Path, keep: int) -> None:
    """Remove all but the newest generations, and the media that none of those names.

    What was deleted by the rules in the office leaves the backups this way.
    """
    whole = manifest.generations(folder)
    staying, going = whole[-keep:], whole[:-keep]
    for generation in going:
        shutil.rmtree(generation)
    named: set[str] = set()
    for generation in staying:
        named |= manifest.read_objects(generation, manifest.read(generation)).keys()
    for path in (folder / MEDIA).rglob("*"):
        if path.is_file() and str(path.relative_to(folder)) not in named:
            path.unlink()


def _write(
    settings: Settings, folder: Path, part: Path, wish: Wish, made: Made, tell: Tell
) -> None:
    checkpoint = _checkpoint()
    # First the slips, then the box: a ballot that comes in between is not lost, and its slip, which
    # looks unused, casts no second one; until it tried, the box does not add up.
    database = _database(settings, part, wish, "database", db.engine)
    ballot_box = _database(settings, part, wish, "ballot-box", db.engines[BALLOTS])
    objects = _copy_objects(folder, wish, made, tell)
    manifest.write_objects(part / OBJECTS, objects)
    keys = _keys(settings.keys, wish.keys_to or part, made.generation, wish)
    whole = Manifest(
        made_at=rfc3339(now()),
        database_kind=snapshots.kind_of(db.engine),
        database=database,
        ballot_box_kind=snapshots.kind_of(db.engines[BALLOTS]),
        ballot_box=ballot_box,
        keys=None if wish.keys_to else keys,
        objects=manifest.part_of(part / OBJECTS),
        object_count=len(objects),
        sealed=bool(wish.recipients),
        checkpoint=checkpoint,
    )
    sealing.write(part / MANIFEST, [whole.text().encode()], ())


def _checkpoint() -> str | None:
    """Return the newest checkpoint before the snapshot, so that the snapshot contains it."""
    with transaction(write=False):
        try:
            return log.newest_checkpoint().note
        except NothingSealed:
            return None


def _database(settings: Settings, part: Path, wish: Wish, called: str, engine: Engine) -> Part:
    """Take the snapshot; where it is to be sealed, it touches the backup's disk sealed only."""
    name = snapshots.file_name(called, engine)
    if not wish.recipients:
        snapshots.take(engine, part / name)
        with (part / name).open("rb") as file:
            os.fsync(file.fileno())
        return manifest.part_of(part / name)
    with TemporaryDirectory(dir=settings.spool, prefix=".snapshot-") as folder:
        plain = Path(folder) / name
        snapshots.take(engine, plain)
        sealed = part / f"{name}{sealing.SUFFIX}"
        _, digest, size = sealing.write(sealed, sealing.copied(plain), wish.recipients)
    return Part(sealed.name, size, digest)


def _copy_objects(folder: Path, wish: Wish, made: Made, tell: Tell) -> dict[str, str]:
    """Copy what no earlier generation holds; returns hashes by file for the list."""
    known = _known(folder)
    listed = list(storage.objects())
    total, done = sum(one.size for one in listed), 0
    found: dict[str, str] = {}
    for one in listed:
        file = f"{MEDIA}/{one.key}{sealing.SUFFIX if wish.recipients else ''}"
        digest = known.get(file)
        if digest is None or not (folder / file).is_file():
            digest = _copy(one.key, folder / file, wish, made)
        if digest is not None:
            found[file] = digest
            made.objects += 1
        done += one.size
        tell(done, total)
    return found


def _copy(key: str, path: Path, wish: Wish, made: Made) -> str | None:
    """Copy one object; None where it has just been deleted, or is not what its name says."""
    try:
        content, digest, size = sealing.write(path, storage.stream(key), wish.recipients)
    except ObjectMissing:
        return None
    if hash_in_name(key) not in (None, content):
        path.unlink()
        made.damaged.append(key)
        return None
    made.new_objects += 1
    made.new_bytes += size
    return digest


def _known(folder: Path) -> dict[str, str]:
    known: dict[str, str] = {}
    for generation in manifest.generations(folder):
        known |= manifest.read_objects(generation, manifest.read(generation))
    return known


def _keys(keys: Path, folder: Path, generation: str, wish: Wish) -> Part:
    """Pack the folder of keys; what is kept apart carries the generation's name."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for path in sorted(keys.iterdir()):
            archive.add(path, arcname=path.name)
    name = f"keys-{generation}.tar" if wish.keys_to else "keys.tar"
    path = folder / f"{name}{sealing.SUFFIX if wish.recipients else ''}"
    _, digest, size = sealing.write(path, [packed.getvalue()], wish.recipients)
    return Part(path.name, size, digest)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupBusy(folder=str(folder)) from error
        yield
