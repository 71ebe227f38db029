"""Verbs of sealing a box on the spot: from then on nothing is added, changed or read."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from anfang.ballots import box as store
from anfang.ballots import queries, records, service
from anfang.ballots.box import SealedBallot
from anfang.ballots.errors import DoesNotAddUp, StoreForged
from anfang.ballots.models import BallotBox, SlipState, Stage
from anfang.kit.clock import now
from anfang.kit.db import transaction
from anfang.kit.ids import sha256_hex
from anfang.log import service as log


def seal_up(box_id: UUID) -> BallotBox:
    """Close a box, compare its ballots with the slips, and have the log keep its seal.

    Opens its own transactions; called again, it goes on where it was broken off.

    Raises:
        NotFound, WrongStage: there is no open box.
        StoreForged: a slip or ballot is not the office's own.
        DoesNotAddUp: the box holds fewer ballots than slips were used, or more than can be.
    """
    with transaction(write=False):
        service.require_stage(queries.box(box_id), Stage.CASTING)
    store.close(box_id)
    ballots = store.sealed_ballots(box_id)
    with transaction():
        box = queries.box(box_id, for_update=True)
        service.require_stage(box, Stage.CASTING)
        service.require_genuine(box, *queries.slips(box_id))
        if not all(one.genuine for one in ballots):
            raise StoreForged
        slips = queries.totals(box_id)
        _require_sum(slips, len(ballots))
        box.digests = digests(ballots)
        box.seal = records.seal(box, slips, records.root_of(box.digests), len(ballots))
        box.stage, box.sealed_at = Stage.SEALED.value, now()
        records.enter(box, "seal")
        log.audit("ballot_box.sealed", "ballot_box", box_id, ballots=len(ballots))
    return box


def digests(ballots: Iterable[SealedBallot]) -> dict[str, str]:
    """Return the hash of each sealed ballot by its id."""
    return {one.id: sha256_hex(one.sealed.encode()) for one in ballots}


def _require_sum(slips: Mapping[SlipState, int], ballots: int) -> None:
    """Raise DoesNotAddUp unless each used slip has its ballot and each ballot its slip."""
    used, on_the_way = slips[SlipState.USED], slips[SlipState.CASTING]
    if not used <= ballots <= used + on_the_way:
        raise DoesNotAddUp(ballots=ballots, used=used)
