"""Hostile and honest pictures through the confined process: what comes back, and what never."""

import hashlib
import os
import signal
import struct
import threading
import time
import tracemalloc
from pathlib import Path

import pytest
from PIL import Image, TiffImagePlugin

from anfang.evidence import decoder
from anfang.evidence.decoder import Decoded, ExifFacts, Limits, NotDecoded, decode
from support.pictures import (
    BLUE,
    GREEN,
    MIMES,
    RED,
    WHITE,
    corners,
    encoded,
    png_bomb,
    secret_exif,
    with_announced_size,
)

ROOT = Path(__file__).parents[4]
CORPUS = Path(os.environ.get("ANFANG_CORPUS", ROOT.parent / "shared" / "corpus" / "photos"))
UPRIGHT = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def corner_colours(answer):
    picture = Image.frombytes("RGB", (answer.width, answer.height), answer.rgb)
    right, bottom = answer.width - 9, answer.height - 9
    return [picture.getpixel(at) for at in ((8, 8), (right, 8), (8, bottom), (right, bottom))]


def assert_close(colours, expected):
    for colour, wanted in zip(colours, expected, strict=True):
        assert all(abs(a - b) < 25 for a, b in zip(colour, wanted, strict=True)), colours


def child_program(tmp_path, monkeypatch, body):
    """Put another program in the child's place."""
    program = tmp_path / "child.py"
    program.write_text(f"import os, sys, time, signal\nout = sys.stdout.buffer\n{body}\n")
    monkeypatch.setattr(decoder, "_PROGRAM", program)


SAY_READY = 'out.write(b"anfang-decoder-1\\n"); out.flush()\n'


@pytest.mark.parametrize("kind", MIMES)
def test_every_kind_decodes_to_upright_rgb_and_two_derivatives(kind):
    answer = decode(encoded(corners(3000, 2000), kind), MIMES[kind])

    assert isinstance(answer, Decoded)
    assert (answer.mime, answer.kind_mismatch) == (MIMES[kind], False)
    assert (answer.width, answer.height, len(answer.rgb)) == (2048, 1365, 2048 * 1365 * 3)
    assert_close(corner_colours(answer), [RED, GREEN, BLUE, WHITE])
    for derivative, side in ((answer.preview, 1600), (answer.thumbnail, 320)):
        again = decode(derivative, "image/jpeg")
        assert max(again.width, again.height) == side
        assert_close(corner_colours(again), [RED, GREEN, BLUE, WHITE])


def test_a_small_picture_is_not_enlarged():
    answer = decode(encoded(corners(40, 30), "PNG"))

    assert (answer.width, answer.height) == (40, 30)
    assert answer.rgb == corners(40, 30).tobytes()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_out_upright(orientation):
    stored = corners()
    if UPRIGHT[orientation] is not None:
        stored = stored.transpose(UPRIGHT[orientation])
    answer = decode(encoded(stored, exif=secret_exif(orientation)))

    assert (answer.width, answer.height) == (400, 300)
    assert_close(corner_colours(answer), [RED, GREEN, BLUE, WHITE])
    assert answer.facts.orientation == orientation


def test_heic_turned_by_its_container_is_not_turned_twice():
    turned = corners().transpose(Image.Transpose.ROTATE_90)
    turned.info["exif"] = secret_exif(6).tobytes()
    data = encoded(turned, "HEIF")
    assert b"irot" in data
    answer = decode(data)

    assert (answer.width, answer.height) == (400, 300)
    assert_close(corner_colours(answer), [RED, GREEN, BLUE, WHITE])


def test_transparency_is_flattened_on_white_and_grey_stays_grey():
    clear = decode(encoded(Image.new("RGBA", (40, 40), (10, 10, 10, 0)), "PNG"))
    deep = decode(encoded(Image.new("I;16", (40, 40), 128 * 256), "PNG"))

    assert clear.rgb == b"\xff" * (40 * 40 * 3)
    assert deep.rgb == b"\x80" * (40 * 40 * 3)


UNUSUAL = {
    "two pictures in one JPEG": lambda: encoded(
        corners(), "MPO", save_all=True, append_images=[Image.new("RGB", (400, 300))]
    ),
    "progressive": lambda: encoded(corners(), progressive=True),
    "print colours": lambda: encoded(corners().convert("CMYK")),
    "palette": lambda: encoded(corners().quantize(8), "PNG"),
    "animated": lambda: encoded(
        corners(), "WEBP", save_all=True, append_images=[Image.new("RGB", (400, 300))]
    ),
}


@pytest.mark.parametrize("make", UNUSUAL.values(), ids=UNUSUAL.keys())
def test_unusual_pictures_show_their_first_frame_in_true_colours(make):
    answer = decode(make())

    assert isinstance(answer, Decoded)
    assert_close(corner_colours(answer), [RED, GREEN, BLUE, WHITE])


def test_the_file_says_what_it_claims():
    answer = decode(encoded(corners(), exif=secret_exif()), "image/jpeg")

    assert answer.facts == ExifFacts(
        taken_local="2026-11-21T08:15:30",
        utc_offset="+08:00",
        gps_at="2026-11-21T00:15:29Z",
        lat_e7=312304000,
        lon_e7=-1214737000,
        make="SecretMake",
        model="SecretModel",
        software="SecretEditor 7",
        orientation=1,
    )


