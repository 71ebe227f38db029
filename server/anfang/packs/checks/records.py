"""Records: signature, disclosures, and that the pack's index tells the truth about them."""

from collections.abc import Iterator

from anfang.kit import jose, sdjwt
from anfang.packs.checks.reading import Reading, ReadRecord, Refused, read_document, read_text
from anfang.packs.content import DISCLOSURES, disclosed_names
from anfang.packs.verdict import Finding


def check_document(reading: Reading) -> Iterator[Finding]:
    """Read `pack.json` against its schema; every record file must stand in it, and only once."""
    try:
        document = read_document(reading, "data/pack.json", "pack.schema.json")
    except Refused as refused:
        yield refused.finding
        return
    reading.document = document
    if reading.info.get("Anfang-Profile") != document["profile"]:
        yield Finding("data/pack.json", "pack-document-invalid", "profile")
    if document["private"] and document["profile"] != "full":
        yield Finding("data/pack.json", "pack-document-invalid", "private")
    named = _named_files(document)
    if len(named) != len(set(named)):
        yield Finding("data/pack.json", "pack-document-invalid", "file")
    for path in named:
        if path not in reading.payload:
            yield Finding(path, "pack-file-missing")
    folders = ("data/records/", "data/receipts/", "data/certificates/", "data/cases/",
               "data/notices/")  # fmt: skip
    stamps = [path for path in reading.payload if path.endswith(".tsr")]
    for path in [*(p for p in reading.payload if p.startswith(folders)), *stamps]:
        if path not in named:
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
        yield from _check_record(reading, ReadRecord(line, shown))


def _named_files(document: dict[str, list[dict[str, str]]]) -> list[str]:
    named = list(document["log"]["stamps"])  # type: ignore[call-overload]
    for line in document["records"]:
        named += [line["file"], line["receipt"]]
        if line["certificate"] is not None:
            named.append(line["certificate"])
    named += [line["file"] for line in document["cases"]]
    return named + [line["file"] for line in document["notices"]]


def _check_record(reading: Reading, record: ReadRecord) -> Iterator[Finding]:
    line, clear = record.line, record.shown.clear
    path, record_id = line["file"], line["record"]
    if clear.get("v") != 1 or clear.get("id") != record_id:
        yield Finding(path, "pack-record-mismatch", "id")
    if path != f"data/records/{record_id}.sdjwt":
        yield Finding(path, "pack-record-mismatch", "file")
    if record.shown.record_sha256 != line["record_sha256"]:
        yield Finding(path, "pack-record-mismatch", "record_sha256")
    if record_id in reading.records:
        yield Finding(path, "pack-record-mismatch", "record")
    # A record key signs one inspection only (PROTOCOL §1).
    key = jose.key_thumbprint(record.shown.key)
    if key in reading.record_keys:
        yield Finding(path, "pack-record-mismatch", "jwk")
    reading.record_keys.add(key)
    if len(record.shown.jws.payload["_sd"]) != len(DISCLOSURES):
        yield Finding(path, "pack-record-mismatch", "_sd")
    yield from _check_disclosures(reading, record)
    reading.records[record_id] = record


def _check_disclosures(reading: Reading, record: ReadRecord) -> Iterator[Finding]:
    """A pack shows of a record exactly what its profile says: neither more nor less."""
    private = bool(reading.document and reading.document["private"])
    expected = disclosed_names(reading.profile, private=private)
    shown = set(record.shown.disclosed)
    for name in sorted(shown - expected):
        yield Finding(record.line["file"], "pack-disclosure-not-allowed", name[:80])
    for name in sorted(expected - shown):
        yield Finding(record.line["file"], "pack-disclosure-missing", name)
