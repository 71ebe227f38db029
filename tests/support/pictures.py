"""Pictures for the decoder's tests, drawn here: ordinary ones, damaged ones and bombs."""

import io
import random
import struct
import zlib

import pillow_heif
from PIL import Image, ImageDraw

pillow_heif.register_heif_opener()
MIMES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "HEIF": "image/heic"}
RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 180, 30), (30, 30, 220), (240, 240, 240)


def corners(width=400, height=300):
    """Upright: red top left, green top right, blue bottom left, white bottom right."""
    picture = Image.new("RGB", (width, height), WHITE)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, width // 2 - 1, height // 2 - 1), RED)
    draw.rectangle((width // 2, 0, width, height // 2 - 1), GREEN)
    draw.rectangle((0, height // 2, width // 2 - 1, height), BLUE)
    return picture


def encoded(picture, kind="JPEG", **options):
    buffer = io.BytesIO()
    picture.save(buffer, format=kind, **options)
    return buffer.getvalue()


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bomb(side=10_000):
    """A real PNG of 100 megapixels: it would decode, to 300 MB."""
    packer = zlib.compressobj(1)
    row = bytes(1 + 3 * side)
    data = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def with_announced_size(kind, side=10_000):
    """A small picture whose header announces side × side pixels."""
    options = {"lossless": True} if kind == "WEBP" else {}
    data = bytearray(encoded(Image.new("RGB", (64, 64)), kind, **options))
    if kind == "JPEG":
        at = data.index(b"\xff\xc0") + 5
        data[at : at + 4] = struct.pack(">HH", side, side)
    elif kind == "WEBP":
        at = data.index(b"VP8L") + 9
        bits = struct.unpack_from("<I", data, at)[0] & ~0x0FFFFFFF
        struct.pack_into("<I", data, at, bits | (side - 1) | (side - 1) << 14)
    else:
        at = data.index(b"ispe") + 8
        data[at : at + 8] = struct.pack(">II", side, side)
    return bytes(data)


def secret_exif(orientation=1):
    """EXIF with all that a derivative must not carry."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0131] = "SecretMake", "SecretModel", "SecretEditor 7"
    exif[0x0112] = orientation
    detail = exif.get_ifd(0x8769)
    detail[0x9003], detail[0x9011] = "2026:11:21 08:15:30", "+08:00"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (31.0, 13.0, 49.44)
    gps[3], gps[4] = "W", (121.0, 28.0, 25.32)
    gps[29], gps[7] = "2026:11:21", (0.0, 15.0, 29.0)
    return exif


def scene(seed, width=640, height=480):
    """A picture with light and shade all over, as a photograph has; differs by seed."""
    chance = random.Random(f"scene {seed}")
    small = Image.new("L", (12, 9))
    small.putdata([chance.randrange(20, 236) for _ in range(12 * 9)])
    tint = tuple(chance.randrange(120, 256) for _ in range(3))
    smooth = small.resize((width, height), Image.Resampling.BICUBIC)
    return Image.merge("RGB", [smooth.point(lambda v, t=t: v * t // 255) for t in tint])


def camera_exif(taken="2026:11:22 16:20:00", offset="+08:00", place=None, software=None, note=None):
    """EXIF as a phone writes it; `place` is (latitude, longitude) in degrees, north and east."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Maker", "Model"
    if software:
        exif[0x0131] = software.encode()
    detail = exif.get_ifd(0x8769)
    if taken:
        detail[0x9003] = taken
    if offset:
        detail[0x9011] = offset
    if note:
        detail[0x9286] = note
    if place:
        gps = exif.get_ifd(0x8825)
        gps[1], gps[2] = "N", (place[0], 0.0, 0.0)
        gps[3], gps[4] = "E", (place[1], 0.0, 0.0)
    return exif
