"""Decode a picture of unknown intent in a process of its own, and take only plain data back.

The parent never parses a byte of the picture. One process decodes one picture (about 60 ms to
start, against some 300 ms of work for a phone's photo), so that nothing a picture does to its
decoder can reach the next picture, the web process or the key files. Every way in which the child
can end is an answer about the picture; only a child that cannot even start is an error of ours.

[Note: Confined decoding] The limits stand in `Limits`; the child sets them on itself before it
reads the picture (`confined.py`), the parent adds the wall clock and the cap on the answer.
"""

import json
import selectors
import signal
import struct
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import IO, Literal, cast

_PROGRAM = Path(__file__).with_name("confined.py")
_READY = b"anfang-decoder-1\n"
_MAX_HEAD = 64 * 1024
_MAX_DERIVATIVE = 8 * 1024 * 1024
UPRIGHT_SIDE = 2048
_MAX_ANSWER = len(_READY) + 4 + _MAX_HEAD + 3 * UPRIGHT_SIDE**2 + 2 * _MAX_DERIVATIVE
_CHUNK = 1 << 20
_MIMES = ("image/jpeg", "image/png", "image/webp", "image/heic")
_ALIASES = {"image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg", "image/heif": "image/heic"}
_UNDECLARED = ("", "application/octet-stream")

FailureCode = Literal["undecodable", "too-many-pixels", "kind-mismatch", "decoder-limit"]
_CHILD_CODES: tuple[FailureCode, ...] = ("undecodable", "too-many-pixels", "decoder-limit")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one decoding may cost: pixels of the file, address space, processor and wall seconds.

    80 megapixels pass every phone's normal modes (64 and less); memory is what such a picture
    needs at worst (HEIC: planes, RGB and a copy).
    """

    max_pixels: int = 80_000_000
    memory_bytes: int = 1536 * 1024 * 1024
    cpu_seconds: int = 20
    wall_seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class ExifFacts:
    """What the file says of itself: claims to compare, never facts about the scene.

    `taken_local` is the camera's clock as ISO 8601 without zone, `utc_offset` its zone
    (``+08:00``) where stated, `gps_at` the satellite time (UTC, ``…Z``). `orientation` is 1–8 as
    stated in the file; the decoded pixels are upright already. `exif_damaged` marks EXIF that
    could not be read.
    """

    taken_local: str | None = None
    utc_offset: str | None = None
    gps_at: str | None = None
    lat_e7: int | None = None
    lon_e7: int | None = None
    make: str | None = None
    model: str | None = None
    software: str | None = None
    orientation: int | None = None
    screenshot: bool = False
    exif_damaged: bool = False


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture that decodes.

    `mime` is the true kind, `kind_mismatch` says that another one was declared. `rgb` are the
    upright pixels of PROTOCOL §7 (width × height × 3 bytes, longest side at most 2048).
    `preview` (≤ 1600 px) and `thumbnail` (≤ 320 px) are JPEG without any metadata. `dhash` is an
    unsigned 64-bit difference hash: near-duplicates differ in few bits (`bit_count` of the XOR).
    """

    mime: str
    kind_mismatch: bool
    width: int
    height: int
    rgb: bytes = field(repr=False)
    preview: bytes = field(repr=False)
    thumbnail: bytes = field(repr=False)
    dhash: int
    facts: ExifFacts


@dataclass(frozen=True, slots=True)
class NotDecoded:
    """A picture that does not decode, with a stable code.

    ``undecodable``: damaged, or its decoder crashed. ``too-many-pixels``: its header announces
    more than the limit; nothing beyond the header was decoded. ``kind-mismatch``: no picture at
    all, or not of the declared kind and not decodable either. ``decoder-limit``: memory or time
    ran out.
    """

    code: FailureCode


class DecoderUnavailableError(RuntimeError):
    """The confined program could not start: a fault of this installation, not of the picture."""


def decode(
    source: Path | bytes, declared_mime: str | None = None, limits: Limits | None = None
) -> Decoded | NotDecoded:
    """Decode the picture at a path, or of these bytes, in a confined process of its own.

    `declared_mime` is what the phone said; None, empty and ``application/octet-stream`` declare
    nothing. Raises OSError where the file cannot be opened and DecoderUnavailableError where the
    child cannot start (both worth another try); all else is an answer.
    """
    limits = limits or Limits()
    if isinstance(source, Path):
        with source.open("rb") as stream:
            answer = _run(stream, limits)
    else:
        with tempfile.TemporaryFile() as stream:
            stream.write(source)
            stream.seek(0)
            answer = _run(stream, limits)
    return answer if isinstance(answer, NotDecoded) else _read_answer(answer, declared_mime)


