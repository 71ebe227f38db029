"""What the checks of one pack share."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Final

from anfang.kit import jcs, jose, json_schema, long_json, notes, sdjwt
from anfang.packs.archive import Archive, ArchiveError
from anfang.packs.checks.opened import OpenedLog
from anfang.packs.listed import Listed, Lists
from anfang.packs.verdict import Finding

PIECE: Final = 64 << 10


@dataclass(frozen=True)
class ReadRecord:
    """A verified record with its line in `pack.json`.

    `jkt` is the thumbprint of its key; `media` the hashes of the originals that it declares,
    empty if malformed.
    """

    line: dict[str, Any]
    record_sha256: str
    jkt: str
    media: list[str]


def read_record(line: dict[str, Any], shown: sdjwt.SdJwt) -> ReadRecord:
    """Reduce a verified record to what later checks lean on."""
    declared = shown.clear.get("media")
    media = [one for one in declared if isinstance(one, str)] if isinstance(declared, list) else []
    return ReadRecord(line, shown.record_sha256, jose.key_thumbprint(shown.key), media)


class Reading:
    """The pack as far as it has been read and found true; what grows with it waits on disk.

    `document` is `pack.json`, its records one by one. `payload` and `tags` are the manifests'
    hashes by path. `introducers` tell which key introduced a key, `receipts` which key signed a
    record's receipt, `releases` the custodians' release of a record's certificate, `roots` which
    pixel root the proof of an original names.
    """

    def __init__(self, archive: Archive, lists: Lists) -> None:
        """Begin to read an archive."""
        self.archive, self.lists = archive, lists
        self.payload: Listed[str] = lists.new()
        self.tags: Listed[str] = lists.new()
        self.info: dict[str, str] = {}
        self.keys: dict[str, jose.PublicKey] = {}
        self.signer = ""
        self.introducers: dict[str, str] = {}
        self.document: dict[str, Any] | None = None
        self.records: Listed[ReadRecord] = lists.new()
        self.record_keys: Listed[None] = lists.new()
        self.receipts: Listed[str] = lists.new()
        self.releases: Listed[str] = lists.new()
        self.cases: Listed[dict[str, Any]] = lists.new()
        self.roots: Listed[str] = lists.new()
        self.log_key = ""
        self.checkpoint: notes.Checkpoint | None = None
        self.log = OpenedLog(lists)

    @property
    def unread_receipts(self) -> bool:
        """Whether a record or receipt that `pack.json` names could not be verified."""
        lines = self.document["records"] if self.document else []
        return len(self.receipts) < len(lines)

    @property
    def profile(self) -> str:
        """`full` or `protected` as `pack.json` says; empty if unreadable."""
        return "" if self.document is None else str(self.document["profile"])


class Refused(Exception):  # noqa: N818 -- carries a finding to the check that yields it
    """One file is refused."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def read_bytes(reading: Reading, path: str) -> bytes:
    """Read a small file. Raises `Refused`."""
    try:
        return reading.archive.read(path)
    except ArchiveError as error:
        raise Refused(Finding(path, error.code, error.detail)) from error


def read_pieces(reading: Reading, path: str) -> Iterator[bytes]:
    """Read a file of any size in small pieces: what is made of text weighs more than it.

    Raises `Refused`.
    """
    try:
        for piece in reading.archive.stream(path):
            yield from (piece[at : at + PIECE] for at in range(0, len(piece), PIECE))
    except ArchiveError as error:
        raise Refused(Finding(path, error.code, error.detail)) from error


def sha256_of(reading: Reading, path: str) -> str:
    """Hash a file of any size. Raises `Refused`."""
    digest = hashlib.sha256()
    for piece in read_pieces(reading, path):
        digest.update(piece)
    return digest.hexdigest()


def read_text(reading: Reading, path: str, code: str) -> str:
    """Read a small UTF-8 file; `code` is the fault if it is not. Raises `Refused`."""
    try:
        return read_bytes(reading, path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(Finding(path, code, "UTF-8")) from error


def read_document(reading: Reading, path: str, schema: str | None) -> dict[str, Any]:
    """Read a JSON object strictly and check it against a schema file of this room.

    Raises `Refused` (`pack-document-invalid`).
    """
    try:
        document = jcs.loads_object(read_bytes(reading, path))
    except jcs.StrictJsonError as error:
        raise Refused(Finding(path, "pack-document-invalid", error.reason)) from error
    if schema is not None:
        _require_schema(path, _validator(schema), document)
    return document


def read_long_document(reading: Reading, path: str, schema: str, array: str) -> dict[str, Any]:
    """`read_document` where one array may be too long for memory: it is gone through instead.

    Raises `Refused` (`pack-document-invalid`).
    """
    items = reading.lists.new()
    try:
        document = long_json.read_long_object(
            read_pieces(reading, path), array, lambda item: items.put(f"{len(items):08x}", item)
        )
    except jcs.StrictJsonError as error:
        raise Refused(Finding(path, "pack-document-invalid", error.reason)) from error
    whole = _validator(schema)
    _require_schema(path, whole, document)
    of_items = whole.evolve(schema=whole.schema["properties"][array]["items"])
    for number, item in enumerate(items):
        _require_schema(path, of_items, item, f"$.{array}[{number}]")
    return {**document, array: items}


def _require_schema(path: str, validator: Any, value: object, place: str = "$") -> None:
    error = next(validator.iter_errors(value), None)
    if error is not None:
        where = place + error.json_path.removeprefix("$")
        raise Refused(Finding(path, "pack-document-invalid", where))


@lru_cache
def _validator(schema: str) -> Any:
    text = resources.files("anfang.packs").joinpath(schema).read_text("utf-8")
    return json_schema.Validator(json.loads(text))
