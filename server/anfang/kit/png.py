"""RGB pictures as PNG files that hold pixels and nothing else (PROTOCOL §7). Pure.

The writer is deterministic: one Pillow version gives the same bytes for the same pixels. The
reader is for files of unknown origin (a pack handed in for checking): it walks the chunks itself
and passes to Pillow only an 8-bit RGB picture of a permitted size without any further chunk, so
that a "redacted" picture cannot carry the original along in a comment or behind its end.
"""

import io
import struct
import zlib

from PIL import Image

MAX_SIDE = 2048
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGB_8_BIT = (8, 2, 0, 0, 0)  # bit depth, colour type, compression, filter, no interlace


class PngError(ValueError):
    """Bytes that are not a plain RGB PNG as PROTOCOL §7 publishes it."""


def write_rgb(width: int, height: int, rgb: bytes) -> bytes:
    """Encode width × height RGB pixels as PNG: the chunks IHDR, IDAT and IEND only.

    Raises ValueError where `rgb` is not width × height × 3 bytes.
    """
    buffer = io.BytesIO()
    Image.frombytes("RGB", (width, height), rgb).save(buffer, format="PNG", compress_level=4)
    return buffer.getvalue()


def read_rgb(png: bytes) -> tuple[int, int, bytes]:
    """Decode a plain RGB PNG into width, height and width × height × 3 bytes.

    Raises PngError for anything else: other colour types, sides over 2048 pixels, any chunk
    beside IHDR, IDAT and IEND, bytes behind the end, damage.
    """
    width, height = _check_chunks(png)
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as picture:
            rgb = picture.tobytes()
    except (OSError, SyntaxError, ValueError) as damage:
        raise PngError("the picture is damaged") from damage
    return width, height, rgb


def _check_chunks(png: bytes) -> tuple[int, int]:
    (first, header), *image_data, (last, end) = _chunks(png)
    if first != b"IHDR" or last != b"IEND" or end or any(kind != b"IDAT" for kind, _ in image_data):
        raise PngError("the file holds more than its pixels, or less")
    width, height = _check_header(header)
    _check_stream(b"".join(data for _, data in image_data), height * (1 + 3 * width))
    return width, height


def _chunks(png: bytes) -> list[tuple[bytes, bytes]]:
    if not png.startswith(_SIGNATURE):
        raise PngError("not a PNG")
    chunks: list[tuple[bytes, bytes]] = []
    position = len(_SIGNATURE)
    while position < len(png):
        if position + 12 > len(png):
            raise PngError("the file is cut short, or goes on behind its end")
        length, kind = struct.unpack_from(">I4s", png, position)
        data = png[position + 8 : position + 8 + length]
        position += length + 12
        if png[position - 4 : position] != zlib.crc32(data, zlib.crc32(kind)).to_bytes(4, "big"):
            raise PngError("a chunk is damaged")
        chunks.append((kind, data))
    if len(chunks) < 3:
        raise PngError("the file is cut short")
    return chunks


def _check_stream(compressed: bytes, expected: int) -> None:
    """Refuse image data that goes on after the last pixel, compressed or not."""
    stream = zlib.decompressobj()
    try:
        length = len(stream.decompress(compressed, expected + 1))
    except zlib.error as damage:
        raise PngError("the image data is damaged") from damage
    if length != expected or not stream.eof or stream.unused_data:
        raise PngError("the image data is longer or shorter than its pixels")


def _check_header(header: bytes) -> tuple[int, int]:
    if len(header) != 13:
        raise PngError("the header is damaged")
    width, height, *kind = struct.unpack(">IIBBBBB", header)
    if tuple(kind) != _RGB_8_BIT:
        raise PngError("not an 8-bit RGB picture")
    if not (1 <= width <= MAX_SIDE and 1 <= height <= MAX_SIDE):
        raise PngError(f"{width}×{height} pixels: a published picture has sides of 1 to {MAX_SIDE}")
    return width, height
