"""Reads of the log's soundness: every row against what was signed, stamped and promised.

What an office could change unseen with the log's own key in hand, only foreign stamps and
checkpoints that somebody kept can show (`against`).
"""

import base64
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, func, select

from anfang.kit import leaves, merkle, notes, stamps
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.ids import sha256_hex
from anfang.log import stamping
from anfang.log.models import AuditEntry, LogAlarm, LogCheckpoint, LogEntry, LogStamp
from anfang.log.queries import LogFault, Logged, log_verifier

_STAMP_WITHIN: Final = timedelta(days=2)
"""How long a checkpoint may wait for its stamp before that is a fault."""


def verify(against: str | None = None) -> Iterator[LogFault]:
    """Compare the log's own rows with its checkpoints and stamps.

    Args:
        against: a checkpoint that somebody kept: the log must have grown from it.
    """
    checkpoints = list(db.session.scalars(select(LogCheckpoint).order_by(LogCheckpoint.size)))
    tree = merkle.Tree()
    yield from _check_entries(tree, {one.size for one in checkpoints})
    for checkpoint in checkpoints:
        yield from _check_checkpoint(checkpoint, tree)
    yield from _check_checkpoints_are_all_there(checkpoints)
    yield from _check_stamps(checkpoints)
    if against is not None:
        yield from _check_growth(against, tree)


def compare_rows(logged: Logged) -> Iterator[LogFault]:
    """Compare the rows of a room with the log, both ways.

    A row without its entry was changed, or its entry was removed; an entry without its row, the
    other way round. What was deleted by the rules has a `deletion` entry instead.
    """
    entered = {_digest(one.subject, one.sha256) for one in _entries_of(logged.kind)}
    seen: set[bytes] = set()
    for row in logged.rows():
        key = _digest(row.subject, row.sha256)
        seen.add(key)
        if not row.sound:
            yield LogFault("row-changed", row.where)
        if key not in entered:
            yield LogFault("entry-missing", row.where)
    if logged.whole:
        deleted = {one.subject for one in _entries_of("deletion")}
        for one in _entries_of(logged.kind):
            gone = {one.subject, one.sha256} & deleted
            if _digest(one.subject, one.sha256) not in seen and not gone:
                yield LogFault("row-missing", f"{logged.kind} {one.subject} {one.sha256}")


def late_count() -> int:
    """Return how many entries came into the log after their receipt had promised them."""
    return db.session.scalar(select(func.count()).select_from(LogAlarm)) or 0


# --- entries -------------------------------------------------------------------------------


def _check_entries(tree: merkle.Tree, sizes: set[int]) -> Iterator[LogFault]:
    """Open every entry, fill the tree with those that have a place.

    Each day's batch lies ordered by leaf hash (PROTOCOL §6), so that entries that changed places
    and a checkpoint that vanished from between two batches show.
    """
    before = ""
    for entry in _opened_entries():
        where = f"entry {entry.position if entry.position is not None else entry.id}"
        if _leaf(entry) != entry.leaf_hash:
            yield LogFault("leaf-changed", where)
        if entry.position is None:
            continue
        if entry.position != len(tree):
            yield LogFault("position-gap", where)
        if len(tree) not in sizes and entry.leaf_hash < before:
            yield LogFault("batch-order", where)
        before = entry.leaf_hash
        tree.append(bytes.fromhex(entry.leaf_hash))
    if len(tree) > max(sizes, default=0):
        yield LogFault("position-unsealed", f"entry {max(sizes, default=0)}")


def _opened_entries() -> Iterable[Row[Any]]:
    members = (
        LogEntry.id,
        LogEntry.kind,
        LogEntry.subject,
        LogEntry.sha256,
        LogEntry.salt,
        LogEntry.leaf_hash,
        LogEntry.position,
    )
    return db.session.execute(
        select(*members).order_by(LogEntry.position.is_(None), LogEntry.position),
        execution_options={"yield_per": 1000},
    )


