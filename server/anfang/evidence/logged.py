"""Reads of what evidence has put into the log: originals by record, pixel roots,
deletions."""

from collections.abc import Iterator

from sqlalchemy import select

from anfang.evidence.models import CertifiedDeletion, Media, MediaClaim
from anfang.kit.db import db
from anfang.kit.ids import sha256_hex
from anfang.log.queries import LoggedRow

_CHUNKED = {"yield_per": 1000}


def originals() -> Iterator[LoggedRow]:
    """Return every original that a record holds, by record."""
    statement = select(MediaClaim.owner_id, MediaClaim.sha256).where(
        MediaClaim.held_at.is_not(None)
    )
    for owner, sha256 in db.session.execute(statement, execution_options=_CHUNKED):
        yield LoggedRow(str(owner), sha256, f"media_claims {owner} {sha256}")


def pixel_roots() -> Iterator[LoggedRow]:
    """Return the tile root of every picture that was decoded, by original."""
    statement = select(Media.sha256, Media.tile_root).where(Media.tile_root.is_not(None))
    for sha256, root in db.session.execute(statement, execution_options=_CHUNKED):
        yield LoggedRow(sha256, str(root), f"media {sha256}")


def deletions() -> Iterator[LoggedRow]:
    """Return the certificate of every file that was deleted, by its hash."""
    for one in db.session.scalars(select(CertifiedDeletion), execution_options=_CHUNKED):
        sound = sha256_hex(one.certificate.encode("ascii")) == one.certificate_sha256
        where = f"deletions {one.certificate_sha256}"
        yield LoggedRow(one.sha256, one.certificate_sha256, where, sound)
