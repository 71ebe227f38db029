"""The ZIP container of a pack: stored entries in one exact form, streamed. Pure.

Python's own `zipfile` writes it, with fixed times and modes, onto a stream that cannot seek; so
two builds give the same bytes, and the verifier can write the container again from the files in it
and compare every byte. Nothing is compressed: pictures gain nothing by it, and a compressor's
version would show in the bytes.
"""

import hashlib
import io
import pickle
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Final

_FIXED_TIME: Final = (1980, 1, 1, 0, 0, 0)
_MODE: Final = 0o100644 << 16
_UNIX: Final = 3
PIECE: Final = 256 << 10


class SourceChanged(Exception):  # noqa: N818 -- says what happened; carries a path, not a text
    """A file gave other bytes than its known size and hash: the build must not be used."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


@dataclass(frozen=True, slots=True)
class Entry:
    """One file to be written: path below the pack's folder, size in bytes, hex SHA-256.

    `open` gives the bytes in pieces, anew at every call.
    """

    path: str
    size: int
    sha256: str
    open: Callable[[], Iterable[bytes]]


def from_bytes(path: str, data: bytes) -> Entry:
    """Make an entry of bytes already in memory."""
    return Entry(path, len(data), hashlib.sha256(data).hexdigest(), partial(iter, (data,)))


def write(folder: str, entries: Iterable[Entry], room: Path | None = None) -> Iterator[bytes]:
    """Stream the archive of `entries`, in their order, all below `folder`/, at constant memory.

    Args:
        room: where the archive's directory waits for its end; the system's own folder if none.

    Raises `SourceChanged` when a file's bytes are not those that were promised: what was
    written so far is then no archive.
    """
    files = ((f"{folder}/{entry.path}", entry.size, _checked(entry)) for entry in entries)
    return frame(files, room)


def frame(
    files: Iterable[tuple[str, int, Iterable[bytes]]], room: Path | None = None
) -> Iterator[bytes]:
    """Stream an archive of (name, size in bytes, pieces), whatever the pieces hold.

    Its directory grows with the files, and waits on disk, in `room`.
    """
    sink = _Sink()
    with (
        tempfile.TemporaryFile(dir=room) as directory,
        tempfile.TemporaryFile(dir=room) as written,
        zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive,
    ):
        archive.filelist = _OnDisk(written)  # type: ignore[assignment]
        archive.NameToInfo = _Nothing()
        for name, size, pieces in files:
            with archive.open(_described(name, size), "w") as file:
                yield sink.taken()
                for piece in pieces:
                    file.write(piece)
                    yield sink.taken()
            yield sink.taken()
        sink.divert(directory)
        archive.close()
        directory.seek(0)
        yield from iter(partial(directory.read, PIECE), b"")


class _OnDisk:
    """What `zipfile` remembers of each file for the directory that it writes at the end."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._count = file, 0

    def append(self, info: zipfile.ZipInfo) -> None:
        pickle.dump(info, self._file)
        self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[zipfile.ZipInfo]:
        self._file.seek(0)
        return (pickle.load(self._file) for _ in range(self._count))  # noqa: S301 -- our own


class _Nothing(dict[str, zipfile.ZipInfo]):
    """What `zipfile` remembers to find a file by its name: nobody asks, so nothing is kept."""

    def __setitem__(self, name: str, info: zipfile.ZipInfo) -> None:
        pass


class _Sink(io.RawIOBase):
    """Where `zipfile` writes: holds what was written until it is taken, and cannot seek."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._file: IO[bytes] | None = None

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        if self._file is not None:
            return self._file.write(data)
        self._pieces.append(bytes(data))
        return len(data)

    def divert(self, file: IO[bytes]) -> None:
        """Write into a file from here on."""
        self._file = file

    def taken(self) -> bytes:
        # A large piece stands alone: it is handed on as it is.
        data = self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)
        self._pieces.clear()
        return data


def _described(name: str, size: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _FIXED_TIME)
    info.external_attr = _MODE
    info.create_system = _UNIX
    info.file_size = size  # tells zipfile beforehand whether ZIP64 is needed
    return info


def _checked(entry: Entry) -> Iterator[bytes]:
    digest, size = hashlib.sha256(), 0
    for piece in entry.open():
        digest.update(piece)
        size += len(piece)
        yield piece
    if size != entry.size or digest.hexdigest() != entry.sha256:
        raise SourceChanged(entry.path)
