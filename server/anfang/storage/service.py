"""Verbs of storage over obstore."""

import hashlib
import mmap
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final, cast
from urllib.parse import urlsplit

import obstore
from flask import current_app
from obstore.exceptions import AlreadyExistsError, NotFoundError
from obstore.store import LocalStore, ObjectStore, S3Store, from_url

from anfang.kit.durable import NO_ROOM, sync_folder
from anfang.storage.errors import ObjectMissing, StorageFull

_CHUNK: Final = 1 << 20
_WHOLE: Final = 64 << 20
"""Bytes up to which a file is put in one piece, refusing to overwrite: every original."""
_ONE_PIECE: Final = 8 << 20
"""Bytes up to which an object is read in one piece: any photo. A folder streams in pieces of 8 KiB,
a tenth as fast."""
_MISSING: Final = (NotFoundError, FileNotFoundError)  # a bucket's word and a folder's


@dataclass(frozen=True)
class StoredObject:
    """An object as storage lists it; `size` in bytes."""

    key: str
    size: int
    stored_at: datetime


def media_key(sha256: str) -> str:
    """Return the key of an original: its hash, fanned out so that no folder grows without end."""
    return f"originals/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def derived_key(kind: str, sha256: str) -> str:
    """Return the key of something computed from an original (`preview`, `thumbnail`, …)."""
    return f"{kind}/{sha256[:2]}/{sha256}"


def put_bytes(key: str, data: bytes) -> None:
    """Store bytes durably; an object that is already there stays as it is.

    Raises:
        StorageFull: no room; nothing was stored.
    """
    _put(key, data, None)


def put_file(key: str, path: Path, *, name: str | None = None) -> None:
    """Store a file's bytes durably; an object that is already there stays as it is.

    Args:
        name: what a browser shall call it (ASCII, no quotes) where it fetches it from a bucket.

    Raises:
        StorageFull: no room; nothing was stored.
    """
    _put(key, path, name)


def get_bytes(key: str) -> bytes:
    """Return an object whole (for what is small: derivatives, documents).

    Raises:
        ObjectMissing: storage does not hold it.
    """
    try:
        return bytes(obstore.get(_store(), key).bytes())
    except _MISSING as error:
        raise ObjectMissing from error


def stream(key: str) -> Iterator[bytes]:
    """Give an object in pieces of a few MiB at most, at constant memory.

    The object is opened at the call, so the pieces may be read after the request's context is gone.

    Raises:
        ObjectMissing: storage does not hold it.
    """
    try:
        result = obstore.get(_store(), key)
    except _MISSING as error:
        raise ObjectMissing from error
    if result.meta["size"] <= _ONE_PIECE:
        return iter((bytes(result.bytes()),))
    return (bytes(piece) for piece in result.stream(min_chunk_size=_CHUNK))


def exists(key: str) -> bool:
    """Tell whether an object is held."""
    try:
        obstore.head(_store(), key)
    except _MISSING:
        return False
    return True


def link(key: str) -> str | None:
    """Return an address at which a browser may fetch an object straight from the bucket.

    It holds for ANFANG_STORAGE_LINKS seconds and for whoever has it: ask who may first. None where
    links are off or the store is a folder: the bytes are then streamed.
    """
    store, seconds = _store(), cast(int, current_app.config["STORAGE_LINKS"])
    if not seconds or not isinstance(store, S3Store):
        return None
    return obstore.sign(store, "GET", key, timedelta(seconds=seconds))


def objects() -> Iterator[StoredObject]:
    """List everything that is held, in no order."""
    for several in obstore.list(_store()):
        for one in several:
            yield StoredObject(str(one["path"]), one["size"], one["last_modified"])


def digest(key: str) -> tuple[str, int]:
    """Read an object again and return its SHA-256 (hex) and its size in bytes.

    Raises:
        ObjectMissing: storage does not hold it.
    """
    hashed, size = hashlib.sha256(), 0
    for piece in stream(key):
        hashed.update(piece)
        size += len(piece)
    return hashed.hexdigest(), size


def delete(key: str) -> None:
    """Remove an object, and what a dying process left of it; what is not there is no error."""
    store = _store()
    with suppress(*_MISSING):
        obstore.delete(store, key)
    if isinstance(store, LocalStore):
        target = Path(str(store.prefix)) / key
        for left in target.parent.glob(f"{target.name}#*"):
            left.unlink(missing_ok=True)


@lru_cache(maxsize=8)
def open_store(url: str) -> ObjectStore:
    """Open a store: `file:///path`, `s3://bucket/prefix` (credentials from the environment)."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return LocalStore(prefix=parts.path, mkdir=True)
    return from_url(url)


def _store() -> ObjectStore:
    return open_store(cast(str, current_app.config["STORAGE_URL"]))


def _put(key: str, data: bytes | Path, name: str | None) -> None:
    store = _store()
    if isinstance(store, LocalStore):
        _put_in_folder(Path(str(store.prefix)), key, data)
        return
    said = _said_of(store, name)
    with suppress(AlreadyExistsError):
        if isinstance(data, bytes):
            obstore.put(store, key, data, mode="create", attributes=said)
        else:
            _put_from_file(store, key, data, said)


def _put_in_folder(root: Path, key: str, data: bytes | Path) -> None:
    """Write beside, force that onto the disk, then give it its name.

    Not by the library, which names first: if the power fails in between, the journal may keep the
    name without the bytes, and whoever comes again finds an object that is already there.
    """
    target = root / key
    # The library lists no name that ends so: what a dying process leaves behind is no object.
    beside = target.with_name(f"{target.name}#{secrets.randbits(63)}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _write_durably(beside, data)
        with suppress(FileExistsError):
            os.link(beside, target)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise StorageFull from error
        raise
    finally:
        beside.unlink(missing_ok=True)
    for folder in target.parents:
        if folder.is_relative_to(root):
            sync_folder(folder)


def _write_durably(path: Path, data: bytes | Path) -> None:
    with path.open("xb") as file:
        if isinstance(data, bytes):
            file.write(data)
        else:
            with data.open("rb") as source:
                shutil.copyfileobj(source, file, _CHUNK)
        file.flush()
        os.fsync(file.fileno())


def _put_from_file(store: ObjectStore, key: str, path: Path, said: dict[str, str] | None) -> None:
    """Put a file at constant memory: its pages are mapped, or it goes up in parts.

    Parts know no conditional create. Keys are content addresses, so the worst that two writers of
    such a giant at once can do is write the same bytes twice.
    """
    if 0 < path.stat().st_size <= _WHOLE:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as pages:
            obstore.put(store, key, pages, mode="create", attributes=said)
    elif not exists(key):
        obstore.put(store, key, path, attributes=said)


def _said_of(store: ObjectStore, name: str | None) -> dict[str, str] | None:
    """Return what a bucket tells browsers of an object: never to interpret it, how to call it."""
    if not isinstance(store, S3Store):
        return None
    called = f'; filename="{name}"' if name else ""
    return {
        "Content-Type": "application/octet-stream",
        "Content-Disposition": f"attachment{called}",
    }
