"""Records: signature, disclosures, and that the pack's index tells the truth about them."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from anfang.kit import jose, sdjwt
from anfang.packs.checks.reading import (
    Reading,
    Refused,
    read_long_document,
    read_record,
    read_text,
)
from anfang.packs.content import DISCLOSURES, disclosed_names
from anfang.packs.verdict import Finding

_NAMED_FOLDERS: Final = (
    "data/records/", "data/receipts/", "data/certificates/", "data/cases/", "data/notices/",
)  # fmt: skip


def check_document(reading: Reading) -> Iterator[Finding]:
    """Read `pack.json` against its schema; every record file must stand in it, and only once."""
    try:
        document = read_long_document(reading, "data/pack.json", "pack.schema.json", "records")
    except Refused as refused:
        yield refused.finding
        return
    reading.document = document
    if reading.info.get("Anfang-Profile") != document["profile"]:
        yield Finding("data/pack.json", "pack-document-invalid", "profile")
    if document["private"] and document["profile"] != "full":
        yield Finding("data/pack.json", "pack-document-invalid", "private")
    yield from _check_named(reading, document)


def _check_named(reading: Reading, document: Mapping[str, Any]) -> Iterator[Finding]:
    named = reading.lists.new()
    doubled = False
    for path in _named_files(document):
        doubled |= not named.add(path, None)
    if doubled:
        yield Finding("data/pack.json", "pack-document-invalid", "file")
    for path in named.keys_in_turn():
        if path not in reading.payload:
            yield Finding(path, "pack-file-missing")
    for path in reading.payload.keys_in_turn():
        if (path.startswith(_NAMED_FOLDERS) or path.endswith(".tsr")) and path not in named:
            yield Finding(path, "pack-file-unexpected")


def check_records(reading: Reading) -> Iterator[Finding]:
    """Verify every record by the key in its own header."""
    for line in reading.document["records"] if reading.document else []:
        path = line["file"]
        try:
            text = read_text(reading, path, "pack-record-invalid")
            shown = sdjwt.verify(text, complete=False)
        except Refused as refused:
            yield refused.finding
            continue
        except jose.JoseError as error:
            yield Finding(path, "pack-record-invalid", error.reason)
            continue
        yield from _check_record(reading, line, shown)


def _named_files(document: Mapping[str, Any]) -> Iterator[str]:
    yield from document["log"]["stamps"]
    for line in document["records"]:
        yield from (line["file"], line["receipt"])
        if line["certificate"] is not None:
            yield line["certificate"]
    for line in (*document["cases"], *document["notices"]):
        yield line["file"]


def _check_record(reading: Reading, line: dict[str, Any], shown: sdjwt.SdJwt) -> Iterator[Finding]:
    clear, record = shown.clear, read_record(line, shown)
    path, record_id = line["file"], line["record"]
    if clear.get("v") != 1 or clear.get("id") != record_id:
        yield Finding(path, "pack-record-mismatch", "id")
    if path != f"data/records/{record_id}.sdjwt":
        yield Finding(path, "pack-record-mismatch", "file")
    if record.record_sha256 != line["record_sha256"]:
        yield Finding(path, "pack-record-mismatch", "record_sha256")
    if record_id in reading.records:
        yield Finding(path, "pack-record-mismatch", "record")
    # A record key signs one inspection only (PROTOCOL §1).
    if not reading.record_keys.add(record.jkt, None):
        yield Finding(path, "pack-record-mismatch", "jwk")
    if len(shown.jws.payload["_sd"]) != len(DISCLOSURES):
        yield Finding(path, "pack-record-mismatch", "_sd")
    for name, code in _wrong_disclosures(reading, set(shown.disclosed)):
        yield Finding(path, code, name[:80])
    reading.records.put(record_id, record)


def _wrong_disclosures(reading: Reading, shown: set[str]) -> Iterator[tuple[str, str]]:
    """A pack shows of a record exactly what its profile says: neither more nor less."""
    private = bool(reading.document and reading.document["private"])
    expected = disclosed_names(reading.profile, private=private)
    for name in sorted(shown - expected):
        yield name, "pack-disclosure-not-allowed"
    for name in sorted(expected - shown):
        yield name, "pack-disclosure-missing"
