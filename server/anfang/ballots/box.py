"""Verbs of the box: the other store, its own transactions; what is put in, closed, taken out.

[Note: Two stores] Each verb here is one transaction of the box alone and may be repeated: what
dies between the two stores is taken up again by the same call.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from flask import current_app
from sqlalchemy import Connection, Engine, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from anfang.ballots import slip_codes
from anfang.ballots.box_tables import ballots, boxes, metadata, opened
from anfang.ballots.errors import BoxClosed
from anfang.kit.db import BALLOTS, db
from anfang.kit.ids import new_id
from anfang.kit.key_files import ballot_key_path, write_private_key

_KEY_BYTES: Final = 32


@dataclass(frozen=True)
class SealedBallot:
    """A ballot in the box; `genuine` tells whether the office's own mark is on it."""

    id: str
    sealed: str
    genuine: bool


def ensure_store() -> None:
    """Make the box's tables and the key of the office's marks, if they are not there."""
    metadata.create_all(_store())
    path = _key_path()
    if not path.exists():
        write_private_key(path, new_id().bytes + new_id().bytes)


def mark_key() -> bytes:
    """Return the key of the office's marks on slips and ballots; it lies in neither store."""
    return _key_path().read_bytes()


def set_up(box_id: UUID) -> None:
    """Begin a box."""
    with _store().begin() as box:
        if _closed(box, box_id) is None:
            box.execute(insert(boxes).values(id=box_id.hex, closed=False))


def put(box_id: UUID, tag: str, sealed: str) -> bool:
    """Put a sealed ballot in; False where this slip's ballot is there already.

    Raises:
        BoxClosed: the box was sealed.
    """
    name = new_id().hex
    try:
        with _store().begin() as box:
            if _closed(box, box_id) is not False:
                raise BoxClosed
            mac = slip_codes.mac(mark_key(), box_id.hex, name, sealed)
            row = {"id": name, "box_id": box_id.hex, "sealed": sealed, "mac": mac, "tag": tag}
            box.execute(insert(ballots).values(row))
    except IntegrityError:
        return False
    return True


def close(box_id: UUID) -> None:
    """Close the box: nothing comes in any more; tags and the order of arrival are erased."""
    with _store().begin() as box:
        box.execute(update(boxes).where(boxes.c.id == box_id.hex).values(closed=True))
        inside = ballots.c.box_id == box_id.hex
        kept = [
            {**row, "tag": None}
            for row in box.execute(select(ballots).where(inside).order_by(ballots.c.id)).mappings()
        ]
        box.execute(delete(ballots).where(inside))
        if kept:
            box.execute(insert(ballots), kept)
    _forget_free_pages()


def sealed_ballots(box_id: UUID) -> list[SealedBallot]:
    """Return the ballots in the order of their random ids."""
    key = mark_key()
    with _store().begin() as box:
        found = box.execute(
            select(ballots.c.id, ballots.c.sealed, ballots.c.mac)
            .where(ballots.c.box_id == box_id.hex)
            .order_by(ballots.c.id)
        ).all()
    return [
        SealedBallot(name, sealed, slip_codes.is_marked(key, mac, box_id.hex, name, sealed))
        for name, sealed, mac in found
    ]


def count(box_id: UUID) -> int:
    """Count the ballots."""
    asked = select(func.count()).select_from(ballots).where(ballots.c.box_id == box_id.hex)
    with _store().begin() as box:
        return box.execute(asked).scalar_one()


def keep_opened(box_id: UUID, papers: Iterable[str]) -> None:
    """Keep opened ballots for a recount, in place of any before, under new random ids."""
    rows: list[Mapping[str, Any]] = sorted(
        ({"id": new_id().hex, "box_id": box_id.hex, "paper": one} for one in papers),
        key=lambda row: str(row["id"]),
    )
    with _store().begin() as box:
        box.execute(delete(opened).where(opened.c.box_id == box_id.hex))
        if rows:
            box.execute(insert(opened), rows)


def opened_ballots(box_id: UUID) -> list[str]:
    """Return the opened ballots in the order of their random ids."""
    asked = select(opened.c.paper).where(opened.c.box_id == box_id.hex).order_by(opened.c.id)
    with _store().begin() as box:
        return list(box.execute(asked).scalars())


def _closed(box: Connection, box_id: UUID) -> bool | None:
    """Tell whether a box is closed, and hold that until the transaction ends; None: no box."""
    asked = select(boxes.c.closed).where(boxes.c.id == box_id.hex).with_for_update(read=True)
    return box.execute(asked).scalar_one_or_none()


def _forget_free_pages() -> None:
    """Have SQLite write its file anew, so that no erased tag stays in a free page or its log."""
    store = _store()
    if store.dialect.name != "sqlite":
        return
    with store.connect().execution_options(isolation_level="AUTOCOMMIT") as plain:
        raw = plain.connection.driver_connection
        if raw is not None:
            raw.execute("VACUUM")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _store() -> Engine:
    return db.engines[BALLOTS]


def _key_path() -> Path:
    folder: Path = current_app.config["KEYS"]
    return ballot_key_path(folder)
