"""A redaction from decoder to published PNG: provable, plain, the same every time."""

import hashlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anfang.evidence import redaction
from anfang.evidence.decoder import decode
from anfang.kit import png, tiles
from support.pictures import corners, encoded, secret_exif

SECRET = hashlib.sha256(b"one picture's salts").digest()
ROOT_SALT = bytes(range(16))
WIDTH, HEIGHT = 100, 70
RGB = hashlib.shake_256(b"scene").digest(WIDTH * HEIGHT * 3)


def redacted(rectangles, rgb=RGB, **changes):
    arguments = {
        "original_sha256": hashlib.sha256(b"original").hexdigest(),
        "width": WIDTH,
        "height": HEIGHT,
        "rgb": rgb,
        "rectangles": rectangles,
        "salt_secret": SECRET,
        "root_salt": ROOT_SALT,
        "logged_root": redaction.pixel_root(WIDTH, HEIGHT, rgb, SECRET),
    }
    return redaction.redact(**{**arguments, **changes})


rectangle = st.tuples(
    st.integers(-20, WIDTH - 1),
    st.integers(-20, HEIGHT - 1),
    st.integers(21, 60),
    st.integers(21, 60),
)


@given(st.lists(rectangle, max_size=4))
@settings(max_examples=40, deadline=None)
def test_the_published_files_alone_prove_the_redaction(rectangles):
    made = redacted(rectangles)
    proof = json.loads(json.dumps(made.proof))

    width, height, shown = png.read_rgb(made.png)
    tiles.verify_proof(width, height, shown, proof)
    assert bytes.fromhex(proof["root"]) == made.root
    assert made.png_sha256 == hashlib.sha256(made.png).hexdigest()
    for x, y, w, h in rectangles:
        for row in range(max(y, 0), min(y + h, HEIGHT)):
            start, end = max(x, 0), min(x + w, WIDTH)
            assert not any(shown[(row * WIDTH + start) * 3 : (row * WIDTH + end) * 3])


def test_the_same_redaction_is_the_same_bytes():
    assert redacted([(3, 3, 40, 40)]) == redacted([(3, 3, 40, 40)])


def test_a_cleared_picture_is_whole_and_proven():
    made = redacted([])

    assert made.masked == frozenset()
    assert png.read_rgb(made.png) == (WIDTH, HEIGHT, RGB)
    tiles.verify_proof(WIDTH, HEIGHT, RGB, made.proof)


def test_other_pixels_than_logged_are_published_without_a_proof():
    changed = bytes([RGB[0] ^ 1]) + RGB[1:]
    made = redacted(
        [(50, 50, 9, 9)],
        rgb=changed,
        logged_root=redaction.pixel_root(WIDTH, HEIGHT, RGB, SECRET),
    )

    assert made.proof is None
    assert png.read_rgb(made.png)[0] == WIDTH


def test_a_rectangle_beside_the_picture_is_refused():
    with pytest.raises(ValueError, match="covers no pixel"):
        redacted([(WIDTH, 0, 5, 5)])


def test_nothing_of_the_file_behind_the_picture_is_published():
    original = encoded(corners(700, 500), exif=secret_exif(6), comment=b"SecretComment")
    decoded = decode(original)
    made = redaction.redact(
        original_sha256=hashlib.sha256(original).hexdigest(),
        width=decoded.width,
        height=decoded.height,
        rgb=decoded.rgb,
        rectangles=[(10, 10, 50, 50)],
        salt_secret=SECRET,
        root_salt=ROOT_SALT,
        logged_root=redaction.pixel_root(decoded.width, decoded.height, decoded.rgb, SECRET),
    )

    assert (decoded.width, decoded.height) == (500, 700)
    assert made.proof is not None
    assert png.read_rgb(made.png)[:2] == (500, 700)  # refuses any chunk but the pixels
    assert b"Secret" not in made.png
    assert SECRET.hex() not in json.dumps(made.proof)
