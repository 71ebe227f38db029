"""The tile tree over a picture's pixels: provable redaction (PROTOCOL §7). Pure.

A photo's upright RGB pixels are cut into 32×32 tiles, row by row, edge tiles smaller. Each tile
is one leaf of an RFC 6962 tree, whose root is logged when the photo arrives. A redaction paints
whole tiles black; its proof carries the salt of every tile that is shown and the leaf hash of
every tile that is masked, so that anyone holding picture and proof can rebuild the logged root
and know that nothing outside the mask was changed, without having seen the original.

Why every leaf is salted: a masked tile's leaf hash is published. A tile is small and often dull
(a plain wall, a few strokes of a number plate), so without a salt whoever holds the proof could
paint candidates, hash them and learn which one is behind the mask. Sixteen random bytes that
never leave the office for a masked tile make that guess as hard as breaking SHA-256. The salts of
one picture are drawn from one 32-byte secret by HMAC, so that an office keeps 32 bytes for each
picture instead of 64 KiB, and a shown tile's salt tells nothing about a masked tile's.
"""

import hashlib
import hmac
import secrets
import struct
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from anfang.kit.merkle import tree_root

TILE = 32
SALT_BYTES = 16
_HEX = frozenset("0123456789abcdef")
_PROOF_MEMBERS = frozenset(
    {"v", "original_sha256", "width", "height", "tile", "root", "root_salt_c", "tiles"}
)


class Rect(NamedTuple):
    """A rectangle in pixels of the upright picture, origin at the top left."""

    x: int
    y: int
    w: int
    h: int


class ProofError(ValueError):
    """A redaction proof that does not hold.

    ``code`` is stable: ``proof-malformed``, ``proof-size-mismatch``, ``mask-not-black`` or
    ``root-mismatch``; the message is for logs, ``tile`` the index of the tile at fault, if one is.
    """

    def __init__(self, code: str, detail: str, tile: int | None = None) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.tile = tile


def tiles_of(width: int, height: int, tile: int = TILE) -> list[Rect]:
    """Cut a picture of width × height pixels into tiles, row by row, edge tiles smaller.

    Raises ValueError for a picture without pixels.
    """
    if width < 1 or height < 1 or tile < 1:
        raise ValueError(f"no tiles in a picture of {width}×{height} pixels")
    return [
        Rect(x, y, min(tile, width - x), min(tile, height - y))
        for y in range(0, height, tile)
        for x in range(0, width, tile)
    ]


def new_salt_secret() -> bytes:
    """Draw the 32-byte secret from which one picture's tile salts are derived."""
    return secrets.token_bytes(32)


def tile_salts(secret: bytes, count: int) -> list[bytes]:
    """Derive the salts of `count` tiles: HMAC-SHA256(secret, index as uint32 BE)[:16].

    Raises ValueError for a secret that is not 32 bytes long.
    """
    if len(secret) != 32:
        raise ValueError("a picture's salt secret has 32 bytes")
    digest = hmac.digest
    return [
        digest(secret, index.to_bytes(4, "big"), "sha256")[:SALT_BYTES] for index in range(count)
    ]


def tile_leaf(salt: bytes, x: int, y: int, w: int, h: int, rgb: bytes) -> bytes:
    """Hash one tile: SHA-256(0x00 ‖ salt16 ‖ x,y,w,h as uint32 BE ‖ RGB bytes) (PROTOCOL §7).

    `rgb` is the tile's own pixels, row by row, three bytes each. Raises ValueError where salt or
    pixels have the wrong length.
    """
    if len(salt) != SALT_BYTES or len(rgb) != w * h * 3:
        raise ValueError(f"tile at {x},{y}: {len(salt)} salt bytes, {len(rgb)} pixel bytes")
    return hashlib.sha256(b"\x00" + salt + struct.pack(">4I", x, y, w, h) + rgb).digest()


def leaves_of(width: int, height: int, rgb: bytes, salts: Sequence[bytes]) -> list[bytes]:
    """Hash every tile of an upright RGB picture, in tile order, with one salt for each.

    Raises ValueError where `rgb` is not width × height × 3 bytes or the salts do not match.
    """
    tiles = tiles_of(width, height)
    _require_pixels(width, height, rgb)
    if len(salts) != len(tiles):
        raise ValueError(f"{len(salts)} salts for {len(tiles)} tiles")
    view = memoryview(rgb)
    return [
        tile_leaf(salt, *tile, _tile_pixels(view, width, tile))
        for tile, salt in zip(tiles, salts, strict=True)
    ]


def root_of(width: int, height: int, rgb: bytes, salts: Sequence[bytes]) -> bytes:
    """Compute the picture's pixel root, 32 bytes: the RFC 6962 tree over `leaves_of`."""
    return tree_root(leaves_of(width, height, rgb, salts))


