"""Searching everything published for every secret in every spelling. Nothing here knows the server.

`unfold` opens what hides bytes (ZIP members, PDF and PNG streams, texts in base64 or hex), `Search`
looks for many values at once, `windows` are what two publications could be linked by.
"""

import base64
import binascii
import html
import io
import json
import re
import shutil
import subprocess
import urllib.parse
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone

SHORTEST = 6
"""Bytes: anything shorter stands somewhere by chance."""
_ENCODED = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
_HEX = re.compile(rb"\b(?:[0-9a-fA-F]{2}){12,}\b")
_HEX_DIGITS = frozenset(b"0123456789abcdefABCDEF")
_RANDOM_RUN = 32
"""Hex digits of a random id; a SHA-256 has twice as many."""
_CERTAIN = 12
"""Hex digits that stand in megabytes of ids and digests for a reason. Eight do by chance."""
_CERTAIN_BASE64 = 9
"""Letters of base64 that stand in megabytes of signatures for a reason. Six do by chance."""
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_LARGEST_TEXT = 4 << 20
_ARCHIVE = b"PK\x03\x04"


def moment_spellings(moment: str) -> set[str]:
    """Return how a moment (RFC 3339 UTC) could be written down, finer than its hour."""
    at = datetime.fromisoformat(moment)
    local = at.astimezone(timezone(timedelta(hours=8)))
    seconds = int(at.timestamp())
    return {
        moment, str(seconds), at.astimezone(UTC).strftime("%H:%M:%S"), local.strftime("%H:%M:%S"),
        local.strftime("%Y%m%d%H%M%S"), at.astimezone(UTC).strftime("%Y%m%d%H%M%S"),
        str(int(at.timestamp() * 1000)), format(seconds, "08x"),
        format(int(at.timestamp() * 1000), "012x"),
    }  # fmt: skip


def degree_spellings(e7: int) -> set[str]:
    """Return how a coordinate in 1e-7 degree could be written down."""
    return {str(e7), f"{e7 / 1e7:.7f}", f"{e7 / 1e7:.6f}", f"{e7 / 1e7:.5f}"}


def spellings(secret: str) -> set[bytes]:
    """Return the bytes in which a value could stand somewhere."""
    found = {secret.encode("utf-16-le"), secret.encode("utf-16-be")}
    for plain in _bytes_of(secret):
        found |= {plain, plain.hex().encode(), plain.hex().upper().encode()}
        found |= set(_base64(plain))
    quoted = urllib.parse.quote(secret, safe="")
    escaped = json.dumps(secret)[1:-1]
    found |= {one.encode() for one in (quoted, quoted.lower(), escaped, html.escape(secret))}
    return {one for one in found if len(one) >= SHORTEST}


