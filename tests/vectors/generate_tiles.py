"""Write tiles.json, the shared vectors of the tile tree (PROTOCOL §7).

Deliberately a second, naive writing of the page with hashlib alone, so that the production code
and the TypeScript code are compared with something that is neither. Run it after a change of the
protocol: ``python tests/vectors/generate_tiles.py``.
"""

import hashlib
import json
from pathlib import Path

TARGET = Path(__file__).with_name("tiles.json")
# (name, width, height, masked tile indexes)
CASES = (
    ("one pixel", 1, 1, []),
    ("one whole tile", 32, 32, []),
    ("one masked tile", 32, 32, [0]),
    ("edge tiles", 70, 45, [1, 5]),
    ("three tiles in a row", 65, 20, [2]),
    ("everything masked", 40, 40, [0, 1, 2, 3]),
)


def pixel(x, y):
    """The test picture's formula: any reader can paint it again."""
    return bytes(((x * 7 + y * 3) % 256, (x * y) % 256, (255 - x - 2 * y) % 256))


def salt(index):
    return hashlib.sha256(b"tile salt %d" % index).digest()[:16]


def node(leaves):
    """RFC 6962 §2.1, written as the recursion of the text."""
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + node(leaves[:k]) + node(leaves[k:])).digest()


def vector(name, width, height, masked):
    rgb = b"".join(pixel(x, y) for y in range(height) for x in range(width))
    redacted = bytearray(rgb)
    tiles, leaves = [], []
    for y0 in range(0, height, 32):
        for x0 in range(0, width, 32):
            w, h = min(32, width - x0), min(32, height - y0)
            pixels = b"".join(pixel(x, y) for y in range(y0, y0 + h) for x in range(x0, x0 + w))
            head = b"".join(n.to_bytes(4, "big") for n in (x0, y0, w, h))
            index = len(leaves)
            leaf = hashlib.sha256(b"\x00" + salt(index) + head + pixels).digest()
            leaves.append(leaf)
            if index in masked:
                tiles.append({"leaf": leaf.hex()})
                for y in range(y0, y0 + h):
                    start = (y * width + x0) * 3
                    redacted[start : start + w * 3] = bytes(w * 3)
            else:
                tiles.append({"salt": salt(index).hex()})
    return {
        "name": name,
        "masked": masked,
        "rgb_sha256": hashlib.sha256(rgb).hexdigest(),
        "redacted_sha256": hashlib.sha256(redacted).hexdigest(),
        "salts": [salt(i).hex() for i in range(len(leaves))],
        "leaves": [leaf.hex() for leaf in leaves],
        "proof": {
            "v": 1,
            "original_sha256": hashlib.sha256(name.encode()).hexdigest(),
            "width": width,
            "height": height,
            "tile": 32,
            "root": node(leaves).hex(),
            "root_salt_c": hashlib.sha256(b"root salt").digest()[:16].hex(),
            "tiles": tiles,
        },
    }


def main():
    document = {
        "source": "PROTOCOL §7",
        "pixel": "R=(7x+3y) mod 256, G=xy mod 256, B=(255-x-2y) mod 256",
        "cases": [vector(*case) for case in CASES],
    }
    TARGET.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
