"""The log: its checkpoint, the proofs of inclusion, and that everything shown was logged."""

from collections.abc import Iterator
from typing import Any

from anfang.kit import leaves, merkle, notes
from anfang.packs.checks.reading import LogEntry, Reading, Refused, read_document, read_text
from anfang.packs.document import CHECKPOINT_FILE, LOG_KEY_FILE, PROOFS_FILE
from anfang.packs.verdict import Finding


def check_checkpoint(reading: Reading) -> Iterator[Finding]:
    """Verify the checkpoint by the log key that the pack holds."""
    try:
        verifier = read_text(reading, LOG_KEY_FILE, "pack-checkpoint-invalid")
        note = read_text(reading, CHECKPOINT_FILE, "pack-checkpoint-invalid")
        reading.checkpoint = notes.verify_checkpoint(note, notes.parse_verifier(verifier))
    except Refused as refused:
        yield refused.finding
    except notes.NoteError as error:
        path = LOG_KEY_FILE if error.reason == "note-key" else CHECKPOINT_FILE
        yield Finding(path, "pack-checkpoint-invalid", error.reason)


def check_proofs(reading: Reading) -> Iterator[Finding]:
    """Recompute every opened entry's leaf and lead it to the checkpoint's root."""
    try:
        proofs = read_document(reading, PROOFS_FILE, "proofs.schema.json")
    except Refused as refused:
        yield refused.finding
        return
    if reading.checkpoint is None:
        return
    if proofs["size"] != reading.checkpoint.size:
        yield Finding(PROOFS_FILE, "pack-log-proof-invalid", "size")
    for entry in proofs["entries"]:
        if _holds(entry, reading.checkpoint):
            reading.log.add(
                LogEntry(entry["kind"], entry["subject"], entry["sha256"], entry["salt"])
            )
        else:
            detail = f"{entry['kind']} {entry['index']}"[:80]
            yield Finding(PROOFS_FILE, "pack-log-proof-invalid", detail)


def check_logged(reading: Reading) -> Iterator[Finding]:
    """Require the log entries of everything that the pack shows."""
    if reading.document is None:
        return
    opened = {(entry.kind, entry.subject, entry.sha256) for entry in reading.log}
    for path, kind, subject, sha256 in _required(reading):
        if (kind, subject, sha256) not in opened:
            yield Finding(path, "pack-log-entry-missing", kind)


def _holds(entry: dict[str, Any], checkpoint: notes.Checkpoint) -> bool:
    try:
        leaf = leaves.leaf_hash(
            entry["kind"], entry["subject"], entry["sha256"], bytes.fromhex(entry["salt"])
        )
    except ValueError:
        return False
    proof = [bytes.fromhex(digest) for digest in entry["proof"]]
    return merkle.verify_inclusion(leaf, entry["index"], checkpoint.size, proof, checkpoint.root)


def _required(reading: Reading) -> Iterator[tuple[str, str, str, str]]:
    for record_id, record in reading.records.items():
        yield record.line["file"], "record", record_id, record.shown.record_sha256
        for media in record.line["media"]:
            if media["file"] is not None:
                yield media["file"], "media", record_id, media["sha256"]
        for picture in record.line["pictures"]:
            sha256 = reading.payload.get(picture["file"], "")
            yield picture["file"], "redaction", picture["original_sha256"], sha256
    for notice in reading.document["notices"] if reading.document else []:
        yield notice["file"], "notice", notice["number"], reading.payload.get(notice["file"], "")
