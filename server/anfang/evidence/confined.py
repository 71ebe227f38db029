"""The child program that decodes one hostile picture and ends. Never import it: it is run.

`anfang.evidence.decoder` starts it as ``python -I confined.py`` with an empty environment, the
picture as standard input and a pipe as standard output. It imports nothing of Anfang. Before it
reads the first byte of the picture it limits its own memory, processor time and file sizes, and
takes away its right to open another file or socket; only then it says that it is ready.

Answer on the pipe: ``READY``, then one frame: the length of a JSON head as uint32 BE, the head,
and the raw RGB, preview and thumbnail that the head gives the lengths of. A picture that it cannot
decode is answered with a code; anything that goes wrong beyond that simply ends the process, and
the parent reads that as an answer too.
"""

import contextlib
import io
import json
import math
import os
import re
import resource
import struct
import sys
import warnings
from typing import Any, BinaryIO

import pillow_heif

# Plugins are named here: Pillow loads them late, and once the limits are set no file opens.
from PIL import (
    ExifTags,
    Image,
    ImageFile,
    MpoImagePlugin,  # noqa: F401
    TiffImagePlugin,  # noqa: F401
    UnidentifiedImageError,
    WebPImagePlugin,  # noqa: F401
)

READY = b"anfang-decoder-1\n"
UPRIGHT_SIDE = 2048
PREVIEW_SIDE, PREVIEW_QUALITY = 1600, 82
THUMBNAIL_SIDE, THUMBNAIL_QUALITY = 320, 75
MIME_OF_FORMAT = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "HEIF": "image/heic",
}
TRANSPOSE = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
# What reading hostile EXIF may raise; the picture itself is still good evidence then.
EXIF_ERRORS = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)


def main() -> None:
    """Decode standard input into a frame on standard output; argv: pixels, bytes, CPU seconds."""
    max_pixels, memory_bytes, cpu_seconds = (int(text) for text in sys.argv[1:4])
    answer = _take_output_pipe()
    _prepare_pillow(max_pixels)
    _give_up_rights(memory_bytes, cpu_seconds)
    answer.write(READY)
    answer.flush()
    head, blobs = _answer(sys.stdin.buffer, max_pixels)
    packed = json.dumps(head).encode("ascii")
    for part in (struct.pack(">I", len(packed)), packed, *blobs):
        answer.write(part)
    answer.flush()


def _take_output_pipe() -> BinaryIO:
    """Keep the pipe for the frame alone: what a codec prints goes nowhere."""
    pipe = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return pipe


def _prepare_pillow(max_pixels: int) -> None:
    Image.preinit()
    # An embedded thumbnail may show another scene than the picture: never let it stand in.
    pillow_heif.register_heif_opener(
        thumbnails=False, depth_images=False, aux_images=False, decode_threads=1
    )
    Image.MAX_IMAGE_PIXELS = max_pixels
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    ImageFile.LOAD_TRUNCATED_IMAGES = False


def _give_up_rights(memory_bytes: int, cpu_seconds: int) -> None:
    for kind, value in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        resource.setrlimit(kind, (value, value))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))


def _answer(source: BinaryIO, max_pixels: int) -> tuple[dict[str, Any], list[bytes]]:
    start = source.read(16)
    source.seek(0)
    try:
        with Image.open(source, formats=["JPEG", "PNG", "WEBP", "HEIF"]) as picture:
            if picture.width * picture.height > max_pixels:
                return {"code": "too-many-pixels"}, []
            return _decoded(picture)
    except UnidentifiedImageError:
        return {"code": "undecodable", "looks_like": _looks_like(start)}, []
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return {"code": "too-many-pixels"}, []
    except MemoryError:
        return {"code": "decoder-limit"}, []


def _looks_like(start: bytes) -> str | None:
    if start.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "image/webp"
    if start[4:8] == b"ftyp" and start[8:12] in HEIF_BRANDS:
        return "image/heic"
    return None


def _decoded(picture: Image.Image) -> tuple[dict[str, Any], list[bytes]]:
    mime = MIME_OF_FORMAT[picture.format or ""]
    facts, orientation = _facts(picture)
    upright = _upright(picture, orientation)
    rgb = upright.tobytes()
    preview = _derivative(upright, PREVIEW_SIDE, PREVIEW_QUALITY)
    thumbnail = _derivative(upright, THUMBNAIL_SIDE, THUMBNAIL_QUALITY)
    head = {
        "mime": mime,
        "width": upright.width,
        "height": upright.height,
        "dhash": _dhash(upright),
        "facts": facts,
        "lengths": [len(rgb), len(preview), len(thumbnail)],
    }
    return head, [rgb, preview, thumbnail]


def _upright(picture: Image.Image, orientation: int) -> Image.Image:
    """Scale to the largest side, flatten to RGB, turn upright: on a new image, without metadata."""
    if picture.format in ("JPEG", "MPO"):
        # Decoding at a half or a quarter already saves memory and time on very large pictures.
        picture.draft("RGB", _fitted(picture.size, UPRIGHT_SIDE))
    small = _resized(_truecolour(picture), UPRIGHT_SIDE)
    if small.mode == "RGBA":
        flat = Image.new("RGB", small.size, (255, 255, 255))
        flat.paste(small, mask=small.getchannel("A"))
        small = flat
    if orientation in TRANSPOSE:
        small = small.transpose(TRANSPOSE[orientation])
    return Image.frombytes("RGB", small.size, small.tobytes())


