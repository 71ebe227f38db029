"""Reads of what sealed appraisals have put into the log: a box's charter, seal and result."""

from collections.abc import Iterator

from anfang.ballots import queries, records
from anfang.ballots.models import BallotBox
from anfang.log.queries import LoggedRow


def boxes() -> Iterator[LoggedRow]:
    """Return every record of every box, sound if the box's own row still says the same."""
    for box in queries.every_box():
        for kind in records.KINDS:
            record = getattr(box, kind)
            if record is not None:
                where = f"ballot_boxes {box.id} {kind}"
                said = records.hash_of(record)
                yield LoggedRow(records.subject(box, kind), said, where, _agrees(box, kind))


def _agrees(box: BallotBox, kind: str) -> bool:
    """Tell whether what the box does by is what its record says."""
    if kind == "charter":
        charter = box.charter or {}
        return (charter["public_key"], charter["threshold"], charter["paper_sha256"]) == (
            box.public_key,
            box.threshold,
            records.paper_hash(box),
        )
    if kind == "seal":
        return bool((box.seal or {})["root"] == records.root_of(box.digests or {}))
    return True
