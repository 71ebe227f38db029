"""The documents of a draw (PROTOCOL §9, docs/draw.md): commitment, objects' half, inspectors' half.

Pure. A half is a file of its own: canonical JSON [RFC 8785] with a digest of the rest, so that a
changed byte shows; its commitment, which stands in the public log, shows what was settled before
the entropy was known.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

from anfang.kit import drawing, jcs
from anfang.kit.ids import sha256_hex

VERSION: Final = 1
OBJECTS: Final = "draw-objects"
INSPECTORS: Final = "draw-inspectors"
COMMITMENT: Final = "draw-commitment"
SALT_BYTES: Final = 16

Document = dict[str, Any]


def hash_of(document: Mapping[str, Any]) -> str:
    """Hex SHA-256 of a document's canonical form."""
    return sha256_hex(jcs.canonical(dict(document)))


def salted_hash_of(document: Mapping[str, Any], salt: bytes) -> str:
    """Hex SHA-256(salt16 ‖ canonical form): a commitment that cannot be guessed at."""
    return hashlib.sha256(salt + jcs.canonical(dict(document))).hexdigest()


def sealed(document: Mapping[str, Any]) -> bytes:
    """Return a half's file: its canonical form with the digest of everything else in it."""
    return jcs.canonical({**document, "digest": hash_of(document)})


def strata_of(frame: Mapping[str, Any]) -> list[drawing.Stratum]:
    """Read the pools of an objects' frame."""
    return [
        drawing.Stratum(
            stratum["code"],
            stratum["take"],
            {one["id"]: one["weight"] for one in stratum["objects"]},
        )
        for stratum in frame["strata"]
    ]


def drawn_objects(frame: Mapping[str, Any], seed: bytes) -> list[Document]:
    """Draw the objects' half; raises `drawing.PoolTooSmallError`."""
    return [
        {"stratum": one.stratum, "round": one.round, "object": one.object}
        for one in drawing.draw_objects(seed, strata_of(frame))
    ]


def with_units(frame: Mapping[str, Any], drawn: Sequence[Mapping[str, Any]]) -> list[Document]:
    """Return the drawn objects, each with the unit that answers for it, as the other half asks."""
    units = {one["id"]: one["unit"] for stratum in frame["strata"] for one in stratum["objects"]}
    return [{"object": one["object"], "unit": units[one["object"]]} for one in drawn]


def drawn_inspectors(
    frame: Mapping[str, Any], objects: Sequence[Mapping[str, Any]], seed: bytes
) -> list[Document]:
    """Draw the inspectors' half; raises `drawing.PoolTooSmallError`."""
    visits = drawing.draw_inspectors(
        seed,
        [(one["object"], one["unit"]) for one in objects],
        [one["id"] for one in frame["inspectors"]],
        {(one["inspector"], one["unit"]) for one in frame["barred"]},
        frame["per_object"],
    )
    return [{"object": one.object, "inspectors": list(one.inspectors)} for one in visits]
