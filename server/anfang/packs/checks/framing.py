"""The archive's own bytes: exactly as written, or at least without contradiction."""

from collections.abc import Iterator
from itertools import takewhile
from typing import Final
from zipfile import ZipInfo

from anfang.packs import container
from anfang.packs.archive import Archive, ArchiveError
from anfang.packs.checks.reading import Reading
from anfang.packs.listed import Lists
from anfang.packs.verdict import Finding

_DESCRIPTOR_LIMIT: Final = 24  # the longest data descriptor there is
_LENGTHS: Final = 4  # a local header's fixed part ends in the lengths of name and extra field


def check_framing(reading: Reading) -> Iterator[Finding]:
    """Find bytes of the container that were changed.

    A pack in the writer's own form must be what the writer makes of its files, byte for byte. One
    that was unpacked and packed again by another tool is still a pack; then local headers must
    agree with the directory, and nothing may hide before, between or behind the files.
    """
    archive = reading.archive
    try:
        if any(_in_writers_form(archive, entry) for entry in archive.entries):
            yield from _rewritten(archive)
        else:
            yield from _consistent(archive, reading.lists)
    except ArchiveError as error:
        yield Finding("", error.code, error.detail)


def _in_writers_form(archive: Archive, entry: ZipInfo) -> bool:
    fixed, _, _ = archive.local_header(entry)
    sample = b"".join(container.frame([(entry.filename, entry.file_size, ())]))
    return fixed[:-_LENGTHS] == sample[: len(fixed) - _LENGTHS]


def _rewritten(archive: Archive) -> Iterator[Finding]:
    """Write the container again from its own files and compare it with what stands there."""
    offset = 0
    files = (
        (entry.filename, entry.file_size, archive.stream_entry(entry)) for entry in archive.entries
    )
    for piece in container.frame(files):
        if archive.raw(offset, len(piece)) != piece:
            yield Finding(_file_at(archive, offset), "pack-zip-altered", f"@{offset}")
        offset += len(piece)
    if offset != archive.size:
        yield Finding("", "pack-zip-altered", f"@{offset}")


def _file_at(archive: Archive, offset: int) -> str:
    """Path of the file whose frame holds this byte; empty behind the last file."""
    if offset >= archive.directory_start:
        return ""
    found = ""
    for entry in takewhile(lambda entry: entry.header_offset <= offset, archive.entries):
        found = _below_root(entry.filename)
    return found


def _consistent(archive: Archive, lists: Lists) -> Iterator[Finding]:
    end, by_offset = 0, lists.new()
    for number, entry in enumerate(archive.entries):
        by_offset.add(f"{entry.header_offset:016x} {number:08x}", entry)
    for entry in by_offset:
        fixed, name, data = archive.local_header(entry)
        flags, method = (int.from_bytes(fixed[at : at + 2], "little") for at in (6, 8))
        encoding = "utf-8" if entry.flag_bits & 0x800 else "cp437"
        if (
            name != entry.orig_filename.encode(encoding, "replace")
            or (flags, method) != (entry.flag_bits, entry.compress_type)
            or not 0 <= entry.header_offset - end <= (_DESCRIPTOR_LIMIT if end else 0)
        ):
            yield Finding(_below_root(entry.filename), "pack-zip-altered", f"@{end}")
        end = data + entry.compress_size
    if not 0 <= archive.directory_start - end <= _DESCRIPTOR_LIMIT:
        yield Finding("", "pack-zip-altered", f"@{end}")


def _below_root(name: str) -> str:
    return name.partition("/")[2] or name
