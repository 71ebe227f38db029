"""Reads of near-duplicates: pictures whose difference hashes differ in few bits.

[Note: Near-duplicates] `media_hashes` holds every telling hash once in each of its four bands. A
search reads the four rows of its own bands and counts bits there: at a million pictures a few
dozen hashes instead of all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import and_, or_, select

from anfang.evidence import likeness
from anfang.evidence.models import Media, MediaClaim, MediaHash
from anfang.kit.db import db

_MOST_OWNERS: Final = 100
"""Of more records that share one picture, the first hundred say enough."""


@dataclass(frozen=True)
class Earlier:
    """A record that held a picture like this one before; `bits` of the 64 differ."""

    owner_id: UUID
    sha256: str
    held_at: datetime
    bits: int


def near_hashes(value: int) -> dict[int, int]:
    """Return every known hash that differs in at most three bits, with how many; itself with 0."""
    if not likeness.is_telling(value):
        return {}
    same_band = [
        and_(MediaHash.band == band, MediaHash.value == part)
        for band, part in enumerate(likeness.bands(value))
    ]
    found = map(likeness.loaded, db.session.scalars(select(MediaHash.hash).where(or_(*same_band))))
    counted = {one: likeness.differing_bits(one, value) for one in found}
    return {one: bits for one, bits in counted.items() if bits <= likeness.MOST_BITS}


def alike(sha256: str) -> dict[str, int]:
    """Return the pictures that look like this one, by hash, with the bits that differ.

    The very same bytes are among them, with 0.
    """
    medium = db.session.get(Media, sha256)
    if medium is None or medium.phash is None:
        return {sha256: 0}
    near = {f"{value:016x}": bits for value, bits in near_hashes(int(medium.phash, 16)).items()}
    rows = db.session.execute(
        select(Media.sha256, Media.phash).where(Media.phash.in_(near)).order_by(Media.sha256)
    )
    return {row.sha256: near[row.phash] for row in rows} | {sha256: 0}


def owners_alike(sha256: str) -> list[UUID]:
    """Return the records that hold this picture or one that looks like it, at most a hundred."""
    return list(
        db.session.scalars(
            select(MediaClaim.owner_id)
            .where(MediaClaim.sha256.in_(alike(sha256)), MediaClaim.held_at.is_not(None))
            .distinct()
            .order_by(MediaClaim.owner_id)
            .limit(_MOST_OWNERS)
        )
    )


def seen_before(owner_id: UUID, sha256: str, held_at: datetime) -> Sequence[Earlier]:
    """Return other records that held a picture like this one before, the earliest hundred."""
    known = alike(sha256)
    claims = db.session.scalars(
        select(MediaClaim)
        .where(
            MediaClaim.sha256.in_(known),
            MediaClaim.owner_id != owner_id,
            or_(
                MediaClaim.held_at < held_at,
                and_(MediaClaim.held_at == held_at, MediaClaim.owner_id < owner_id),
            ),
        )
        .order_by(MediaClaim.held_at, MediaClaim.owner_id, MediaClaim.sha256)
        .limit(_MOST_OWNERS)
    )
    return [
        Earlier(one.owner_id, one.sha256, one.held_at, known[one.sha256])
        for one in claims
        if one.held_at is not None
    ]
