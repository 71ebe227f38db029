"""The directory of a stranger's ZIP, read a few entries at a time [APPNOTE 6.3.10 §4.3]. Pure.

`zipfile` reads every entry, but never more than a few at once: it is handed pieces of the
directory, each as an archive of its own, because it would keep a whole one in memory.
"""

import io
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final
from zipfile import BadZipFile, ZipInfo

_END: Final = struct.Struct("<4s4H2LH")
_END_MARK: Final = b"PK\x05\x06"
_LONGEST_COMMENT: Final = 0xFFFF
_END64: Final = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64: Final = struct.Struct("<4sLQL")
_ENTRY: Final = 46
_LENGTHS: Final = struct.Struct("<3H")
_LENGTHS_AT: Final = 28  # of name, extra field and comment
_AT_ONCE: Final = 16 << 10


@dataclass(frozen=True)
class Directory:
    """Where an archive's directory stands.

    `shift` are the bytes before the archive that its own offsets do not count.
    """

    start: int
    size: int
    shift: int


def find_directory(file: BinaryIO) -> Directory:
    """Find the directory by its end record. Raises `BadZipFile`, `OSError`."""
    length = file.seek(0, io.SEEK_END)
    at, size, offset = _end_record(file, length)
    located = _end_record64(file, at)
    if located is not None:
        size, offset = located
        at -= _END64.size + _LOCATOR64.size
    start = at - size
    if start < 0:
        raise BadZipFile("Bad offset for central directory")
    return Directory(start, size, start - offset)


def entries(file: BinaryIO, directory: Directory) -> Iterator[ZipInfo]:
    """Give the entries in the directory's order, offsets counted from the file's beginning.

    Raises what `zipfile` raises on a damaged directory.
    """
    piece, count = bytearray(), 0
    for entry in _raw_entries(file, directory):
        piece += entry
        count += 1
        if len(piece) >= _AT_ONCE:
            yield from _read(bytes(piece), count, directory.shift)
            piece, count = bytearray(), 0
    yield from _read(bytes(piece), count, directory.shift)


def _end_record(file: BinaryIO, length: int) -> tuple[int, int, int]:
    """Give where the end record stands, and the directory's size and offset by its word."""
    start = max(length - _LONGEST_COMMENT - 1 - _END.size, 0)
    file.seek(start)
    tail = file.read()
    last = len(tail) - _END.size
    if not (tail[last:].startswith(_END_MARK) and tail.endswith(b"\0\0")):  # without a comment
        last = tail.rfind(_END_MARK)
    if last < 0 or len(tail) - last < _END.size:
        raise BadZipFile("File is not a zip file")
    *_, size, offset, _ = _END.unpack_from(tail, last)
    return start + last, size, offset


def _end_record64(file: BinaryIO, end: int) -> tuple[int, int] | None:
    """Give the directory's size and offset by a ZIP64 end record before `end`, if there is one."""
    place = end - _LOCATOR64.size
    if place < 0:
        return None
    file.seek(place)
    mark, disk, _, disks = _LOCATOR64.unpack(file.read(_LOCATOR64.size))
    if mark != b"PK\x06\x07":
        return None
    if disk != 0 or disks > 1:
        raise BadZipFile("zipfiles that span multiple disks are not supported")
    place -= _END64.size
    if place < 0:
        raise BadZipFile("File is not a zip file")
    file.seek(place)
    mark, *_, size, offset = _END64.unpack(file.read(_END64.size))
    return (size, offset) if mark == b"PK\x06\x06" else None


def _raw_entries(file: BinaryIO, directory: Directory) -> Iterator[bytes]:
    at, end = directory.start, directory.start + directory.size
    while at < end:
        file.seek(at)
        fixed = file.read(min(_ENTRY, end - at))
        if len(fixed) != _ENTRY:
            raise BadZipFile("Truncated central directory")
        length = _ENTRY + sum(_LENGTHS.unpack_from(fixed, _LENGTHS_AT))
        yield fixed + file.read(min(length, end - at) - _ENTRY)
        at += length


def _read(piece: bytes, count: int, shift: int) -> Iterator[ZipInfo]:
    end = _END.pack(_END_MARK, 0, 0, count, count, len(piece), 0, 0)
    with zipfile.ZipFile(io.BytesIO(piece + end)) as archive:
        for entry in archive.infolist():
            entry.header_offset += shift
            yield entry
