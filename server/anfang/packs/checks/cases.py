"""Cases and notices: each file is the one that `pack.json` names."""

from collections.abc import Iterator

from anfang.packs.checks.reading import Reading, Refused, read_document
from anfang.packs.verdict import Finding


def check_cases(reading: Reading) -> Iterator[Finding]:
    """Read the cases; `logproofs` requires the log entries of what was said in them."""
    lines = reading.document["cases"] if reading.document else []
    known = reading.lists.new()
    for record in reading.document["records"] if reading.document else []:
        known.add(record["record"], None)
    for line in lines:
        path = line["file"]
        try:
            case = read_document(reading, path, "case.schema.json")
        except Refused as refused:
            yield refused.finding
            continue
        for member in ("id", "number"):
            if case[member] != line[member]:
                yield Finding(path, "pack-case-mismatch", member)
        if path != f"data/cases/{line['id']}.json":
            yield Finding(path, "pack-case-mismatch", "file")
        if not all(record in known for record in case["records"]):
            yield Finding(path, "pack-case-mismatch", "records")
        reading.cases.put(path, case)


def check_notices(reading: Reading) -> Iterator[Finding]:
    """Compare each notice's PDF with its line; `logproofs` requires its log entry."""
    for line in reading.document["notices"] if reading.document else []:
        if reading.payload.get(line["file"]) not in (None, line["sha256"]):
            yield Finding(line["file"], "pack-hash-mismatch")
