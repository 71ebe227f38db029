"""Verbs of opening a box before its witnesses, and of counting it again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from anfang.ballots import box as store
from anfang.ballots import closing, queries, records, service, tallying, witnessing
from anfang.ballots import paper as papers
from anfang.ballots.box import SealedBallot
from anfang.ballots.casting import context_of
from anfang.ballots.errors import BoxTampered, NotOpened
from anfang.ballots.models import BallotBox, Stage
from anfang.ballots.paper import Marks, Paper
from anfang.kit import jcs, sealing
from anfang.kit.clock import now
from anfang.kit.db import transaction
from anfang.kit.ids import sha256_hex
from anfang.log import queries as log_queries
from anfang.log import service as log
from anfang.log.errors import NotYetLogged

Faults = dict[str, str]
"""Ballot's id → `changed`, `missing`, `added`, `forged` or `unreadable`; `seal` → `changed`."""


@dataclass(frozen=True)
class Recount:
    """A box counted again: whether its papers are those of the opening, and the sums as well."""

    papers: int
    same_papers: bool
    same_tally: bool
    tally: Mapping[str, Any]


def open_up(box_id: UUID, present: Mapping[str, str]) -> BallotBox:
    """Open a sealed box, count it, and destroy the shares. Opens its own transactions.

    Args:
        present: passphrases by the user names of the witnesses who are present.

    Raises:
        NotFound, WrongStage: there is no sealed box.
        WitnessesNeeded, PassphraseWrong, TooManyAttempts: see `witnessing.restored_key`.
        BoxTampered: ballots were changed, removed or added since the sealing, each named; or the
            seal is not the one that the log keeps. Nothing was opened.
    """
    ballots = store.sealed_ballots(box_id)
    with transaction(write=False):
        box = queries.box(box_id)
        service.require_stage(box, Stage.SEALED)
        faults = _faults(box, ballots)
    if faults:
        _refuse(box_id, faults)
    key, offices = witnessing.restored_key(box_id, present)
    opened = _opened(box, ballots, key)
    texts = [_text(group, marks) for group, marks in opened]
    store.keep_opened(box_id, texts)
    with transaction():
        box = queries.box(box_id, for_update=True)
        service.require_stage(box, Stage.SEALED)
        tally = tallying.tally(Paper.from_json(box.paper), opened)
        box.result = records.result(box, offices, _hash_of(texts), tally)
        box.stage, box.opened_at = Stage.OPENED.value, now()
        for witness in queries.witnesses(box_id):
            witness.wrapped = None
        records.enter(box, "result")
        log.audit("ballot_box.opened", "ballot_box", box_id, present=len(offices))
    return box


def recount(box: BallotBox) -> Recount:
    """Count an opened box again from its papers; raises NotOpened."""
    if box.result is None:
        raise NotOpened
    texts = store.opened_ballots(box.id)
    paper = Paper.from_json(box.paper)
    tally = tallying.tally(paper, (papers.said(paper, one.encode()) for one in texts))
    return Recount(
        papers=len(texts),
        same_papers=_hash_of(texts) == box.result["papers_sha256"],
        same_tally=jcs.canonical(tally) == jcs.canonical(box.result["tally"]),
        tally=tally,
    )


def _faults(box: BallotBox, ballots: Sequence[SealedBallot]) -> Faults:
    """Compare the box with its seal, and the seal with the log."""
    sealed: dict[str, str] = box.digests or {}
    found = closing.digests(ballots)
    faults = {one.id: "forged" for one in ballots if not one.genuine}
    faults |= dict.fromkeys(sealed.keys() - found.keys(), "missing")
    faults |= dict.fromkeys(found.keys() - sealed.keys(), "added")
    faults |= {one: "changed" for one in found.keys() & sealed.keys() if found[one] != sealed[one]}
    seal = box.seal or {}
    if not _is_logged(box, seal) or seal["root"] != records.root_of(sealed):
        faults["seal"] = "changed"
    return faults


def _is_logged(box: BallotBox, seal: Mapping[str, Any]) -> bool:
    key = (records.KIND, records.subject(box, "seal"), records.hash_of(seal))
    try:
        log_queries.entries_of([key])
    except NotYetLogged:
        return False
    return True


def _opened(
    box: BallotBox, ballots: Sequence[SealedBallot], key: X25519PrivateKey
) -> list[tuple[str, Marks]]:
    """Open every ballot; one that does not open is a fault of the whole box."""
    paper, found, faults = Paper.from_json(box.paper), [], {}
    for one in ballots:
        try:
            plain = sealing.unseal(key, one.sealed, context_of(box))
            found.append(papers.said(paper, plain))
        except (sealing.SealingError, ValueError, KeyError, TypeError):
            faults[one.id] = "unreadable"
    if faults:
        _refuse(box.id, faults)
    return found


def _refuse(box_id: UUID, faults: Faults) -> None:
    with transaction():
        log.audit("ballot_box.tampered", "ballot_box", box_id, faults=len(faults))
        raise BoxTampered(pointers=faults, count=len(faults))


def _text(group: str, marks: Marks) -> str:
    return jcs.canonical({"group": group, "marks": marks}).decode()


def _hash_of(texts: Sequence[str]) -> str:
    """Return the hash of opened papers in an order that tells nothing."""
    return sha256_hex("\n".join(sorted(texts)).encode())
