"""Pictures: originals belong to records and none is missing; redactions are proven."""

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Any, Final

from PIL import Image

from anfang.kit import tiles
from anfang.packs.checks.opened import LogEntry
from anfang.packs.checks.reading import (
    Reading,
    ReadRecord,
    Refused,
    read_bytes,
    read_document,
)
from anfang.packs.verdict import Finding

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_LONGEST_SIDE: Final = 2048
_CHUNK_HEAD: Final = struct.Struct(">L4s")


def check_originals(reading: Reading) -> Iterator[Finding]:
    """Full profile: every declared picture is here or accounted for, and no other."""
    if reading.profile != "full":
        return
    shown = reading.lists.new()
    for _, record in reading.records.in_turn():
        for line in record.line["media"]:
            shown.add(line["file"] or "", None)
        yield from _missing_originals(record)
        yield from _wrong_originals(reading, record)
    for path in reading.payload.keys_in_turn():
        if path.startswith("data/media/") and path not in shown:
            yield Finding(path, "pack-media-foreign")


def _missing_originals(record: ReadRecord) -> Iterator[Finding]:
    lines = {line["sha256"]: line for line in record.line["media"]}
    for sha256 in record.media:
        line = lines.get(sha256)
        if line is None or not _is_accounted_for(line):
            yield Finding(record.line["file"], "pack-media-missing", sha256[:64])


def _is_accounted_for(line: dict[str, Any]) -> bool:
    """Whether an original is here or says why not: a deleted one by its certificate."""
    is_here, is_deleted = line["file"] is not None, line["absent"] == "deleted"
    return is_here == (line["absent"] is None) and is_deleted == (line["deletion"] is not None)


def _wrong_originals(reading: Reading, record: ReadRecord) -> Iterator[Finding]:
    declared = set(record.media)
    for line in record.line["media"]:
        path = line["file"]
        if path is None:
            continue
        if line["sha256"] not in declared:
            yield Finding(path, "pack-media-foreign")
        if reading.payload.get(path) != line["sha256"]:
            yield Finding(path, "pack-hash-mismatch")


def check_redactions(reading: Reading) -> Iterator[Finding]:
    """Protected profile: each picture is a plain PNG of a record, with the proof it claims."""
    if reading.profile != "protected":
        return
    shown = reading.lists.new()
    for _, record in reading.records.in_turn():
        for line in record.line["pictures"]:
            for path in (line["file"], line["proof"] or ""):
                shown.add(path, None)
            try:
                yield from _check_picture(reading, record, line)
            except Refused as refused:
                yield refused.finding
    for path in reading.payload.keys_in_turn():
        if path.startswith("data/redacted/") and path not in shown:
            yield Finding(path, "pack-media-foreign")


def _check_picture(reading: Reading, record: ReadRecord, line: dict[str, Any]) -> Iterator[Finding]:
    path, original = line["file"], line["original_sha256"]
    if original not in record.media or path != f"data/redacted/{original}.png":
        yield Finding(path, "pack-media-foreign")
    width, height, rgb = _pixels(path, read_bytes(reading, path))
    if line["proof"] is None:
        return
    proof = read_document(reading, line["proof"], None)
    if isinstance(root := proof.get("root"), str):
        reading.roots.put(original, root)
    try:
        tiles.verify_proof(width, height, rgb, proof)
    except tiles.ProofError as error:
        # The pixels are at fault where the proof is well-formed, else the proof.
        culprit = line["proof"] if error.code == "proof-malformed" else path
        yield Finding(culprit, "pack-redaction-invalid", error.code)
        return
    if proof["original_sha256"] != original:
        yield Finding(line["proof"], "pack-redaction-invalid", "original_sha256")
    entry = LogEntry("pixels", original, proof["root"], proof["root_salt_c"])
    if not reading.log.holds(entry):
        yield Finding(line["proof"], "pack-log-entry-missing", "pixels")


def _pixels(path: str, data: bytes) -> tuple[int, int, bytes]:
    """Decode a PNG that is nothing but RGB pixels. Raises `Refused`.

    The chunks are looked at before any decoder: only header, pixels and end, so that nothing
    can hide in the file and nothing large is unpacked.
    """
    width, height = _require_plain(path, data)
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            image.load()
            rgb = image.tobytes() if image.mode == "RGB" else b""
    except (OSError, SyntaxError, ValueError, zlib.error, struct.error) as error:
        raise Refused(Finding(path, "pack-picture-invalid", "IDAT")) from error
    if len(rgb) != width * height * 3:
        raise Refused(Finding(path, "pack-picture-invalid", "RGB"))
    return width, height, rgb


def _require_plain(path: str, data: bytes) -> tuple[int, int]:
    kinds = [kind for kind, _ in _chunks(path, data)]
    if kinds[:1] != [b"IHDR"] or kinds[-1:] != [b"IEND"] or set(kinds[1:-1]) != {b"IDAT"}:
        raise Refused(Finding(path, "pack-picture-invalid", "chunks"))
    header = next(body for _, body in _chunks(path, data))
    if len(header) != 13:
        raise Refused(Finding(path, "pack-picture-invalid", "IHDR"))
    width, height, depth, colour, *rest = struct.unpack(">2L5B", header)
    if (depth, colour, *rest) != (8, 2, 0, 0, 0):
        raise Refused(Finding(path, "pack-picture-invalid", "RGB"))
    if not (0 < width <= _LONGEST_SIDE and 0 < height <= _LONGEST_SIDE):
        raise Refused(Finding(path, "pack-picture-invalid", "size"))
    return width, height


def _chunks(path: str, data: bytes) -> Iterator[tuple[bytes, bytes]]:
    offset = len(_PNG)
    if data[:offset] != _PNG:
        raise Refused(Finding(path, "pack-picture-invalid", "signature"))
    while offset < len(data):
        head = data[offset : offset + _CHUNK_HEAD.size]
        if len(head) != _CHUNK_HEAD.size:
            raise Refused(Finding(path, "pack-picture-invalid", "chunks"))
        length, kind = _CHUNK_HEAD.unpack(head)
        body = data[offset + 8 : offset + 8 + length]
        check = data[offset + 8 + length : offset + 12 + length]
        if len(body) != length or check != zlib.crc32(kind + body).to_bytes(4, "big"):
            raise Refused(Finding(path, "pack-picture-invalid", "checksum"))
        yield kind, body
        offset += 12 + length