def _leaf(entry: Row[Any]) -> str | None:
    """Return the leaf hash that an entry's opening gives; None where it is no opening."""
    try:
        salt = bytes.fromhex(entry.salt)
        return leaves.leaf_hash(entry.kind, entry.subject, entry.sha256, salt).hex()
    except ValueError:
        return None


def _entries_of(kind: str) -> Iterable[Row[Any]]:
    return db.session.execute(
        select(LogEntry.subject, LogEntry.sha256).where(LogEntry.kind == kind),
        execution_options={"yield_per": 1000},
    )


def _digest(subject: str, sha256: str) -> bytes:
    """Half a hash instead of two texts: a million entries fit into memory."""
    return bytes.fromhex(sha256_hex(f"{subject}\n{sha256}".encode())[:32])


# --- checkpoints ---------------------------------------------------------------------------


def _check_checkpoint(checkpoint: LogCheckpoint, tree: merkle.Tree) -> Iterator[LogFault]:
    where = f"checkpoint {checkpoint.size}"
    try:
        signed = notes.verify_checkpoint(checkpoint.note, log_verifier())
    except notes.NoteError:
        yield LogFault("checkpoint-signature", where)
        return
    if (signed.size, signed.root.hex()) != (checkpoint.size, checkpoint.root):
        yield LogFault("checkpoint-changed", where)
    if signed.size > len(tree) or tree.root(signed.size) != signed.root:
        yield LogFault("root-differs", where)


def _check_checkpoints_are_all_there(checkpoints: list[LogCheckpoint]) -> Iterator[LogFault]:
    """Compare with the audit trail, which names every seal."""
    sealed = db.session.scalars(
        select(AuditEntry.object_id).where(AuditEntry.action == "log.sealed")
    )
    for size in sorted({int(text) for text in sealed} - {one.size for one in checkpoints}):
        yield LogFault("checkpoint-missing", f"checkpoint {size}")


def _check_growth(against: str, tree: merkle.Tree) -> Iterator[LogFault]:
    try:
        kept = notes.verify_checkpoint(against, log_verifier())
    except notes.NoteError:
        yield LogFault("checkpoint-signature", "the checkpoint that was given")
        return
    if kept.size > len(tree) or tree.root(kept.size) != kept.root:
        yield LogFault("checkpoint-forked", f"the checkpoint of {kept.size} that was given")


# --- stamps --------------------------------------------------------------------------------


def _check_stamps(checkpoints: Iterable[LogCheckpoint]) -> Iterator[LogFault]:
    written = {one.size: one.note for one in checkpoints}
    configured = stamping.configured()
    for stamp in db.session.scalars(select(LogStamp).order_by(LogStamp.size)):
        if not _stamp_holds(stamp, written.get(stamp.size), configured):
            yield LogFault("stamp-invalid", f"stamp of checkpoint {stamp.size}")
    if configured is None:
        return
    for checkpoint in reversed(stamping.unstamped(configured.name)):
        if checkpoint.sealed_at < now() - _STAMP_WITHIN:
            yield LogFault("stamp-missing", f"checkpoint {checkpoint.size}")


def _stamp_holds(stamp: LogStamp, note: str | None, configured: stamping.Configured | None) -> bool:
    """Check a stamp, where it can be with the operator's own certificates, else with the row's."""
    pem = stamp.certificates.encode()
    if configured is not None and stamp.authority == configured.name:
        pem = configured.pem
    try:
        moment = _moment(stamp, note or "", pem)
    except ValueError:
        return False
    return moment == stamp.stamped_at and sha256_hex(pem) == stamp.authority


def _moment(stamp: LogStamp, note: str, pem: bytes) -> datetime:
    token = base64.b64decode(stamp.stamp, validate=True)
    return stamps.verify_stamp(token, note.encode(), stamps.read_authority(pem))
