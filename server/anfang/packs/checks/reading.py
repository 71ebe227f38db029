"""What the checks of one pack share."""

import json
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

import jsonschema

from anfang.kit import jcs, jose, json_schema, notes, sdjwt
from anfang.packs.archive import Archive, ArchiveError
from anfang.packs.verdict import Finding


@dataclass(frozen=True)
class LogEntry:
    """An opened log entry whose proof holds."""

    kind: str
    subject: str
    sha256: str
    salt: str


@dataclass(frozen=True)
class ReadRecord:
    """A verified record with its line in `pack.json`."""

    line: dict[str, Any]
    shown: sdjwt.SdJwt

    @property
    def media(self) -> list[str]:
        """Hashes of the originals that the record declares; empty if malformed."""
        media = self.shown.clear.get("media")
        return [m for m in media if isinstance(m, str)] if isinstance(media, list) else []


@dataclass
class Reading:
    """The pack as far as it has been read and found true.

    `payload` and `tags` are the manifests' hashes by path. `introducers` tell which key introduced
    a key, `receipts` which key signed a record's receipt, `releases` the custodians' release of a
    record's certificate, `roots` which pixel root the proof of an original names.
    """

    archive: Archive
    payload: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    info: dict[str, str] = field(default_factory=dict)
    keys: dict[str, jose.PublicKey] = field(default_factory=dict)
    signer: str = ""
    introducers: dict[str, str] = field(default_factory=dict)
    document: dict[str, Any] | None = None
    records: dict[str, ReadRecord] = field(default_factory=dict)
    record_keys: set[str] = field(default_factory=set)
    receipts: dict[str, str] = field(default_factory=dict)
    releases: dict[str, str] = field(default_factory=dict)
    cases: dict[str, dict[str, Any]] = field(default_factory=dict)
    roots: dict[str, str] = field(default_factory=dict)
    log_key: str = ""
    checkpoint: notes.Checkpoint | None = None
    log: set[LogEntry] = field(default_factory=set)

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
        if schema is not None:
            _validator(schema).validate(document)
    except jcs.StrictJsonError as error:
        raise Refused(Finding(path, "pack-document-invalid", error.reason)) from error
    except jsonschema.ValidationError as error:
        raise Refused(Finding(path, "pack-document-invalid", error.json_path)) from error
    return document


@lru_cache
def _validator(schema: str) -> Any:
    text = resources.files("anfang.packs").joinpath(schema).read_text("utf-8")
    return json_schema.Validator(json.loads(text))