@pytest.mark.parametrize("kind", MIMES)
def test_derivatives_carry_no_metadata_at_all(kind):
    options = {"exif": secret_exif(), "icc_profile": b"SecretProfile" * 20}
    if kind in ("JPEG", "PNG", "WEBP"):
        options["xmp"] = b"<x:xmpmeta>SecretXmp</x:xmpmeta>"
    if kind == "JPEG":
        options["comment"] = b"SecretComment"
    original = encoded(corners(900, 700), kind, **options)
    assert b"Secret" in original
    answer = decode(original)

    for derivative in (answer.preview, answer.thumbnail):
        for trace in (b"Exif", b"ICC_PROFILE", b"Secret", b"xmp", b"http", b"Photoshop", b"2026"):
            assert trace not in derivative
        assert {kind for kind, _ in jpeg_segments(derivative)} <= {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}
        assert derivative.index(b"JFIF") == 6


def jpeg_segments(data):
    position = 2
    while position < len(data):
        marker, length = data[position + 1], struct.unpack_from(">H", data, position + 2)[0]
        yield marker, data[position + 4 : position + 2 + length]
        if marker == 0xDA:
            return
        position += 2 + length


BOMBS = {
    "png": png_bomb,
    "jpeg": lambda: with_announced_size("JPEG"),
    "webp": lambda: with_announced_size("WEBP"),
    "heic": lambda: with_announced_size("HEIF"),
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_a_hundred_megapixels_are_refused_at_the_header(bomb):
    data = bomb()
    cpu_before = os.times()
    tracemalloc.start()
    answer = decode(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    cpu = os.times()

    assert answer == NotDecoded("too-many-pixels")
    assert peak < 4_000_000
    # Decoding 100 megapixels takes a second and more; the child's start about 0.1.
    assert cpu.children_user - cpu_before.children_user < 0.6


def test_a_picture_that_needs_more_memory_than_allowed_is_an_answer():
    data = encoded(Image.new("RGB", (6000, 6000)), "PNG")

    assert decode(data, None, Limits(memory_bytes=120 << 20)) == NotDecoded("decoder-limit")
    assert isinstance(decode(data), Decoded)


@pytest.mark.parametrize("kind", MIMES)
def test_a_truncated_picture_is_undecodable(kind):
    noise = Image.effect_noise((600, 400), 90).convert("RGB")
    data = encoded(noise, kind)

    assert decode(data[: len(data) * 2 // 3], MIMES[kind]) == NotDecoded("undecodable")


def test_a_renamed_picture_decodes_and_says_so():
    answer = decode(encoded(corners(), "PNG"), "image/jpeg")

    assert (answer.mime, answer.kind_mismatch) == ("image/png", True)


@pytest.mark.parametrize("declared", [None, "", "application/octet-stream", "IMAGE/JPG"])
def test_what_declares_nothing_else_mismatches_nothing(declared):
    assert decode(encoded(corners()), declared).kind_mismatch is False


NO_PICTURES = {
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "zip": b"PK\x03\x04" + bytes(60),
    "html": b"<!doctype html><script>alert(1)</script>",
    "gif": b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00;",
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
    "empty": b"",
}


@pytest.mark.parametrize("data", NO_PICTURES.values(), ids=NO_PICTURES.keys())
def test_what_is_no_picture_of_the_four_kinds_is_refused(data):
    assert decode(data, "image/jpeg") == NotDecoded("kind-mismatch")
    assert decode(data) == NotDecoded("undecodable")


def test_a_polyglot_is_read_as_its_picture_and_its_tail_goes_nowhere():
    tail = b"PK\x03\x04<script>SecretTail</script>"
    answer = decode(encoded(corners()) + tail, "image/jpeg")

    assert answer.mime == "image/jpeg"
    assert b"SecretTail" not in answer.preview + answer.thumbnail + answer.rgb


def test_damaged_exif_costs_neither_the_picture_nor_its_orientation():
    exif = secret_exif(6)
    exif.get_ifd(0x8825)[7] = (TiffImagePlugin.IFDRational(1, 0),) * 3
    answer = decode(encoded(corners().transpose(UPRIGHT[6]), exif=exif))

    assert (answer.width, answer.height) == (400, 300)
    assert (answer.facts.exif_damaged, answer.facts.orientation) == (True, 6)
    garbage = decode(encoded(corners(), exif=b"Exif\0\0II*\0\xff\xff\xff\x7f" + bytes(20)))
    assert isinstance(garbage, Decoded)


def test_the_perceptual_hash_survives_recompression_and_tells_scenes_apart():
    cells = Image.frombytes("L", (9, 8), hashlib.shake_256(b"scene").digest(72))
    scene = cells.resize((800, 600)).convert("RGB")
    first = decode(encoded(scene, quality=95)).dhash
    again = decode(encoded(scene.resize((640, 480)), "WEBP", quality=40)).dhash
    other = decode(encoded(scene.transpose(Image.Transpose.FLIP_LEFT_RIGHT))).dhash

    assert (first ^ again).bit_count() <= 4
    assert (first ^ other).bit_count() > 12


def test_decoding_is_repeatable():
    data = encoded(Image.effect_noise((2500, 1800), 60).convert("RGB"))

    assert decode(data) == decode(data)


@pytest.mark.parametrize("deed", ["os.kill(os.getpid(), signal.SIGSEGV)", "os.abort()", "1 / 0"])
def test_a_crash_of_the_child_is_an_answer(tmp_path, monkeypatch, deed):
    child_program(tmp_path, monkeypatch, SAY_READY + deed)

    assert decode(b"picture") == NotDecoded("undecodable")


LIES = {
    "nothing": "",
    "half a head": "out.write(b'\\0\\0')",
    "not json": "out.write(b'\\0\\0\\0\\1x')",
    "a list": "out.write(b'\\0\\0\\0\\2[]')",
    "unknown code": 'out.write(b\'\\0\\0\\0\\x0f{"code": "fine"}\'[:19])',
    "a huge head": "out.write(b'\\xff\\xff\\xff\\xff{}')",
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_a_child_that_was_taken_over_is_not_believed(tmp_path, monkeypatch, lie):
    child_program(tmp_path, monkeypatch, SAY_READY + lie)

    assert decode(b"picture") == NotDecoded("undecodable")


def test_a_child_that_hangs_is_stopped(tmp_path, monkeypatch):
    child_program(tmp_path, monkeypatch, SAY_READY + "time.sleep(60)")
    started = time.monotonic()

    assert decode(b"picture", None, Limits(wall_seconds=0.4)) == NotDecoded("decoder-limit")
    assert time.monotonic() - started < 5


def test_a_child_that_answers_without_end_is_stopped(tmp_path, monkeypatch):
    child_program(tmp_path, monkeypatch, SAY_READY + "while True: out.write(bytes(1 << 20))")
    started = time.monotonic()

    assert decode(b"picture", None, Limits(wall_seconds=20)) == NotDecoded("decoder-limit")
    assert time.monotonic() - started < 10


def test_a_child_that_is_killed_midway_is_an_answer(tmp_path, monkeypatch):
    told = tmp_path / "pid"
    body = f"open({str(told)!r}, 'w').write(str(os.getpid())); out.write(bytes(9)); time.sleep(60)"
    child_program(tmp_path, monkeypatch, SAY_READY + body)

    def kill_soon():
        while not (told.exists() and told.read_text()):
            time.sleep(0.01)
        os.kill(int(told.read_text()), signal.SIGKILL)

    threading.Thread(target=kill_soon).start()
    assert decode(b"picture") == NotDecoded("decoder-limit")


def test_a_child_that_cannot_start_is_an_error_of_ours(tmp_path, monkeypatch):
    child_program(tmp_path, monkeypatch, "import nothing_of_that_name")

    with pytest.raises(decoder.DecoderUnavailableError):
        decode(b"picture")


def test_the_child_gets_no_environment_no_files_and_no_way_to_open_one(tmp_path, monkeypatch):
    monkeypatch.setenv("ANFANG_SECRET", "s3cret")
    seen = tmp_path / "seen"
    held = Path(__file__).open("rb")  # noqa: SIM115 - held open across the decoding on purpose
    os.set_inheritable(held.fileno(), True)
    real = decoder._PROGRAM
    probe = f"""
sys.path.insert(0, {str(real.parent)!r})
import confined
report = open({str(seen)!r}, "w")
report.write(repr((dict(os.environ), sorted(os.listdir("/proc/self/fd")))))
report.flush()
confined._give_up_rights(1 << 30, 5)
for deed in (lambda: open("/etc/hostname"), lambda: __import__("socket").socket(), os.pipe):
    try:
        deed()
    except OSError as refusal:
        out.write(str(refusal.errno).encode())
out.write(b"anfang-decoder-1\\n")
"""
    child_program(tmp_path, monkeypatch, probe)
    with held, pytest.raises(decoder.DecoderUnavailableError):
        decode(b"picture")

    environment, descriptors = eval(seen.read_text())
    assert "ANFANG_SECRET" not in environment
    assert set(environment) <= {"LC_CTYPE"}
    assert len(descriptors) == 5  # the three standard ones, the report, the listing itself


def corpus_files():
    return sorted(p for p in CORPUS.rglob("*") if p.suffix.lower() in (".jpg", ".heif", ".heic"))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the photo corpus is not on this machine")
def test_real_photos_decode_upright_without_metadata():
    files = corpus_files()
    assert len(files) >= 10
    for file in files:
        answer = decode(file)
        assert isinstance(answer, Decoded), file
        assert b"Exif" not in answer.preview + answer.thumbnail, file
        if file.parent.name == "gps":
            assert abs(answer.facts.lat_e7 - 434_680_000) < 100_000, file
            assert answer.facts.taken_local.startswith("2008-10-22T"), file
        if file.parent.name == "orientation":
            assert (answer.width, answer.height) == (600, 450), file
            assert answer.facts.orientation == int(file.stem.rsplit("_", 1)[1])
