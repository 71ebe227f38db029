"""Cases and notices: each file is the one that `pack.json` names."""

from collections.abc import Iterator

from anfang.packs.checks.reading import Reading, Refused, read_document
from anfang.packs.verdict import Finding


def check_cases(reading: Reading) -> Iterator[Finding]:
    """Read the cases; `logproofs` requires the log entries of what was said in them."""
    lines = reading.document["cases"] if reading.document else []
    known = {line["record"] for line in reading.document["records"]} if reading.document else set()
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
        if not known.issuperset(case["records"]):
            yield Finding(path, "pack-case-mismatch", "records")
        reading.cases[path] = case


def check_notices(reading: Reading) -> Iterator[Finding]:
    """Compare each notice's PDF with its line; `logproofs` requires its log entry."""
    for line in reading.document["notices"] if reading.document else []:
        if reading.payload.get(line["file"], line["sha256"]) != line["sha256"]:
            yield Finding(line["file"], "pack-hash-mismatch")
