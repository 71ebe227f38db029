"""The spool: bytes of unfinished uploads, one file each, locked by whoever writes to it. Pure.

A file's size is its upload's offset: there is no second place that could disagree after a crash.
The lock is the operating system's (flock): it holds between threads, processes and, on a shared
folder, machines, and falls with the process that held it. [Note: Spool]
"""

import errno
import fcntl
import hashlib
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from uuid import UUID

from anfang.kit.durable import NO_ROOM

_PIECE: Final = 1 << 20
_ASK_AGAIN: Final = 0.02


class SpoolLockedError(Exception):
    """Another writer holds the file."""


class SpoolFullError(Exception):
    """The disk takes no more; what the failed call wrote was taken back."""


class TooManyBytesError(Exception):
    """More bytes came than there is room for in this upload; they were taken back."""


class SpoolFile:
    """An open, locked spool file."""

    def __init__(self, path: Path, handle: int) -> None:
        self.path = path
        self._handle = handle

    @property
    def size(self) -> int:
        """Bytes held so far."""
        return os.fstat(self._handle).st_size

    def append(self, pieces: Iterable[bytes], room: int) -> str:
        """Write pieces to the end as they come and return their SHA-256 (hex).

        If `pieces` raises, what was written stays: the upload goes on from there.

        Raises:
            TooManyBytesError: more than `room` bytes came.
            SpoolFullError: the disk is full.
        """
        start = self.size
        digest = hashlib.sha256()
        os.lseek(self._handle, start, os.SEEK_SET)
        for piece in pieces:
            room -= len(piece)
            if room < 0:
                self.cut(start)
                raise TooManyBytesError
            try:
                _write(self._handle, piece)
            except OSError as error:
                self.cut(start)
                if error.errno in NO_ROOM:
                    raise SpoolFullError from error
                raise
            digest.update(piece)
        return digest.hexdigest()

    def cut(self, size: int) -> None:
        """Take back everything beyond `size` bytes."""
        os.ftruncate(self._handle, size)

    def sync(self) -> None:
        """Force the bytes onto the disk: an offset that is told to the phone must last."""
        os.fsync(self._handle)

    def sha256(self) -> str:
        """Hash the whole file (hex)."""
        digest = hashlib.sha256()
        os.lseek(self._handle, 0, os.SEEK_SET)
        while piece := os.read(self._handle, _PIECE):
            digest.update(piece)
        return digest.hexdigest()

    def remove(self) -> None:
        """Delete the file; its upload has ended."""
        self.path.unlink(missing_ok=True)


def path_of(folder: Path, upload_id: UUID) -> Path:
    """Return where an upload's bytes lie; an id is a UUID, so it names no other place."""
    return folder / str(upload_id)


@contextmanager
def created(path: Path) -> Iterator[SpoolFile]:
    """Make an empty spool file and hold it; it is removed again if the block raises."""
    with _locked(path, os.O_RDWR | os.O_CREAT | os.O_EXCL) as file:
        try:
            yield file
        except BaseException:
            file.remove()
            raise


@contextmanager
def opened(path: Path, patience: float = 0.0) -> Iterator[SpoolFile]:
    """Hold an existing spool file.

    Args:
        patience: how long to wait for its lock, in seconds.

    Raises:
        FileNotFoundError: there is none (any more).
        SpoolLockedError: another writer held it all that time.
    """
    with _locked(path, os.O_RDWR, patience) as file:
        yield file


def size_of(path: Path) -> int:
    """Return the bytes held so far, also while another writes; none if the file is gone."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def remove_stale(folder: Path, age: float) -> int:
    """Delete what nobody has written to for `age` seconds and return how many files that were.

    Uploads end earlier; these are leftovers of processes that died.
    """
    before = time.time() - age
    stale = [path for path in folder.iterdir() if _is_stale(path, before)]
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)


def _is_stale(path: Path, before: float) -> bool:
    try:
        return path.is_file() and path.stat().st_mtime < before
    except FileNotFoundError:  # its upload ended just now
        return False


@contextmanager
def _locked(path: Path, flags: int, patience: float = 0.0) -> Iterator[SpoolFile]:
    handle = os.open(path, flags | os.O_CLOEXEC, 0o600)
    try:
        _lock(handle, patience)
        if os.fstat(handle).st_nlink == 0:
            raise FileNotFoundError(errno.ENOENT, "ended while waiting", str(path))
        yield SpoolFile(path, handle)
    finally:
        os.close(handle)


def _lock(handle: int, patience: float) -> None:
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= deadline:
                raise SpoolLockedError from error
            time.sleep(_ASK_AGAIN)
        else:
            return


def _write(handle: int, piece: bytes) -> None:
    view = memoryview(piece)
    while view:
        view = view[os.write(handle, view) :]
