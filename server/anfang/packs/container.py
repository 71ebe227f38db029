"""The ZIP container of a pack: written in one exact form, and read with suspicion. Pure.

Own framing instead of a ZIP library, because the form is part of the promise: two builds give the
same bytes whatever library version is installed, and the verifier can compare every byte of the
container with what the writer would have written, so that a flip outside the files is found too.
Entries are stored, not compressed: pictures gain nothing, and a deflate library's version would
show in the bytes. [APPNOTE.TXT 6.3.x §4.3, ZIP64 §4.5.3]
"""

import hashlib
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

FLAGS: Final = 0x0808  # sizes follow the data; names are UTF-8
_DOS_DATE: Final = 33  # 1980-01-01
_VERSION: Final = 20
_VERSION_ZIP64: Final = 45
_MADE_BY_UNIX: Final = 3
_MODE: Final = 0o100644 << 16
_LIMIT32: Final = 0xFFFFFFFF
_LIMIT16: Final = 0xFFFF
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_DESCRIPTOR: Final = struct.Struct("<4s3L")
_CENTRAL: Final = struct.Struct("<4s4B4H3L5H2L")
_ZIP64_OFFSET: Final = struct.Struct("<2HQ")
_END64: Final = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64: Final = struct.Struct("<4sLQL")
_END: Final = struct.Struct("<4s4H2LH")

LOCAL_BYTES: Final = _LOCAL.size


class SourceChanged(Exception):  # noqa: N818 -- says what happened; carries a path, not a text
    """A file gave other bytes than its known size and hash: the build must not be used."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


@dataclass(frozen=True)
class Entry:
    """One file to be written: path below the pack's folder, size in bytes, hex SHA-256.

    `open` gives the bytes in pieces, anew at every call.
    """

    path: str
    size: int
    sha256: str
    open: Callable[[], Iterable[bytes]]


@dataclass(frozen=True)
class Framed:
    """What the container says about one file."""

    name: str
    size: int
    crc: int


def from_bytes(path: str, data: bytes) -> Entry:
    """Make an entry of bytes already in memory."""
    return Entry(path, len(data), hashlib.sha256(data).hexdigest(), lambda: (data,))


def write(folder: str, entries: Iterable[Entry]) -> Iterator[bytes]:
    """Stream the archive of `entries`, in their order, all below `folder`/, at constant memory.

    Raises `SourceChanged` when a file's bytes are not those that were promised: what was
    written so far is then no archive. `ValueError` for a file of 4 GiB or more.
    """
    framed: list[Framed] = []
    for entry in entries:
        name = f"{folder}/{entry.path}"
        yield local_header(name)
        crc = 0
        for piece, crc in _checked(entry):  # noqa: B007 -- the last checksum is used below
            yield piece
        framed.append(Framed(name, entry.size, crc))
        yield descriptor(framed[-1])
    yield from directory(framed)


def archive_size(folder: str, entries: Iterable[Entry]) -> int:
    """Exact size in bytes of what `write` gives, from names and sizes alone."""
    framed = [Framed(f"{folder}/{entry.path}", entry.size, 0) for entry in entries]
    files = sum(LOCAL_BYTES + len(f.name.encode()) + f.size + _DESCRIPTOR.size for f in framed)
    return files + sum(len(piece) for piece in directory(framed))


def local_header(name: str) -> bytes:
    """Header before a file's bytes."""
    encoded = name.encode()
    return (
        _LOCAL.pack(b"PK\x03\x04", _VERSION, FLAGS, 0, 0, _DOS_DATE, 0, 0, 0, len(encoded), 0)
        + encoded
    )


def descriptor(framed: Framed) -> bytes:
    """Checksum and sizes after a file's bytes."""
    return _DESCRIPTOR.pack(b"PK\x07\x08", framed.crc, framed.size, framed.size)


def directory(framed: list[Framed]) -> Iterator[bytes]:
    """Central directory, one piece for each file, and a last piece that ends the archive."""
    offset = length = 0
    for entry in framed:
        record = _central_record(entry, offset)
        offset += LOCAL_BYTES + len(entry.name.encode()) + entry.size + _DESCRIPTOR.size
        length += len(record)
        yield record
    yield _end(len(framed), length, offset)


def _checked(entry: Entry) -> Iterator[tuple[bytes, int]]:
    if entry.size >= _LIMIT32:
        raise ValueError(f"{entry.path} has 4 GiB or more")
    digest, crc, size = hashlib.sha256(), 0, 0
    for piece in entry.open():
        digest.update(piece)
        crc = zlib.crc32(piece, crc)
        size += len(piece)
        yield piece, crc
    if size != entry.size or digest.hexdigest() != entry.sha256:
        raise SourceChanged(entry.path)


def _central_record(entry: Framed, offset: int) -> bytes:
    extra, version, field = b"", _VERSION, offset
    if offset >= _LIMIT32:
        extra, version, field = _ZIP64_OFFSET.pack(1, 8, offset), _VERSION_ZIP64, _LIMIT32
    name = entry.name.encode()
    head = _CENTRAL.pack(
        b"PK\x01\x02", version, _MADE_BY_UNIX, version, 0, FLAGS, 0, 0, _DOS_DATE,
        entry.crc, entry.size, entry.size, len(name), len(extra), 0, 0, 0, _MODE, field,
    )  # fmt: skip
    return head + name + extra


def _end(count: int, length: int, offset: int) -> bytes:
    end64 = b""
    if count >= _LIMIT16 or offset >= _LIMIT32 or length >= _LIMIT32:
        end64 = _END64.pack(
            b"PK\x06\x06", 44, _VERSION_ZIP64, _VERSION_ZIP64, 0, 0, count, count, length, offset
        ) + _LOCATOR64.pack(b"PK\x06\x07", 0, offset + length, 1)
    return end64 + _END.pack(
        b"PK\x05\x06", 0, 0, min(count, _LIMIT16), min(count, _LIMIT16),
        min(length, _LIMIT32), min(offset, _LIMIT32), 0,
    )  # fmt: skip
