"""The archive's own bytes: exactly as written, or at least without contradiction."""

from collections.abc import Iterator
from typing import Final
from zipfile import ZipInfo

from anfang.packs import container
from anfang.packs.archive import Archive, ArchiveError
from anfang.packs.checks.reading import Reading
from anfang.packs.verdict import Finding

_DESCRIPTOR_LIMIT: Final = 24  # the longest data descriptor there is


def check_framing(reading: Reading) -> Iterator[Finding]:
    """Find bytes of the container that were changed.

    A pack in the writer's own form must match it byte for byte. One that was unpacked and packed
    again by another tool is still a pack; then local headers must agree with the directory, and
    nothing may hide before, between or behind the files.
    """
    archive = reading.archive
    try:
        if any(_in_writers_form(archive, entry) for entry in archive.entries):
            yield from _compare(archive)
        else:
            yield from _consistent(archive)
    except ArchiveError as error:
        yield Finding("", error.code, error.detail)


def _in_writers_form(archive: Archive, entry: ZipInfo) -> bool:
    start = archive.raw(entry.header_offset, container.LOCAL_BYTES)
    # All but the last four bytes, the lengths of name and extra field.
    return start[:-4] == container.local_header("")[:-4]


def _compare(archive: Archive) -> Iterator[Finding]:
    framed, offset = [], 0
    for entry in archive.entries:
        described = container.Framed(entry.filename, entry.file_size, entry.CRC)
        framed.append(described)
        header, tail = container.local_header(entry.filename), container.descriptor(described)
        behind = offset + len(header) + entry.file_size
        if archive.raw(offset, len(header)) != header or archive.raw(behind, len(tail)) != tail:
            yield Finding(_below_root(entry.filename), "pack-zip-altered", f"@{offset}")
        offset = behind + len(tail)
    names = [*(entry.filename for entry in archive.entries), ""]
    for name, piece in zip(names, container.directory(framed), strict=True):
        if archive.raw(offset, len(piece)) != piece:
            yield Finding(_below_root(name), "pack-zip-altered", f"@{offset}")
        offset += len(piece)
    if offset != archive.size:
        yield Finding("", "pack-zip-altered", f"@{offset}")


def _consistent(archive: Archive) -> Iterator[Finding]:
    end = 0
    for entry in sorted(archive.entries, key=lambda entry: entry.header_offset):
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
    if not 0 <= archive.zip.start_dir - end <= _DESCRIPTOR_LIMIT:
        yield Finding("", "pack-zip-altered", f"@{end}")


def _below_root(name: str) -> str:
    return name.partition("/")[2]
