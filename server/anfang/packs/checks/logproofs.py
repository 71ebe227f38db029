"""The log: its checkpoint, the proofs of inclusion, and that everything shown was logged."""

import hashlib
from collections.abc import Collection, Iterator
from typing import Any

from anfang.kit import leaves, merkle, minutes, notes
from anfang.packs.checks.opened import Key, LogEntry, NeededLog
from anfang.packs.checks.reading import (
    Reading,
    ReadRecord,
    Refused,
    read_long_document,
    read_text,
)
from anfang.packs.document import CHECKPOINT_FILE, LOG_KEY_FILE, PROOFS_FILE
from anfang.packs.verdict import Finding


def check_checkpoint(reading: Reading) -> Iterator[Finding]:
    """Verify the checkpoint by the log key that the pack holds."""
    try:
        verifier = read_text(reading, LOG_KEY_FILE, "pack-checkpoint-invalid")
        key = notes.parse_verifier(verifier)
        reading.log_key = str(key)
        note = read_text(reading, CHECKPOINT_FILE, "pack-checkpoint-invalid")
        reading.checkpoint = notes.verify_checkpoint(note, key)
    except Refused as refused:
        yield refused.finding
    except notes.NoteError as error:
        path = LOG_KEY_FILE if error.reason == "note-key" else CHECKPOINT_FILE
        yield Finding(path, "pack-checkpoint-invalid", error.reason)


def check_proofs(reading: Reading) -> Iterator[Finding]:
    """Recompute every opened entry's leaf and lead it to the checkpoint's root."""
    try:
        proofs = read_long_document(reading, PROOFS_FILE, "proofs.schema.json", "entries")
    except Refused as refused:
        yield refused.finding
        return
    if reading.checkpoint is None:
        return
    if proofs["size"] != reading.checkpoint.size:
        yield Finding(PROOFS_FILE, "pack-log-proof-invalid", "size")
    for entry in proofs["entries"]:
        if not reading.log.is_taken(entry["index"]) and _holds(entry, reading.checkpoint):
            opened = LogEntry(entry["kind"], entry["subject"], entry["sha256"], entry["salt"])
            reading.log.add(opened, entry["index"])
        else:
            detail = f"{entry['kind']} {entry['index']}"[:80]
            yield Finding(PROOFS_FILE, "pack-log-proof-invalid", detail)


def check_log_key(reading: Reading, known: Collection[str]) -> Iterator[Finding]:
    """Require that the log key that was read is one of `known` verifier keys (C2SP text)."""
    if reading.log_key and reading.log_key not in known:
        yield Finding(LOG_KEY_FILE, "pack-log-key-other")


def check_logged(reading: Reading) -> Iterator[Finding]:
    """Require the log entries of everything that the pack shows, and no others.

    The salt of a `pixels` entry also stands in the picture's proof: `pictures` requires that one.
    """
    if reading.document is None:
        return
    needed = NeededLog(reading.lists)
    for path, key in _required(reading):
        is_opened = reading.log.opens(key)
        needed.add(key, is_opened=is_opened)
        if not is_opened and key[0] != "pixels":
            yield Finding(path, "pack-log-entry-missing", key[0])
    for key in reading.log:
        # Where the right entry is lacking, this one stands in its place: one fault, not two.
        if not needed.accounts_for(key):
            kind, subject, _ = key
            yield Finding(PROOFS_FILE, "pack-log-entry-unexpected", f"{kind} {subject}"[:80])


def _holds(entry: dict[str, Any], checkpoint: notes.Checkpoint) -> bool:
    try:
        leaf = leaves.leaf_hash(
            entry["kind"], entry["subject"], entry["sha256"], bytes.fromhex(entry["salt"])
        )
    except ValueError:
        return False
    proof = [bytes.fromhex(digest) for digest in entry["proof"]]
    return merkle.verify_inclusion(leaf, entry["index"], checkpoint.size, proof, checkpoint.root)


def _required(reading: Reading) -> Iterator[tuple[str, Key]]:
    """List the entries that the pack needs, each with the file that it is about."""
    for _, record in reading.records.in_turn():
        yield from _required_of_record(reading, record)
    for path, case in reading.cases.in_turn():
        for step in case["steps"]:
            digest = hashlib.sha256(step["text"].encode()).hexdigest()
            yield path, ("reply", case["number"], digest)
    for notice in reading.document["notices"] if reading.document else []:
        path = notice["file"]
        yield path, ("notice", notice["number"], reading.payload.get(path) or "")


def _required_of_record(reading: Reading, record: ReadRecord) -> Iterator[tuple[str, Key]]:
    line, record_id, path = record.line, record.line["record"], record.line["file"]
    yield path, ("record", record_id, record.record_sha256)
    if line["review"] is not None:
        yield path, ("review", record_id, minutes.sha256_of(line["review"]["minute"]))
    release = reading.releases.get(record_id)
    if release is not None:
        yield line["certificate"], ("disclosure", record_id, release)
    for media in line["media"]:
        if media["absent"] != "not-received":
            yield media["file"] or path, ("media", record_id, media["sha256"])
        if media["deletion"] is not None:
            yield path, ("deletion", media["sha256"], media["deletion"])
    for picture in line["pictures"]:
        yield from _required_of_picture(reading, picture)


def _required_of_picture(reading: Reading, picture: dict[str, Any]) -> Iterator[tuple[str, Key]]:
    path, original = picture["file"], picture["original_sha256"]
    yield path, ("redaction", original, reading.payload.get(path) or "")
    minute = picture["review"]["minute"]
    yield path, ("review", minute["record"], minutes.sha256_of(minute))
    if picture["proof"] is not None:
        yield picture["proof"], ("pixels", original, reading.roots.get(original) or "")