def snap(
    rectangles: Iterable[tuple[int, int, int, int]], width: int, height: int
) -> frozenset[int]:
    """Return the indexes of all tiles that the rectangles (x, y, w, h; pixels) touch.

    A rectangle may reach over the picture's edge. One that is empty or lies wholly outside raises
    ValueError: whoever drew it meant to hide something, and nothing would be hidden.
    """
    columns = -(-width // TILE)
    masked: set[int] = set()
    for x, y, w, h in rectangles:
        left, top = max(x, 0), max(y, 0)
        right, bottom = min(x + w, width), min(y + h, height)
        if left >= right or top >= bottom:
            raise ValueError(f"rectangle {x},{y} {w}×{h} covers no pixel of {width}×{height}")
        for row in range(top // TILE, (bottom - 1) // TILE + 1):
            first = row * columns + left // TILE
            masked.update(range(first, first + (right - 1) // TILE - left // TILE + 1))
    return frozenset(masked)


def masked_copy(width: int, height: int, rgb: bytes, masked: Set[int]) -> bytes:
    """Return the RGB pixels with every masked tile filled with solid black."""
    _require_pixels(width, height, rgb)
    tiles = tiles_of(width, height)
    painted = bytearray(rgb)
    for index in masked:
        tile = tiles[index]
        black = bytes(tile.w * 3)
        for start in _row_starts(width, tile):
            painted[start : start + len(black)] = black
    return bytes(painted)


def make_proof(
    *,
    original_sha256: str,
    width: int,
    height: int,
    rgb: bytes,
    salts: Sequence[bytes],
    root_salt: bytes,
    masked: Set[int],
) -> dict[str, object]:
    """Build the redaction proof (PROTOCOL §7, hex members) of the *unredacted* pixels `rgb`.

    `masked` are tile indexes as `snap` returns them, `root_salt` the 16-byte salt of the `pixels`
    log entry. Raises ValueError where lengths or indexes do not fit.
    """
    leaves = leaves_of(width, height, rgb, salts)
    if not masked <= set(range(len(leaves))):
        raise ValueError("a masked tile lies outside the picture")
    if len(root_salt) != SALT_BYTES:
        raise ValueError("a log entry's salt has 16 bytes")
    return {
        "v": 1,
        "original_sha256": original_sha256,
        "width": width,
        "height": height,
        "tile": TILE,
        "root": tree_root(leaves).hex(),
        "root_salt_c": root_salt.hex(),
        "tiles": [
            {"leaf": leaf.hex()} if index in masked else {"salt": salts[index].hex()}
            for index, leaf in enumerate(leaves)
        ],
    }


def verify_proof(width: int, height: int, rgb: bytes, proof: object) -> None:
    """Check a redacted picture's pixels against its proof (PROTOCOL §7).

    Returns when every masked tile is solid black and the shown tiles together with the masked
    leaves give the proof's root. That this root was logged for `original_sha256` is the caller's
    to check, with `root_salt_c`. Raises ProofError; ValueError where `rgb` is not
    width × height × 3 bytes.
    """
    _require_pixels(width, height, rgb)
    root, entries = _read_proof(proof, width, height)
    tiles = tiles_of(width, height)
    if len(entries) != len(tiles):
        raise ProofError("proof-malformed", f"{len(entries)} tiles, {len(tiles)} expected")
    view = memoryview(rgb)
    leaves = [
        _leaf_from_entry(index, entry, tile, _tile_pixels(view, width, tile))
        for index, (tile, entry) in enumerate(zip(tiles, entries, strict=True))
    ]
    if tree_root(leaves) != root:
        raise ProofError("root-mismatch", "the picture was changed outside its masked tiles")


def _read_proof(proof: object, width: int, height: int) -> tuple[bytes, list[object]]:
    if not isinstance(proof, Mapping) or set(proof) != _PROOF_MEMBERS:
        raise ProofError("proof-malformed", "members differ from the protocol's")
    if not (_is_int(proof["v"], 1) and _is_int(proof["tile"], TILE)):
        raise ProofError("proof-malformed", "unknown version or tile size")
    _bytes_from_hex(proof["original_sha256"], 32, "original_sha256")
    _bytes_from_hex(proof["root_salt_c"], SALT_BYTES, "root_salt_c")
    if not (_is_int(proof["width"], width) and _is_int(proof["height"], height)):
        raise ProofError("proof-size-mismatch", f"the picture has {width}×{height} pixels")
    entries = proof["tiles"]
    if not isinstance(entries, list):
        raise ProofError("proof-malformed", "tiles is not a list")
    return _bytes_from_hex(proof["root"], 32, "root"), entries


def _leaf_from_entry(index: int, entry: object, tile: Rect, pixels: bytes) -> bytes:
    if isinstance(entry, Mapping) and len(entry) == 1:
        if "salt" in entry:
            return tile_leaf(
                _bytes_from_hex(entry["salt"], SALT_BYTES, f"tile {index}"), *tile, pixels
            )
        if "leaf" in entry:
            if any(pixels):
                raise ProofError("mask-not-black", f"tile {index} is not solid black", index)
            return _bytes_from_hex(entry["leaf"], 32, f"tile {index}")
    raise ProofError("proof-malformed", f"tile {index} is neither a salt nor a leaf", index)


def _bytes_from_hex(value: object, length: int, name: str) -> bytes:
    if not isinstance(value, str) or len(value) != 2 * length or not _HEX.issuperset(value):
        raise ProofError("proof-malformed", f"{name} is not {length} bytes of lower-case hex")
    return bytes.fromhex(value)


def _is_int(value: object, expected: int) -> bool:
    return type(value) is int and value == expected


def _require_pixels(width: int, height: int, rgb: bytes) -> None:
    if width < 1 or height < 1 or len(rgb) != width * height * 3:
        raise ValueError(f"{len(rgb)} bytes are not {width}×{height} RGB pixels")


def _row_starts(width: int, tile: Rect) -> range:
    first = (tile.y * width + tile.x) * 3
    return range(first, first + tile.h * width * 3, width * 3)


def _tile_pixels(view: memoryview, width: int, tile: Rect) -> bytes:
    span = tile.w * 3
    return b"".join([view[start : start + span] for start in _row_starts(width, tile)])
