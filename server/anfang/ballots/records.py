"""Verbs of a box's records: what was done with it, in the form of which the log keeps the hash."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from anfang.ballots.models import BallotBox, SlipState
from anfang.kit import jcs, merkle
from anfang.kit.ids import sha256_hex
from anfang.log import service as log

KIND: Final = "ballots"
KINDS: Final = ("charter", "seal", "result")


def charter(box: BallotBox, offices: Sequence[str]) -> dict[str, Any]:
    """Return the record of the shares: to which key, among whom, and what the papers ask."""
    return {
        "v": 1,
        "box": str(box.id),
        "day": box.day.isoformat(),
        "public_key": box.public_key,
        "threshold": box.threshold,
        "witnesses": list(offices),
        "paper_sha256": paper_hash(box),
    }


def seal(box: BallotBox, slips: Mapping[SlipState, int], root: str, ballots: int) -> dict[str, Any]:
    """Return the record of the sealing.

    Slips whose ballot may or may not have reached the box when the server died are settled by the
    box's own number: `used` is that, the rest were `interrupted`.
    """
    on_the_way = slips[SlipState.CASTING]
    return {
        "v": 1,
        "box": str(box.id),
        "root": root,
        "ballots": ballots,
        "issued": sum(slips.values()),
        "used": ballots,
        "unused": slips[SlipState.ISSUED],
        "spoilt": slips[SlipState.SPOILT],
        "interrupted": slips[SlipState.USED] + on_the_way - ballots,
    }


def result(
    box: BallotBox, offices: Sequence[str], papers_sha256: str, tally: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the record of the opening: who was present, what was counted, of which papers."""
    return {
        "v": 1,
        "box": str(box.id),
        "seal_sha256": hash_of(box.seal or {}),
        "present": list(offices),
        "papers_sha256": papers_sha256,
        "tally": dict(tally),
    }


def enter(box: BallotBox, kind: str) -> None:
    """Have the log keep a record's hash, in the caller's transaction."""
    log.queue(KIND, subject(box, kind), hash_of(getattr(box, kind)))


def subject(box: BallotBox, kind: str) -> str:
    """Return what the log calls a record of a box."""
    return f"{box.id} {kind}"


def hash_of(record: Mapping[str, Any]) -> str:
    """Return the hash of a record's canonical form."""
    return sha256_hex(jcs.canonical(dict(record)))


def root_of(found: Mapping[str, str]) -> str:
    """Return the Merkle root [RFC 6962 §2.1] over the sorted hashes of sealed ballots."""
    leaves = (merkle.leaf_hash(bytes.fromhex(one)) for one in sorted(found.values()))
    return merkle.tree_root(leaves).hex()


def paper_hash(box: BallotBox) -> str:
    """Return the hash of what the papers ask."""
    return hash_of(box.paper)
