"""What a backup says of itself: one manifest a generation, and the list of its objects. Pure.

A folder of backups holds `media/`, where each object lies once for all generations, and a folder
for each generation:

    20261122T034000-250Z/manifest.json    what follows, with sizes and hashes
    20261122T034000-250Z/database.…       the snapshot
    20261122T034000-250Z/ballot-box.…     the snapshot of the ballot box, a database of its own
    20261122T034000-250Z/keys.tar         private keys, unless they were kept apart
    20261122T034000-250Z/objects.txt      `<sha256>  media/<key>`: `sha256sum -c` accepts it

Hashes are those of the files as they lie there: sealed files are checked without their identity.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from anfang.kit.ids import sha256_hex
from anfang.upkeep.errors import BackupDamaged, BackupMissing
from anfang.upkeep.sealing import hash_of

VERSION: Final = 1
MEDIA: Final = "media"
MANIFEST: Final = "manifest.json"
OBJECTS: Final = "objects.txt"


@dataclass(frozen=True)
class Part:
    """A file of a generation; `size` in bytes, both of the file as it lies there."""

    file: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """One generation.

    Attributes:
        database, ballot_box: their kinds are `sqlite` or `postgresql`.
        keys: None where the keys were written elsewhere.
        sealed: whether the parts are age files.
        checkpoint: the log's newest checkpoint then; the restored log must have grown from it.
    """

    made_at: str
    database_kind: str
    database: Part
    ballot_box_kind: str
    ballot_box: Part
    keys: Part | None
    objects: Part
    object_count: int
    sealed: bool
    checkpoint: str | None
    v: int = VERSION

    def text(self) -> str:
        """Return the manifest as it is written."""
        return json.dumps(asdict(self), indent=1, sort_keys=True) + "\n"


def part_of(path: Path, file: str | None = None) -> Part:
    """Return a file as a part of its generation."""
    digest, size = hash_of(path)
    return Part(file or path.name, size, digest)


def generations(folder: Path) -> list[Path]:
    """Return the whole generations of a folder, the oldest first."""
    return sorted(path.parent for path in folder.glob(f"[0-9]*Z/{MANIFEST}"))


def chosen(folder: Path, name: str | None) -> Path:
    """Return a generation by its name, else the newest.

    Raises:
        BackupMissing: there is none.
    """
    found = [one for one in generations(folder) if name in (None, one.name)]
    if not found:
        raise BackupMissing(folder=str(folder))
    return found[-1]


def read(generation: Path) -> Manifest:
    """Read a generation's manifest.

    Raises:
        BackupDamaged: it is no manifest of this version.
    """
    try:
        members: dict[str, Any] = json.loads((generation / MANIFEST).read_text("utf-8"))
        if members["v"] != VERSION:
            raise ValueError(members["v"])
        keys = members["keys"]
        members |= {
            "database": Part(**members["database"]),
            "ballot_box": Part(**members["ballot_box"]),
            "objects": Part(**members["objects"]),
            "keys": Part(**keys) if keys else None,
        }
        return Manifest(**members)
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise BackupDamaged(file=str(generation / MANIFEST)) from error


def write_objects(path: Path, objects: Mapping[str, str]) -> None:
    """Write the list of objects: hashes by file, in a lasting order."""
    path.write_text("".join(f"{objects[file]}  {file}\n" for file in sorted(objects)), "utf-8")


def read_objects(generation: Path, manifest: Manifest) -> dict[str, str]:
    """Read a generation's objects: hashes by file, relative to the folder of backups.

    Raises:
        BackupDamaged: the list is not the one that the manifest names.
    """
    path = generation / OBJECTS
    data = path.read_bytes() if path.is_file() else b""
    if sha256_hex(data) != manifest.objects.sha256:
        raise BackupDamaged(file=str(path))
    lines: Iterable[str] = data.decode().splitlines()
    return {file: digest for digest, _, file in (line.partition("  ") for line in lines)}


def require(path: Path, part: Part) -> None:
    """Raise BackupDamaged unless a file is the one that the manifest names."""
    if not path.is_file() or hash_of(path) != (part.sha256, part.size):
        raise BackupDamaged(file=str(path))
