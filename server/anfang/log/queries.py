"""Reads of the log."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final, NamedTuple
from uuid import UUID

from flask import current_app
from sqlalchemy import Select, func, select, tuple_

from anfang.kit import merkle, notes
from anfang.kit.db import db
from anfang.log.errors import NothingSealed, NotYetLogged, SizeNotSealed
from anfang.log.keys import read_log_verifier
from anfang.log.models import AuditEntry, LogCheckpoint, LogEntry, LogStamp

Key = tuple[str, str, str]
"""Kind, subject, hash: what an entry is queued and asked for by."""

_PLACED: Final = (
    LogEntry.kind,
    LogEntry.subject,
    LogEntry.sha256,
    LogEntry.salt,
    LogEntry.position,
)
_BATCH: Final = 200
_LEAVES_AT_ONCE: Final = 10_000


class PlacedEntry(NamedTuple):
    """An entry as it was queued, and its place; `position` is None while it waits."""

    kind: str
    subject: str
    sha256: str
    salt: str
    position: int | None


@dataclass(frozen=True, slots=True)
class ProvenEntry:
    """An entry with its place: what a pack needs to show that it stood in the log.

    `proof` are RFC 6962 node hashes, leaf to root, for the tree of the checkpoint's size.
    """

    kind: str
    subject: str
    sha256: str
    salt: bytes
    index: int
    proof: tuple[bytes, ...]


@dataclass(frozen=True)
class LogFault:
    """Something in the database that disagrees with what was signed; `where` names the row.

    Entries: `leaf-changed`, `position-gap`, `batch-order`, `position-unsealed`. Checkpoints:
    `checkpoint-signature`, `checkpoint-changed`, `checkpoint-missing`, `root-differs`,
    `checkpoint-forked`. Stamps: `stamp-invalid`, `stamp-missing`. Rows of the rooms:
    `row-changed`, `entry-missing`, `row-missing`. Promises: `log-by-missed`.
    """

    code: str
    where: str


@dataclass(frozen=True)
class LoggedRow:
    """A row of a room that says that it stands in the log.

    `sound` is False where the row itself no longer gives the hash that was logged of it.
    """

    subject: str
    sha256: str
    where: str
    sound: bool = True


@dataclass(frozen=True)
class Logged:
    """The rows behind one kind of entry; `whole`: each entry of the kind has its row for ever."""

    kind: str
    rows: Callable[[], Iterable[LoggedRow]]
    whole: bool = True


def log_verifier() -> notes.NoteVerifier:
    """Return the log's public key."""
    return read_log_verifier(current_app.config["KEYS"])


def newest_checkpoint() -> LogCheckpoint:
    """Return the newest signed checkpoint; raises NothingSealed before the first."""
    found = db.session.scalar(select(LogCheckpoint).order_by(LogCheckpoint.size.desc()).limit(1))
    if found is None:
        raise NothingSealed
    return found


def checkpoint_covering(size: int) -> LogCheckpoint:
    """Return the first checkpoint of at least `size` entries; raises NotYetLogged."""
    found = db.session.scalar(
        select(LogCheckpoint)
        .where(LogCheckpoint.size >= size)
        .order_by(LogCheckpoint.size)
        .limit(1)
    )
    if found is None:
        raise NotYetLogged
    return found


def stamps_of(size: int) -> Sequence[LogStamp]:
    """Return the authorities' stamps of a checkpoint, in a lasting order."""
    return db.session.scalars(
        select(LogStamp).filter_by(size=size).order_by(LogStamp.authority)
    ).all()


def require_sealed(size: int) -> None:
    """Raise SizeNotSealed unless a checkpoint of exactly this size was signed."""
    if db.session.get(LogCheckpoint, size) is None:
        raise SizeNotSealed


def leaf_hashes(size: int) -> list[bytes]:
    """Return the leaf hashes of the first `size` entries in order."""
    return list(_leaf_hashes(size))


def sealed_size() -> int:
    """Return how many entries have a place."""
    return db.session.scalar(select(func.count()).where(LogEntry.position.is_not(None))) or 0


def entries_of(keys: Iterable[Key]) -> list[PlacedEntry]:
    """Return the entries of (kind, subject, sha256) keys, in the order asked.

    Raises:
        NotYetLogged: one of them was never queued.
    """
    return list(each_entry_of(keys))


def each_entry_of(keys: Iterable[Key]) -> Iterator[PlacedEntry]:
    """`entries_of` for keys too many for memory: gives one entry after the other."""
    waiting = iter(keys)
    while some := list(islice(waiting, _BATCH)):
        rows = db.session.execute(select(*_PLACED).where(tuple_(*_PLACED[:3]).in_(some)))
        entries = {entry[:3]: entry for entry in (PlacedEntry(*row) for row in rows)}
        if entries.keys() != set(some):
            raise NotYetLogged
        yield from (entries[key] for key in some)


def prove(keys: Iterable[Key]) -> tuple[LogCheckpoint, Iterator[ProvenEntry]]:
    """Prove entries against the first checkpoint that covers them all, one after the other.

    Args:
        keys: gone through twice.

    Raises:
        NotYetLogged: one of them has no place yet.
    """
    last = max((_position(entry) for entry in each_entry_of(keys)), default=0)
    checkpoint = checkpoint_covering(last + 1)
    tree = merkle.Tree(_leaf_hashes(checkpoint.size))
    return checkpoint, (_proven(entry, tree) for entry in each_entry_of(keys))


def _leaf_hashes(size: int) -> Iterator[bytes]:
    hashes = db.session.scalars(
        select(LogEntry.leaf_hash)
        .where(LogEntry.position < size)
        .order_by(LogEntry.position)
        .execution_options(yield_per=_LEAVES_AT_ONCE)
    )
    return (bytes.fromhex(leaf) for leaf in hashes)


def _position(entry: PlacedEntry) -> int:
    if entry.position is None:
        raise NotYetLogged
    return entry.position


def _proven(entry: PlacedEntry, tree: merkle.Tree) -> ProvenEntry:
    position = _position(entry)
    return ProvenEntry(
        kind=entry.kind,
        subject=entry.subject,
        sha256=entry.sha256,
        salt=bytes.fromhex(entry.salt),
        index=position,
        proof=tuple(tree.inclusion_proof(position)),
    )


def audit_trail(object_kind: str, object_id: str) -> Sequence[AuditEntry]:
    """Return what was done to one object, oldest first."""
    return db.session.scalars(
        select(AuditEntry)
        .filter_by(object_kind=object_kind, object_id=object_id)
        .order_by(AuditEntry.at, AuditEntry.id)
    ).all()


def audit_listed(
    *,
    actors: Collection[UUID] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    **equal: str | UUID | None,
) -> Select[AuditEntry]:
    """Return the statement of the trail, newest first; a member that is not given is not asked.

    Args:
        actors: any of these people.
        since: this moment or later.
        until: earlier than this moment.
        equal: columns of AuditEntry and what they hold.
    """
    given = {name: value for name, value in equal.items() if value is not None}
    statement = select(AuditEntry).filter_by(**given)
    if actors is not None:
        statement = statement.where(AuditEntry.actor_id.in_(actors))
    if since is not None:
        statement = statement.where(AuditEntry.at >= since)
    if until is not None:
        statement = statement.where(AuditEntry.at < until)
    return statement.order_by(AuditEntry.at.desc(), AuditEntry.id)
