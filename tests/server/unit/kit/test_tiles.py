"""The tile tree: what a redaction proof accepts and what it refuses (PROTOCOL §7)."""

import copy
import hashlib
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anfang.kit import tiles

VECTORS = json.loads(
    (Path(__file__).parents[3] / "vectors" / "tiles.json").read_text(encoding="utf-8")
)["cases"]
SALT_SECRET = bytes(range(32))


def painted(width, height, seed=0):
    return hashlib.shake_256(b"%d" % seed).digest(width * height * 3)


def vector_pixels(width, height):
    return b"".join(
        bytes(((x * 7 + y * 3) % 256, (x * y) % 256, (255 - x - 2 * y) % 256))
        for y in range(height)
        for x in range(width)
    )


def proven(width, height, rgb, masked):
    count = len(tiles.tiles_of(width, height))
    return tiles.masked_copy(width, height, rgb, masked), tiles.make_proof(
        original_sha256=hashlib.sha256(rgb).hexdigest(),
        width=width,
        height=height,
        rgb=rgb,
        salts=tiles.tile_salts(SALT_SECRET, count),
        root_salt=bytes(16),
        masked=masked,
    )


@st.composite
def redactions(draw):
    width, height = draw(st.integers(1, 100)), draw(st.integers(1, 100))
    rectangles = []
    for _ in range(draw(st.integers(0, 4))):
        x, y = draw(st.integers(0, width - 1)), draw(st.integers(0, height - 1))
        rectangles.append((x, y, draw(st.integers(1, 120)), draw(st.integers(1, 120))))
    return width, height, rectangles


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: case["name"])
def test_shared_vectors_agree(case):
    proof = case["proof"]
    width, height, masked = proof["width"], proof["height"], set(case["masked"])
    rgb = vector_pixels(width, height)
    salts = [bytes.fromhex(salt) for salt in case["salts"]]

    assert hashlib.sha256(rgb).hexdigest() == case["rgb_sha256"]
    assert [leaf.hex() for leaf in tiles.leaves_of(width, height, rgb, salts)] == case["leaves"]
    assert tiles.root_of(width, height, rgb, salts).hex() == proof["root"]
    redacted = tiles.masked_copy(width, height, rgb, masked)
    assert hashlib.sha256(redacted).hexdigest() == case["redacted_sha256"]
    made = tiles.make_proof(
        original_sha256=proof["original_sha256"],
        width=width,
        height=height,
        rgb=rgb,
        salts=salts,
        root_salt=bytes.fromhex(proof["root_salt_c"]),
        masked=masked,
    )
    assert made == proof
    tiles.verify_proof(width, height, redacted, proof)


def test_tiles_cover_every_pixel_once_row_by_row():
    cut = tiles.tiles_of(70, 45)

    assert cut[:3] == [(0, 0, 32, 32), (32, 0, 32, 32), (64, 0, 6, 32)]
    assert cut[3:] == [(0, 32, 32, 13), (32, 32, 32, 13), (64, 32, 6, 13)]


@given(redactions())
@settings(max_examples=60, deadline=None)
def test_any_rectangles_hide_their_pixels_and_keep_a_valid_proof(redaction):
    width, height, rectangles = redaction
    rgb = painted(width, height)
    redacted, proof = proven(width, height, rgb, tiles.snap(rectangles, width, height))

    tiles.verify_proof(width, height, redacted, json.loads(json.dumps(proof)))
    for x, y, w, h in rectangles:
        for row in range(y, min(y + h, height)):
            start = (row * width + x) * 3
            assert not any(redacted[start : (row * width + min(x + w, width)) * 3])