def _run(stream: IO[bytes], limits: Limits) -> bytes | NotDecoded:
    arguments = [str(limits.max_pixels), str(limits.memory_bytes), str(limits.cpu_seconds)]
    # In its parent's session, so that it yields as the worker does; a terminal it cannot open.
    with subprocess.Popen(  # noqa: S603 - our own program, fixed arguments, no shell
        [sys.executable, "-I", "-B", str(_PROGRAM), *arguments],
        stdin=stream,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        close_fds=True,
        process_group=0,
    ) as child:
        answer = None
        try:
            answer = _read_all(cast("IO[bytes]", child.stdout), limits.wall_seconds)
        finally:
            if answer is None or not _ends_by_itself(child):
                child.kill()
            status = child.wait()
    return _judge(answer, status)


def _ends_by_itself(child: subprocess.Popen[bytes]) -> bool:
    """Give a child that has closed its pipe a moment to leave: its exit status counts."""
    try:
        child.wait(timeout=1.0)
    except subprocess.TimeoutExpired:
        return False
    return True


def _read_all(pipe: IO[bytes], seconds: float) -> bytes | None:
    """Read until the pipe closes; None when the time is up or the answer grows beyond its cap."""
    deadline = time.monotonic() + seconds
    received = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0 and len(received) <= _MAX_ANSWER:
            if selector.select(left):
                chunk = pipe.read1(_CHUNK)  # type: ignore[attr-defined]
                if not chunk:
                    return bytes(received)
                received += chunk
    return None


def _judge(answer: bytes | None, status: int) -> bytes | NotDecoded:
    if answer is None or -status in (signal.SIGXCPU, signal.SIGKILL):
        return NotDecoded("decoder-limit")
    if not answer.startswith(_READY):
        raise DecoderUnavailableError(f"the confined decoder ended at its start, status {status}")
    return answer[len(_READY) :] if status == 0 else NotDecoded("undecodable")


def _read_answer(answer: bytes, declared_mime: str | None) -> Decoded | NotDecoded:
    """Believe the child only what fits: a picture may have taken it over."""
    try:
        (head_length,) = struct.unpack_from(">I", answer)
        head = json.loads(answer[4 : 4 + head_length])
        if "code" in head:
            return _failure(head, declared_mime)
        return _decoded(head, memoryview(answer)[4 + head_length :], declared_mime)
    except (AttributeError, ValueError, KeyError, TypeError, struct.error):
        return NotDecoded("undecodable")


def _failure(head: dict[str, object], declared_mime: str | None) -> NotDecoded:
    code = _CHILD_CODES[_CHILD_CODES.index(cast("FailureCode", head["code"]))]
    declared = _declared(declared_mime)
    if code == "undecodable" and declared is not None and head.get("looks_like") != declared:
        return NotDecoded("kind-mismatch")
    return NotDecoded(code)


def _declared(mime: str | None) -> str | None:
    if mime is None or mime in _UNDECLARED:
        return None
    plain = mime.split(";")[0].strip().lower()
    return _ALIASES.get(plain, plain)


def _decoded(head: dict[str, object], body: memoryview, declared_mime: str | None) -> Decoded:
    width, height = _whole(head["width"], 1, UPRIGHT_SIDE), _whole(head["height"], 1, UPRIGHT_SIDE)
    lengths = [_whole(n, 1, len(body)) for n in cast("list[object]", head["lengths"])]
    rgb_length, preview_length, thumbnail_length = lengths
    if rgb_length != width * height * 3 or sum(lengths) != len(body):
        raise ValueError("lengths do not fit")
    preview_end = rgb_length + preview_length
    if max(preview_length, thumbnail_length) > _MAX_DERIVATIVE or head["mime"] not in _MIMES:
        raise ValueError("not an answer")
    declared, mime = _declared(declared_mime), str(head["mime"])
    return Decoded(
        mime=mime,
        kind_mismatch=declared is not None and declared != mime,
        width=width,
        height=height,
        rgb=bytes(body[:rgb_length]),
        preview=_jpeg(body[rgb_length:preview_end]),
        thumbnail=_jpeg(body[preview_end:]),
        dhash=_whole(head["dhash"], 0, 2**64 - 1),
        facts=_facts(cast("dict[str, object]", head["facts"])),
    )


def _whole(value: object, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError("not a number in range")
    return value


def _jpeg(view: memoryview) -> bytes:
    data = bytes(view)
    if not (data.startswith(b"\xff\xd8\xff") and data.endswith(b"\xff\xd9")):
        raise ValueError("not a JPEG")
    return data


_FACT_TYPES: dict[str, type] = {
    **dict.fromkeys((f.name for f in fields(ExifFacts)), str),
    **dict.fromkeys(("lat_e7", "lon_e7", "orientation"), int),
    **dict.fromkeys(("screenshot", "exif_damaged"), bool),
}


def _facts(stated: dict[str, object]) -> ExifFacts:
    kept: dict[str, object] = {}
    for name, value in stated.items():
        if value is None:
            continue
        if type(value) is not _FACT_TYPES[name] or (isinstance(value, str) and len(value) > 200):
            raise ValueError(f"{name} is not a fact")
        kept[name] = value
    return ExifFacts(**kept)  # type: ignore[arg-type]
