"""Reads of what packs has put into the log: packs that were asked for and built."""

from collections.abc import Iterator

from sqlalchemy import select

from anfang.kit.db import db
from anfang.log.queries import LoggedRow
from anfang.packs.models import Pack


def packs() -> Iterator[LoggedRow]:
    """Return every built pack; those of the command line have no row, only their entry."""
    statement = select(Pack.id, Pack.pack_name, Pack.tagmanifest_sha256).where(
        Pack.pack_name.is_not(None)
    )
    for id_, name, digest in db.session.execute(statement):
        yield LoggedRow(str(name), digest or "", f"packs {id_}")