def _truecolour(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I;16"):
        return picture.convert("I").point(lambda value: value / 256).convert("RGB")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _fitted(size: tuple[int, int], side: int) -> tuple[int, int]:
    longest = max(size)
    if longest <= side:
        return size
    return max(1, round(size[0] * side / longest)), max(1, round(size[1] * side / longest))


def _resized(picture: Image.Image, side: int) -> Image.Image:
    size = _fitted(picture.size, side)
    if size == picture.size:
        picture.load()
        return picture
    return picture.resize(size, Image.Resampling.LANCZOS)


def _derivative(upright: Image.Image, side: int, quality: int) -> bytes:
    small = _resized(upright, side)
    clean = Image.frombytes("RGB", small.size, small.tobytes())
    buffer = io.BytesIO()
    clean.save(buffer, format="JPEG", quality=quality)
    return buffer.getvalue()


def _dhash(upright: Image.Image) -> int:
    """64-bit difference hash: 9×8 grey cells, one bit for "darker than its right neighbour"."""
    cells = upright.convert("L").resize((9, 8), Image.Resampling.BOX).tobytes()
    value = 0
    for row in range(8):
        for column in range(8):
            left, right = cells[row * 9 + column], cells[row * 9 + column + 1]
            value = value << 1 | (left < right)
    return value


def _facts(picture: Image.Image) -> tuple[dict[str, Any], int]:
    """Read what the file says of itself, and the orientation that is still to be applied."""
    facts: dict[str, Any] = {}
    stated: int | None = None
    try:
        exif = picture.getexif()
        tag = exif.get(ExifTags.Base.Orientation)
        stated = tag if isinstance(tag, int) and 1 <= tag <= 8 else None
        _read_camera(exif, facts)
        _read_position(exif.get_ifd(ExifTags.IFD.GPSInfo), facts)
    except EXIF_ERRORS:
        facts["exif_damaged"] = True
    facts.setdefault("software", _editing_software(picture))
    # HEIC is turned by its container while it decodes; the plugin then resets EXIF and notes this.
    noted = picture.info.get("original_orientation")
    facts["orientation"] = noted if noted in TRANSPOSE else stated
    return facts, stated or 1


def _read_camera(exif: Image.Exif, facts: dict[str, Any]) -> None:
    detail = exif.get_ifd(ExifTags.IFD.Exif)
    facts["make"] = _text(exif.get(ExifTags.Base.Make))
    facts["model"] = _text(exif.get(ExifTags.Base.Model))
    software = _text(exif.get(ExifTags.Base.Software))
    if software:
        facts["software"] = software
    stamp = detail.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    facts["taken_local"] = _local_time(_text(stamp))
    offset = _text(detail.get(ExifTags.Base.OffsetTimeOriginal))
    facts["utc_offset"] = offset if re.fullmatch(r"[+-]\d\d:\d\d", offset or "") else None
    comment = detail.get(ExifTags.Base.UserComment)
    facts["screenshot"] = isinstance(comment, bytes) and b"screenshot" in comment.lower()


def _read_position(gps: dict[int, Any], facts: dict[str, Any]) -> None:
    facts["lat_e7"] = _degrees_e7(gps, ExifTags.GPS.GPSLatitude, "S", 90)
    facts["lon_e7"] = _degrees_e7(gps, ExifTags.GPS.GPSLongitude, "W", 180)
    if facts["lat_e7"] is None or facts["lon_e7"] is None:
        facts["lat_e7"] = facts["lon_e7"] = None
    day, clock = _text(gps.get(ExifTags.GPS.GPSDateStamp)), gps.get(ExifTags.GPS.GPSTimeStamp)
    if day and clock and len(clock) == 3:
        hours, minutes, seconds = (int(part) for part in clock)
        stamp = _local_time(f"{day} {hours:02d}:{minutes:02d}:{seconds:02d}")
        facts["gps_at"] = stamp and stamp + "Z"


def _degrees_e7(gps: dict[int, Any], tag: int, negative: str, most: int) -> int | None:
    value, reference = gps.get(tag), _text(gps.get(tag - 1))
    if not value or len(value) != 3 or not reference:
        return None
    degrees = sum(float(part) / 60**power for power, part in enumerate(value))
    if not math.isfinite(degrees) or not 0 <= degrees <= most:
        return None
    signed = -degrees if reference.upper().startswith(negative) else degrees
    e7: int = round(signed * 10**7)
    return e7


def _editing_software(picture: Image.Image) -> str | None:
    """Find the program named in a PNG text chunk or in XMP, where EXIF names none."""
    stated = picture.info.get("Software")
    if isinstance(stated, str):
        return _text(stated)
    xmp = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    packet = xmp.encode("utf-8", "replace") if isinstance(xmp, str) else xmp
    found = re.search(rb"CreatorTool(?:=\"|>)([^\"<]{1,200})", packet)
    return _text(found.group(1)) if found else None


def _text(value: object) -> str | None:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return None
    # EXIF knows ASCII only and is read as Latin-1; Chinese programs write UTF-8 all the same.
    with contextlib.suppress(UnicodeError):
        value = value.encode("latin-1").decode("utf-8")
    kept = "".join(sign for sign in value if sign.isprintable()).strip()[:200]
    return kept or None


def _local_time(stamp: str | None) -> str | None:
    """Rewrite EXIF's ``2026:11:21 08:15:30`` as ISO 8601 without zone; None if it is no time."""
    found = re.match(r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)", stamp or "")
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in found.groups())
    plausible = year >= 1 and 1 <= month <= 12 and 1 <= day <= 31
    if not plausible or hour > 23 or minute > 59 or second > 59:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}"


if __name__ == "__main__":
    main()
