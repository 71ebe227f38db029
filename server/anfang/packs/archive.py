"""Reading a pack's ZIP that a stranger sent. Pure.

Whatever the bytes, reading raises only `ArchiveError`. Stored files are read straight from
their place, at constant memory; nothing is ever written to disk.
"""

import itertools
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self
from zipfile import ZipInfo

from anfang.packs import directory
from anfang.packs.listed import Listed, Lists

CHUNK: Final = 1 << 20
SMALL_FILE: Final = 64 << 20
"""No document of a pack, and no picture that is decoded, has more bytes than this."""

# All that zipfile and zlib are known to raise on hostile archives.
HOSTILE: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
MAX_ENTRIES: Final = 500_000
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_UTF_8_NAME: Final = 0x800
_ENCRYPTED: Final = 0x1
_UNREADABLE: Final = 0x20 | 0x40  # patches; strong encryption


class ArchiveError(Exception):
    """The archive, or one file in it, cannot be read. `code` is a fault code."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


class Archive:
    """An opened ZIP: entries in directory order, files by their path below the pack's folder.

    Both wait on disk. Of an archive with more than `MAX_ENTRIES` only the first are read.
    """

    def __init__(self, path: Path, lists: Lists) -> None:
        """Open and read the directory. Raises `ArchiveError`: `pack-not-a-pack`, `…-damaged`."""
        self._entries: Listed[ZipInfo] = lists.new()
        self.files: Listed[ZipInfo] = lists.new()
        try:
            self.file = path.open("rb")
        except OSError as error:
            raise ArchiveError("pack-not-a-pack", error.strerror or "") from error
        try:
            found = directory.find_directory(self.file)
            for entry in itertools.islice(directory.entries(self.file, found), MAX_ENTRIES + 1):
                self._entries.add(f"{len(self._entries):08x}", entry)
        except HOSTILE as error:
            code = "pack-zip-damaged" if self.begins_like_a_pack() else "pack-not-a-pack"
            self.file.close()
            raise ArchiveError(code, _first_line(error)) from error
        self.directory_start = found.start
        self.root = ""
        self.size = path.stat().st_size

    def __enter__(self) -> Self:
        """Enter; the file is closed on leaving."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self.file.close()

    @property
    def entries(self) -> Iterator[ZipInfo]:
        """Entries in the order of the directory."""
        return iter(self._entries)

    @property
    def count(self) -> int:
        """How many entries there are."""
        return len(self._entries)

    def begins_like_a_pack(self) -> bool:
        """Whether the file starts as a pack does, whatever became of its directory."""
        try:
            self.file.seek(0)
            start = self.file.read(512)
        except OSError:
            return False
        return start.startswith(b"PK\x03\x04") and b"/bagit.txt" in start

    def place(self, root: str) -> None:
        """Fix the pack's folder; `files` then holds what lies below it."""
        self.root = root
        for entry in self.entries:
            if not is_folder(entry):
                self.files.put(entry.filename.removeprefix(f"{root}/"), entry)

    def local_header(self, entry: ZipInfo) -> tuple[bytes, bytes, int]:
        """Give an entry's local header as it stands: fixed part, name, and where data begins.

        Raises `ArchiveError` (`pack-zip-damaged`).
        """
        fixed = self.raw(entry.header_offset, _LOCAL.size)
        if len(fixed) != _LOCAL.size or fixed[:4] != b"PK\x03\x04":
            raise ArchiveError("pack-zip-damaged", "no local header")
        *_, name_length, extra_length = _LOCAL.unpack(fixed)
        name = self.raw(entry.header_offset + _LOCAL.size, name_length)
        return fixed, name, entry.header_offset + _LOCAL.size + name_length + extra_length

    def raw(self, offset: int, length: int) -> bytes:
        """Bytes of the archive itself; fewer at its end. Raises `ArchiveError`."""
        try:
            self.file.seek(offset)
            return self.file.read(length)
        except HOSTILE as error:
            raise ArchiveError("pack-zip-damaged", _first_line(error)) from error

    def stream(self, path: str) -> Iterator[bytes]:
        """Give a file's bytes in pieces, never more than its stated size.

        Raises `ArchiveError` (`pack-file-missing`, `pack-zip-damaged`) if they cannot be had.
        """
        entry = self.files.get(path)
        if entry is None:
            raise ArchiveError("pack-file-missing")
        yield from self.stream_entry(entry)

    def stream_entry(self, entry: ZipInfo) -> Iterator[bytes]:
        """Give an entry's bytes in pieces, never more than its stated size.

        Raises `ArchiveError` (`pack-zip-damaged`) if they cannot be had.
        """
        if entry.compress_type == zipfile.ZIP_STORED:
            yield from self._stored(entry)
            return
        try:
            yield from self._inflated(entry)
        except HOSTILE as error:
            raise ArchiveError("pack-zip-damaged", _first_line(error)) from error

    def read(self, path: str) -> bytes:
        """Read a small file whole. Raises `ArchiveError`: `pack-file-missing`, `pack-too-large`."""
        entry = self.files.get(path)
        if entry is None:
            raise ArchiveError("pack-file-missing")
        if entry.file_size > SMALL_FILE:
            raise ArchiveError("pack-too-large")
        return b"".join(self.stream(path))

    def _stored(self, entry: ZipInfo) -> Iterator[bytes]:
        _, _, offset = self.local_header(entry)
        left = entry.file_size
        while left:
            piece = self.raw(offset, min(CHUNK, left))
            if not piece:
                raise ArchiveError("pack-zip-damaged", "the archive ends early")
            yield piece
            offset += len(piece)
            left -= len(piece)

    def _inflated(self, entry: ZipInfo) -> Iterator[bytes]:
        """Inflate to exactly the stated size from exactly the stated compressed size.

        `zipfile` stops at whichever comes first: bytes could hide behind the stream's end.
        """
        offset = self._begin_of_deflated(entry)
        end = offset + entry.compress_size
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        size = checksum = 0
        while not inflater.eof:
            packed = inflater.unconsumed_tail or self.raw(offset, min(CHUNK, end - offset))
            offset += 0 if inflater.unconsumed_tail else len(packed)
            piece = inflater.decompress(packed, CHUNK)
            if not (packed or piece):
                raise ArchiveError("pack-zip-damaged", "the deflated data end early")
            size += len(piece)
            if size > entry.file_size:
                raise ArchiveError("pack-zip-damaged", "more than its stated size")
            checksum = zlib.crc32(piece, checksum)
            if piece:
                yield piece
        if inflater.unused_data or offset != end:
            raise ArchiveError("pack-zip-damaged", "bytes behind the deflated data")
        if (size, checksum) != (entry.file_size, entry.CRC):
            raise ArchiveError("pack-zip-damaged", "size or CRC-32")

    def _begin_of_deflated(self, entry: ZipInfo) -> int:
        """Give where deflated data begin.

        Raises `BadZipFile` for what is encrypted, or of another name or method than it says.
        """
        _, name, offset = self.local_header(entry)
        encoding = "utf-8" if entry.flag_bits & _UTF_8_NAME else "cp437"
        if (
            entry.flag_bits & (_ENCRYPTED | _UNREADABLE)
            or entry.compress_type != zipfile.ZIP_DEFLATED
            or name.decode(encoding) != entry.orig_filename
        ):
            raise zipfile.BadZipFile("not plainly deflated, or of another name")
        return offset


def is_folder(entry: ZipInfo) -> bool:
    """Whether an entry is a folder; unlike `ZipInfo.is_dir`, also of an entry without a name."""
    return entry.filename.endswith("/")


def _first_line(error: BaseException) -> str:
    return str(error).split("\n", 1)[0][:200]