@given(redactions(), st.data())
@settings(max_examples=60, deadline=None)
def test_any_changed_byte_is_refused(redaction, data):
    width, height, rectangles = redaction
    masked = tiles.snap(rectangles, width, height)
    redacted, proof = proven(width, height, painted(width, height), masked)
    position = data.draw(st.integers(0, len(redacted) - 1))
    changed = bytearray(redacted)
    changed[position] ^= data.draw(st.integers(1, 255))
    row, column = divmod(position // 3, width)
    tile = row // 32 * -(-width // 32) + column // 32

    with pytest.raises(tiles.ProofError) as refusal:
        tiles.verify_proof(width, height, bytes(changed), proof)
    assert refusal.value.code == ("mask-not-black" if tile in masked else "root-mismatch")


def test_a_proof_for_another_picture_is_refused():
    redacted, _ = proven(70, 45, painted(70, 45, seed=1), {0})
    _, other_proof = proven(70, 45, painted(70, 45, seed=2), {0})

    with pytest.raises(tiles.ProofError, match="root-mismatch"):
        tiles.verify_proof(70, 45, redacted, other_proof)


def test_a_proof_for_another_size_is_refused():
    rgb = painted(64, 32)
    redacted, proof = proven(64, 32, rgb, {1})

    with pytest.raises(tiles.ProofError, match="proof-size-mismatch"):
        tiles.verify_proof(32, 64, redacted, proof)


def test_masking_more_than_the_proof_says_is_refused():
    rgb = painted(96, 32)
    _, proof = proven(96, 32, rgb, {0})

    with pytest.raises(tiles.ProofError, match="root-mismatch"):
        tiles.verify_proof(96, 32, tiles.masked_copy(96, 32, rgb, {0, 1}), proof)


SPOILERS = {
    "not an object": lambda proof: [],
    "unknown member": lambda proof: {**proof, "note": "x"},
    "missing member": lambda proof: {k: v for k, v in proof.items() if k != "root_salt_c"},
    "other version": lambda proof: {**proof, "v": 2},
    "version true": lambda proof: {**proof, "v": True},
    "other tile size": lambda proof: {**proof, "tile": 16},
    "upper-case root": lambda proof: {**proof, "root": proof["root"].upper()},
    "short original": lambda proof: {**proof, "original_sha256": "ab"},
    "tiles not a list": lambda proof: {**proof, "tiles": {}},
    "tile dropped": lambda proof: {**proof, "tiles": proof["tiles"][:-1]},
    "tile with both": lambda proof: {
        **proof,
        "tiles": [{**proof["tiles"][0], "leaf": "00" * 32}, *proof["tiles"][1:]],
    },
    "salt too long": lambda proof: {
        **proof,
        "tiles": [{"salt": "00" * 17}, *proof["tiles"][1:]],
    },
}


@pytest.mark.parametrize("spoil", SPOILERS.values(), ids=SPOILERS.keys())
def test_a_malformed_proof_is_refused_and_never_crashes(spoil):
    redacted, proof = proven(70, 45, painted(70, 45), {1})

    with pytest.raises(tiles.ProofError) as refusal:
        tiles.verify_proof(70, 45, redacted, spoil(copy.deepcopy(proof)))
    assert refusal.value.code == "proof-malformed"


def test_the_proof_reveals_no_masked_tile_salt():
    salts = tiles.tile_salts(SALT_SECRET, len(tiles.tiles_of(70, 45)))
    _, proof = proven(70, 45, painted(70, 45), {1, 5})

    text = json.dumps(proof)
    assert [salt.hex() in text for salt in salts] == [True, False, True, True, True, False]


@pytest.mark.parametrize("rectangle", [(10, 10, 0, 5), (100, 0, 5, 5), (-9, 0, 9, 9)])
def test_a_rectangle_that_would_hide_nothing_is_an_error(rectangle):
    with pytest.raises(ValueError, match="covers no pixel"):
        tiles.snap([rectangle], 100, 100)


def test_the_largest_picture_is_proven_and_verified_quickly():
    rgb = painted(2048, 2048)
    started = time.process_time()
    redacted, proof = proven(2048, 2048, rgb, tiles.snap([(100, 100, 300, 200)], 2048, 2048))
    tiles.verify_proof(2048, 2048, redacted, proof)

    assert len(proof["tiles"]) == 4096
    assert time.process_time() - started < 2.0
