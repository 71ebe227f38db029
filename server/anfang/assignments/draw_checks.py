"""Repeating a draw from its file alone (PROTOCOL §9): what `anfang draw verify` finds. Pure."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from anfang.assignments import draw_files
from anfang.assignments.draw_files import INSPECTORS, OBJECTS, Document
from anfang.kit import jcs, json_schema, leaves, merkle, notes
from anfang.kit.drawing import PoolTooSmallError, seed_of
from anfang.kit.ids import sha256_hex

_SCHEMA: Final = Path(__file__).with_name("draw.schema.json")


class NotADrawFileError(ValueError):
    """These bytes are no half of a draw."""


@dataclass(frozen=True)
class DrawVerdict:
    """What a file says, and what does not hold.

    `faults`: `form`, `canonical`, `digest`, `secret`, `frame`, `log`, `log-key`, `pool`, `result`,
    `pair`. `log_signed`: the checkpoint was signed by the log key that the reader knows; None
    where no key was given.
    """

    kind: str
    draw: str
    faults: tuple[str, ...]
    log_signed: bool | None = None
    drawn: list[Document] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether everything holds."""
        return not self.faults


def check(
    data: bytes, *, log_key: notes.NoteVerifier | None = None, other: bytes | None = None
) -> DrawVerdict:
    """Repeat a draw.

    Args:
        data: the file of one half.
        log_key: the log's public key, if the reader has it from elsewhere.
        other: the file of the inspectors' half, to be held against the objects' half.

    Raises:
        NotADrawFileError: `data` or `other` is no file of a draw.
    """
    document = _read(data)
    if not _is_well_formed(document):
        return DrawVerdict(document["kind"], str(document.get("draw", "")), ("form",))
    faults = list(_faults(document, data))
    signed = None if log_key is None else _is_signed(document, log_key)
    if signed is False:
        faults.append("log-key")
    if other is not None and not _are_one_draw(document, other):
        faults.append("pair")
    commitment = document["commitment"]
    return DrawVerdict(
        document["kind"], commitment["draw"], tuple(faults), signed, document["drawn"]
    )


def _read(data: bytes) -> Document:
    try:
        document = jcs.loads_object(data)
    except jcs.StrictJsonError as error:
        raise NotADrawFileError(str(error)) from error
    if document.get("kind") not in (OBJECTS, INSPECTORS):
        raise NotADrawFileError("no half of a draw")
    return document


def _is_well_formed(document: Document) -> bool:
    name = "objects" if document["kind"] == OBJECTS else "inspectors"
    return bool(_validators()[name].is_valid(document))


@cache
def _validators() -> dict[str, Any]:
    schema = json.loads(_SCHEMA.read_text("utf-8"))
    return {
        name: json_schema.Validator({**schema, "$ref": f"#/$defs/{name}"})
        for name in ("objects", "inspectors")
    }


def _faults(document: Document, data: bytes) -> Iterator[str]:
    rest = {name: value for name, value in document.items() if name != "digest"}
    commitment = document["commitment"]
    secret = bytes.fromhex(document["secret"])
    if jcs.canonical(document) != data:
        yield "canonical"
    if draw_files.hash_of(rest) != document["digest"]:
        yield "digest"
    if sha256_hex(secret) != commitment["secret_sha256"]:
        yield "secret"
    if not _frame_was_committed(document):
        yield "frame"
    if not _stands_in_log(commitment, document["log"]):
        yield "log"
    yield from _result_faults(document, seed_of(secret, document["entropy"]))


def _frame_was_committed(document: Document) -> bool:
    commitment, frame = document["commitment"], document["frame"]
    if document["kind"] == OBJECTS:
        return draw_files.hash_of(frame) == str(commitment["objects_frame_sha256"])
    salt = bytes.fromhex(document["salt"])
    return draw_files.salted_hash_of(frame, salt) == str(commitment["inspectors_frame_c"])


def _stands_in_log(commitment: Document, log: Mapping[str, Any]) -> bool:
    """Whether the commitment's entry is under the checkpoint's root."""
    try:
        text = log["checkpoint"].rpartition("\n\n")[0] + "\n"
        checkpoint = notes.parse_checkpoint(text)
        leaf = leaves.leaf_hash(
            "draw",
            commitment["draw"],
            draw_files.hash_of(commitment),
            bytes.fromhex(log["salt"]),
        )
    except (notes.NoteError, ValueError):
        return False
    proof = [bytes.fromhex(node) for node in log["proof"]]
    return merkle.verify_inclusion(leaf, log["index"], checkpoint.size, proof, checkpoint.root)


def _is_signed(document: Document, key: notes.NoteVerifier) -> bool:
    try:
        notes.verify_checkpoint(document["log"]["checkpoint"], key)
    except notes.NoteError:
        return False
    return True


def _result_faults(document: Document, seed: bytes) -> Iterator[str]:
    frame = document["frame"]
    try:
        repeated = (
            draw_files.drawn_objects(frame, seed)
            if document["kind"] == OBJECTS
            else draw_files.drawn_inspectors(frame, document["objects"], seed)
        )
    except PoolTooSmallError:
        yield "pool"
        return
    if repeated != document["drawn"]:
        yield "result"


def _are_one_draw(document: Document, other: bytes) -> bool:
    """Whether `other` is the inspectors' half to which an objects' half commits."""
    second = _read(other)
    if document["kind"] != OBJECTS or second["kind"] != INSPECTORS:
        return False
    return (
        sha256_hex(other) == document["inspectors_sha256"]
        and check(other).sound
        and second["commitment"] == document["commitment"]
        and second["objects"] == draw_files.with_units(document["frame"], document["drawn"])
    )
