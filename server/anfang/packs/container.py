"""The ZIP container of a pack: stored entries in one exact form, streamed. Pure.

Python's own `zipfile` writes it, with fixed times and modes, onto a stream that cannot seek; so
two builds give the same bytes, and the verifier can write the container again from the files in it
and compare every byte. Nothing is compressed: pictures gain nothing by it, and a compressor's
version would show in the bytes.
"""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

_FIXED_TIME: Final = (1980, 1, 1, 0, 0, 0)
_MODE: Final = 0o100644 << 16
_UNIX: Final = 3


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
    return Entry(path, len(data), hashlib.sha256(data).hexdigest(), lambda: (data,))


def write(folder: str, entries: Iterable[Entry]) -> Iterator[bytes]:
    """Stream the archive of `entries`, in their order, all below `folder`/, at constant memory.

    Raises `SourceChanged` when a file's bytes are not those that were promised: what was
    written so far is then no archive.
    """
    return frame((f"{folder}/{entry.path}", entry.size, _checked(entry)) for entry in entries)


def frame(files: Iterable[tuple[str, int, Iterable[bytes]]]) -> Iterator[bytes]:
    """Stream an archive of (name, size in bytes, pieces), whatever the pieces hold."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for name, size, pieces in files:
            with archive.open(_described(name, size), "w") as file:
                yield sink.taken()
                for piece in pieces:
                    file.write(piece)
                    yield sink.taken()
            yield sink.taken()
    yield sink.taken()


class _Sink(io.RawIOBase):
    """Where `zipfile` writes: holds what was written until it is taken, and cannot seek."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._pieces.append(bytes(data))
        return len(data)

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