def unfold(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the bytes of something published, and of all that is packed inside it."""
    yield name, data
    if data.startswith(_ARCHIVE):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                said = f"{entry.filename} {entry.date_time} ".encode()
                yield f"{name}!{entry.filename}?header", said + entry.extra + entry.comment
                yield from unfold(f"{name}!{entry.filename}", archive.read(entry))
    elif data.startswith(b"\x89PNG"):
        yield f"{name}!pixels", _png_pixels(data)
    elif data.startswith(b"%PDF"):
        yield from _pdf(name, data)
    elif len(data) <= _LARGEST_TEXT:
        yield f"{name}!base64", b"\n".join(_decoded_base64(data))
        yield f"{name}!hex", b"\n".join(bytes.fromhex(m.decode()) for m in _HEX.findall(data))


class Search:
    """Many secrets, looked for in one pass."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._by_start: dict[bytes, list[tuple[bytes, str]]] = defaultdict(list)
        for secret in set(secrets):
            for spelling in spellings(secret):
                self._by_start[spelling[:SHORTEST]].append((spelling, secret))
        self._seen: set[bytes] = set()

    def leaks(self, published: Mapping[str, bytes]) -> set[tuple[str, str]]:
        """Return (secret, where) of everything found."""
        return {
            (secret, where)
            for name, data in published.items()
            for where, piece in unfold(name, data)
            for secret in self.found_in(piece)
        }

    def found_in(self, data: bytes) -> set[str]:
        """Return the secrets that stand in some bytes."""
        starts = self._by_start
        return {
            secret
            for at in range(len(data) - SHORTEST + 1)
            if (start := data[at : at + SHORTEST]) in starts
            for spelling, secret in starts[start]
            if data.startswith(spelling, at) and not _by_chance(data, at, spelling)
        }


def _by_chance(data: bytes, at: int, spelling: bytes) -> bool:
    """Tell whether a few hex digits were found only within a random id or a digest."""
    if len(spelling) >= _CERTAIN or not _HEX_DIGITS.issuperset(spelling):
        return False
    start, end = at, at + len(spelling)
    while start and data[start - 1] in _HEX_DIGITS:
        start -= 1
    while end < len(data) and data[end] in _HEX_DIGITS:
        end += 1
    return end - start >= _RANDOM_RUN


def windows(files: Mapping[str, bytes], size: int = 16) -> set[bytes]:
    """Return every run of `size` bytes in files and in what is unfolded from them.

    Of an archive only what is in it: the same words deflated can come out alike in some, by chance.
    """
    return {
        piece[at : at + size]
        for name, data in files.items()
        for _, piece in unfold(name, data)
        if not piece.startswith(_ARCHIVE)
        for at in range(len(piece) - size + 1)
    }


def places(value: bytes, files: Mapping[str, bytes]) -> list[str]:
    """Return where in files a run of bytes stands."""
    return [
        where
        for name, data in files.items()
        for where, piece in unfold(name, data)
        if value in piece
    ]


def _bytes_of(secret: str) -> Iterator[bytes]:
    yield secret.encode()
    bare = secret.replace("-", "")
    if re.fullmatch(r"(?:[0-9a-f]{2}){8,}", bare):
        yield bytes.fromhex(bare)
        yield bare.encode()
    elif re.fullmatch(r"[A-Za-z0-9_-]{22,}", secret):
        yield base64.urlsafe_b64decode(secret + "=" * (-len(secret) % 4))


def _base64(plain: bytes) -> Iterator[bytes]:
    """Base64 of a text inside another one depends on where it begins."""
    for shift, spoilt in ((0, 0), (1, 2), (2, 3)):
        padded = b"\0" * shift + plain
        whole = base64.b64encode(padded).rstrip(b"=")
        certain = whole[spoilt : len(padded) * 8 // 6]
        if len(certain) >= _CERTAIN_BASE64:
            yield certain
            yield certain.translate(bytes.maketrans(b"+/", b"-_"))


def _decoded_base64(data: bytes) -> Iterator[bytes]:
    for run in _ENCODED.findall(data):
        bare = run.rstrip(b"=").translate(bytes.maketrans(b"+/", b"-_"))
        if len(bare) % 4 != 1:
            yield base64.urlsafe_b64decode(bare + b"=" * (-len(bare) % 4))


def _png_pixels(data: bytes) -> bytes:
    at, packed = 8, b""
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] == b"IDAT":
            packed += data[at + 8 : at + 8 + size]
        at += size + 12
    return zlib.decompress(packed)


def _pdf(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    for number, stream in enumerate(_STREAM.findall(data)):
        try:
            yield f"{name}!stream {number}", zlib.decompress(stream)
        except zlib.error:
            yield f"{name}!stream {number}", stream
    strings = re.findall(rb"<((?:[0-9A-Fa-f]{2})+)>", data)
    yield f"{name}!strings", b"\n".join(binascii.unhexlify(one) for one in strings)
    yield f"{name}!text", pdf_text(data)


def pdf_text(data: bytes) -> bytes:
    """Return what a reader of a PDF can copy out of it, without white space."""
    tool = shutil.which("pdftotext")
    assert tool, "poppler-utils is among what the tests need"
    text = subprocess.run([tool, "-", "-"], input=data, capture_output=True, check=True).stdout
    return b"".join(text.split())
