"""Redact a picture: whole tiles in solid black, as PNG, with the proof of PROTOCOL §7. Pure.

Works on the upright RGB pixels that the confined decoder gave, never on a file. Blur and mosaic
are not offered: they can be undone. [Note: Provable redaction]
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from anfang.kit import png, tiles


@dataclass(frozen=True, slots=True)
class Redaction:
    """A redacted picture, ready to be kept and published.

    `masked` are the indexes of the black tiles. `root` is the pixel root of *these* pixels;
    `proof` is None where it differs from the logged one (another decoder gave other pixels): the
    picture is then published without a proof and says so.
    """

    png: bytes = field(repr=False)
    png_sha256: str
    root: bytes
    masked: frozenset[int]
    proof: dict[str, object] | None = field(repr=False)


def pixel_root(width: int, height: int, rgb: bytes, salt_secret: bytes) -> bytes:
    """Compute the root that is logged when a photo arrives (PROTOCOL §7), 32 bytes.

    `salt_secret` is the picture's own 32-byte secret (`tiles.new_salt_secret`), kept with the
    original and never published. Raises ValueError where lengths do not fit.
    """
    salts = tiles.tile_salts(salt_secret, len(tiles.tiles_of(width, height)))
    return tiles.root_of(width, height, rgb, salts)


def redact(
    *,
    original_sha256: str,
    width: int,
    height: int,
    rgb: bytes,
    rectangles: Iterable[tuple[int, int, int, int]],
    salt_secret: bytes,
    root_salt: bytes,
    logged_root: bytes,
) -> Redaction:
    """Black out every tile that a rectangle (x, y, w, h; pixels of the upright picture) touches.

    No rectangle at all gives the whole picture as PNG with its proof: an expressly cleared one.
    `root_salt` is the salt of the `pixels` log entry, `logged_root` the root logged there.
    Raises ValueError for a rectangle that covers no pixel and where lengths do not fit.
    """
    masked = tiles.snap(rectangles, width, height)
    salts = tiles.tile_salts(salt_secret, len(tiles.tiles_of(width, height)))
    proof = tiles.make_proof(
        original_sha256=original_sha256,
        width=width,
        height=height,
        rgb=rgb,
        salts=salts,
        root_salt=root_salt,
        masked=masked,
    )
    root = bytes.fromhex(str(proof["root"]))
    picture = png.write_rgb(width, height, tiles.masked_copy(width, height, rgb, masked))
    return Redaction(
        png=picture,
        png_sha256=hashlib.sha256(picture).hexdigest(),
        root=root,
        masked=masked,
        proof=proof if root == logged_root else None,
    )
