"""Verbs of the log: queue an entry, seal what waits, keep a broken promise, write the trail."""

from datetime import datetime
from typing import Final

from flask import current_app
from sqlalchemy import bindparam, select

from anfang.jobs import service as jobs
from anfang.kit import leaves, merkle, notes
from anfang.kit.db import db
from anfang.kit.principal import Anyone, Device, Person, principal
from anfang.log.errors import LogBroken
from anfang.log.keys import read_log_key
from anfang.log.models import AuditEntry, LogAlarm, LogCheckpoint, LogEntry
from anfang.log.queries import leaf_hashes, log_verifier, sealed_size

# [Note: Statements built once]
_QUEUED: Final = select(LogEntry).where(
    LogEntry.kind == bindparam("kind"),
    LogEntry.subject == bindparam("subject"),
    LogEntry.sha256 == bindparam("sha256"),
)


def queue(kind: str, subject: str, sha256: str) -> LogEntry:
    """Queue an entry in the caller's transaction; the same entry twice is one entry.

    Args:
        kind: one of PROTOCOL §6's kinds.
        sha256: hex hash of what is logged.
    """
    known = db.session.scalar(_QUEUED, {"kind": kind, "subject": subject, "sha256": sha256})
    return known if known is not None else queue_first(kind, subject, sha256)


def queue_first(kind: str, subject: str, sha256: str) -> LogEntry:
    """Queue an entry as `queue` does, of what the caller has only just made.

    Whether it is there already is not asked: if it were, the transaction fails.
    """
    salt = leaves.new_salt()
    entry = LogEntry(
        kind=kind,
        subject=subject,
        sha256=sha256,
        salt=salt.hex(),
        leaf_hash=leaves.leaf_hash(kind, subject, sha256, salt).hex(),
    )
    db.session.add(entry)
    return entry


def seal() -> LogCheckpoint | None:
    """Append what waits, ordered by leaf hash, and sign a checkpoint; None if nothing waits.

    The order says nothing about who queued first (PROTOCOL §6).

    Raises:
        LogBroken: the entries so far do not give the root that was signed for them.
    """
    size = sealed_size()
    tree = merkle.Tree(leaf_hashes(size))
    _require_continuity(tree, size)
    waiting = db.session.scalars(
        select(LogEntry).where(LogEntry.position.is_(None)).order_by(LogEntry.leaf_hash)
    ).all()
    if not waiting:
        return None
    for position, entry in enumerate(waiting, start=size):
        entry.position = position
        tree.append(bytes.fromhex(entry.leaf_hash))
    verifier = log_verifier()
    signed = notes.Checkpoint(verifier.name, len(tree), tree.root())
    note = notes.sign_checkpoint(signed, read_log_key(current_app.config["KEYS"]))
    checkpoint = LogCheckpoint(size=len(tree), root=tree.root().hex(), note=note)
    db.session.add(checkpoint)
    audit("log.sealed", "log", len(tree), entries=len(waiting))
    jobs.emit("log.sealed", size=len(tree))
    return checkpoint


def alarm(kind: str, subject: str, sha256: str, promised_by: datetime) -> bool:
    """Keep for ever that an entry was not in the log when it had been promised; False if known."""
    if db.session.get(LogAlarm, (kind, subject, sha256)) is not None:
        return False
    db.session.add(LogAlarm(kind=kind, subject=subject, sha256=sha256, promised_by=promised_by))
    db.session.flush()
    return True


def audit(
    action: str, object_kind: str, object_id: object, **facts: str | int | bool | None
) -> None:
    """Write who did what, in the caller's transaction.

    `facts` never hold identities, coordinates or contents: the trail is read by auditors.
    """
    caller = principal()
    kinds = {Person: "person", Device: "device", Anyone: "system"}
    db.session.add(
        AuditEntry(
            actor_kind=kinds[type(caller)],
            actor_id=None if isinstance(caller, Anyone) else caller.id,
            action=action,
            object_kind=object_kind,
            object_id=str(object_id),
            facts=dict(facts),
        )
    )


def _require_continuity(tree: merkle.Tree, size: int) -> None:
    if size == 0:
        return
    newest = db.session.get(LogCheckpoint, size)
    if newest is None or newest.root != tree.root().hex():
        raise LogBroken
