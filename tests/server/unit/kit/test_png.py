"""A published picture holds pixels and nothing else; the reader refuses whatever holds more."""

import hashlib
import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from anfang.kit import png

WIDTH, HEIGHT = 50, 40
RGB = hashlib.shake_256(b"pixels").digest(WIDTH * HEIGHT * 3)
PLAIN = png.write_rgb(WIDTH, HEIGHT, RGB)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def saved(mode, **options):
    buffer = io.BytesIO()
    Image.new(mode, (WIDTH, HEIGHT)).save(buffer, format="PNG", **options)
    return buffer.getvalue()


def commented():
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "the original")
    return saved("RGB", pnginfo=text)


def with_image_data(data):
    return PLAIN[:33] + chunk(b"IDAT", data) + chunk(b"IEND", b"")


SCANLINES = b"".join(b"\0" + RGB[y * WIDTH * 3 : (y + 1) * WIDTH * 3] for y in range(HEIGHT))
REFUSED = {
    "nothing": b"",
    "jpeg": b"\xff\xd8\xff\xe0" + bytes(100),
    "cut": PLAIN[:-20],
    "cut to the header": PLAIN[:33],
    "appended": PLAIN + b"PK\x03\x04 the original",
    "second picture": PLAIN + PLAIN,
    "comment": commented(),
    "grey": saved("L"),
    "transparency": saved("RGBA"),
    "palette": saved("P"),
    "colour profile": saved("RGB", icc_profile=b"profile"),
    "too large": png.write_rgb(2049, 1, bytes(2049 * 3)),
    "pixels beyond the last": with_image_data(zlib.compress(SCANLINES + b"the original")),
    "bytes behind the stream": with_image_data(zlib.compress(SCANLINES) + b"the original"),
    "too few pixels": with_image_data(zlib.compress(SCANLINES[:-1])),
    "not compressed": with_image_data(b"garbage"),
    "empty foreign chunk": PLAIN[:33] + chunk(b"tIME", b"") + PLAIN[33:],
    "interlaced": PLAIN[:8] + chunk(b"IHDR", PLAIN[16:28] + b"\1") + PLAIN[33:],
    "data in the end": PLAIN[:-12] + chunk(b"IEND", b"the original"),
}


def test_what_is_written_reads_back_and_is_the_same_every_time():
    assert png.read_rgb(PLAIN) == (WIDTH, HEIGHT, RGB)
    assert png.write_rgb(WIDTH, HEIGHT, RGB) == PLAIN
    assert with_image_data(zlib.compress(SCANLINES))[:33] == PLAIN[:33]
    assert png.read_rgb(with_image_data(zlib.compress(SCANLINES))) == (WIDTH, HEIGHT, RGB)


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED.keys())
def test_anything_but_plain_pixels_is_refused(data):
    with pytest.raises(png.PngError):
        png.read_rgb(data)


def test_a_flipped_bit_anywhere_is_refused():
    for position in range(0, len(PLAIN), 7):
        broken = bytearray(PLAIN)
        broken[position] ^= 1
        with pytest.raises(png.PngError):
            png.read_rgb(bytes(broken))
