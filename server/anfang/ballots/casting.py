"""Verbs of casting: a ballot goes from a slip into the box, once, whatever dies in between.

[Note: Two stores] Three transactions, each durable before the next begins:

1. slips: the slip is on the way (`casting`);
2. box: the ballot is put in under the slip's tag, which the box takes once;
3. slips: the slip is used.

Who dies after 1 has no ballot in the box: the same slip is taken again. Who dies after 2 has: the
same slip is taken again, the tag is known, nothing is put in twice. A rater is told that the ballot
counts only after 2. What is on the way when the box is sealed is settled by the box's own number.
"""

from collections.abc import Mapping

from anfang.ballots import box as store
from anfang.ballots import paper as papers
from anfang.ballots import queries, service, slip_codes
from anfang.ballots.errors import (
    BoxClosed,
    NotTheDay,
    PaperIncomplete,
    SlipSpent,
    SlipSpoilt,
)
from anfang.ballots.models import BallotBox, BallotSlip, SlipState, Stage
from anfang.ballots.paper import Paper
from anfang.kit import sealing
from anfang.kit.db import transaction


def paper_for(code: str) -> tuple[BallotBox, str]:
    """Return the box that a slip is for, and the slip's group.

    Raises:
        SlipUnknown, StoreForged, SlipSpent, SlipSpoilt: it is no slip to vote with.
        BoxClosed, NotTheDay: not now.
    """
    slip = queries.slip(slip_codes.fingerprint(code))
    box = queries.box(slip.box_id)
    _require_castable(box, slip)
    return box, slip.group


def cast(code: str, said: Mapping[str, str]) -> None:
    """Put what a page says into the box as a slip's ballot. Opens its own transactions.

    What the page says is sealed in memory; nothing readable is written, logged or kept.

    Args:
        said: the fields of the page (`paper.Paper.fields`).

    Raises:
        SlipUnknown, StoreForged, SlipSpent, SlipSpoilt, BoxClosed, NotTheDay: see `paper_for`.
        PaperIncomplete: marks are missing.
    """
    with transaction(write=False):
        box, group = paper_for(code)
    sealed = _sealed(box, group, said)
    with transaction():
        slip = queries.slip(slip_codes.fingerprint(code), for_update=True)
        _require_castable(queries.box(slip.box_id), slip)
        slip.state = SlipState.CASTING.value
    first = store.put(box.id, slip_codes.tag(code), sealed)
    with transaction():
        queries.slip(slip_codes.fingerprint(code), for_update=True).state = SlipState.USED.value
    if not first:
        raise SlipSpent


def context_of(box: BallotBox) -> str:
    """Return what is bound into every ballot of a box."""
    return f"ballot {box.id}"


def _sealed(box: BallotBox, group: str, said: Mapping[str, str]) -> str:
    paper = Paper.from_json(box.paper)
    marks, wrong = papers.read(paper, said)
    if wrong:
        raise PaperIncomplete(pointers=dict.fromkeys(wrong, "value-missing"))
    key = sealing.public_key(str(box.public_key))
    return sealing.seal(key, papers.written(paper, group, marks), context_of(box))


def _require_castable(box: BallotBox, slip: BallotSlip) -> None:
    service.require_genuine(box, slip)
    if slip.state == SlipState.SPOILT.value:
        raise SlipSpoilt
    if slip.state == SlipState.USED.value:
        raise SlipSpent
    if box.stage != Stage.CASTING.value:
        raise BoxClosed
    if queries.today() != box.day:
        raise NotTheDay
