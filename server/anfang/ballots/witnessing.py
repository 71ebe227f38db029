"""Verbs of witnesses: they take shares of the key that nobody holds whole, and put it together.

The private key exists in memory while shares are taken, and again while the box is opened; what is
stored are the shares, each wrapped under its witness's own passphrase.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from anfang.ballots import box as store
from anfang.ballots import queries, records, service
from anfang.ballots.errors import WitnessesNeeded
from anfang.ballots.models import BallotBox, BallotWitness, Stage
from anfang.identity import passphrases
from anfang.identity import service as identity
from anfang.identity.models import User
from anfang.kit import sealing, secret_sharing
from anfang.kit.db import db, transaction
from anfang.log import service as log

_PURPOSE: Final = "ballots"
MOST: Final = 9


@dataclass(frozen=True)
class Pledge:
    """A witness who takes a share.

    Attributes:
        office: in what office, as it is announced; no name.
        password: the account's own, to prove who it is.
    """

    office: str
    username: str
    password: str
    passphrase: str


def take_shares(
    box_id: UUID,
    pledges: Sequence[Pledge],
    address: str,
    *,
    cost: sealing.Cost | None = None,
) -> None:
    """Make a box's key, split it among the witnesses and open the box for ballots.

    Opens its own transactions.

    Args:
        address: where the call comes from, for counting failed passwords.
        cost: of the passphrases; see `passphrases.wrapped`.

    Raises:
        NotFound, WrongStage: there is no such box, or its shares were taken.
        WitnessesNeeded: too few or too many, one twice, the one who set the box up, or one of
            a unit.
        PassphraseWeak, SignInFailed, TooManyAttempts: of one of the witnesses.
    """
    with transaction(write=False):
        box = queries.box(box_id)
        service.require_stage(box, Stage.SET_UP)
    users = _witnesses(box, pledges, address)
    key = sealing.generate_key()
    public = key.public_key().public_bytes_raw().hex()
    shares = secret_sharing.split(key.private_bytes_raw(), box.threshold, len(pledges))
    rows = [
        _share(box_id, number, user, pledge, share, cost)
        for number, (user, pledge, share) in enumerate(zip(users, pledges, shares, strict=True), 1)
    ]
    store.set_up(box_id)
    with transaction():
        box = queries.box(box_id, for_update=True)
        service.require_stage(box, Stage.SET_UP)
        box.public_key, box.stage = public, Stage.CASTING.value
        db.session.add_all(rows)
        box.charter = records.charter(box, [one.office for one in pledges])
        records.enter(box, "charter")
        log.audit("ballot_box.shares_taken", "ballot_box", box_id, witnesses=len(rows))


def restored_key(box_id: UUID, present: Mapping[str, str]) -> tuple[X25519PrivateKey, list[str]]:
    """Put a box's key together; returns it with the offices of those present.

    Opens its own transactions.

    Args:
        present: passphrases by user name.

    Raises:
        WitnessesNeeded: they are too few, or not all are witnesses of this box.
        PassphraseWrong, TooManyAttempts: of one of them.
        SealingError: the shares do not give the box's key.
    """
    with transaction(write=False):
        box = queries.box(box_id)
        held = {one.user.username: one for one in queries.witnesses(box_id)}
        if len(present) < box.threshold or present.keys() - held.keys():
            raise WitnessesNeeded(count=box.threshold)
        here = [one for name, one in held.items() if name in present]
        passphrases.require_patience([one.user_id for one in here], _PURPOSE)
    shares = {one.number: _opened(one, present[one.user.username]) for one in here}
    try:
        key = X25519PrivateKey.from_private_bytes(secret_sharing.restore(shares))
    except ValueError as error:
        raise sealing.SealingError("other-key") from error
    if key.public_key().public_bytes_raw().hex() != box.public_key:
        raise sealing.SealingError("other-key")
    return key, [one.office for one in here]


def _witnesses(box: BallotBox, pledges: Sequence[Pledge], address: str) -> list[User]:
    """Return the witnesses' accounts, proven by their passwords."""
    if not box.threshold <= len(pledges) <= MOST:
        raise WitnessesNeeded(count=box.threshold)
    passphrases.require_strong(
        [one.passphrase for one in pledges], [one.password for one in pledges]
    )
    users = [identity.require_password(one.username, one.password, address) for one in pledges]
    ids = {one.id for one in users}
    # Whoever set the box up, or belongs to a unit that may be judged, sees to nothing here.
    if len(ids) < len(users) or box.set_up_by in ids or any(one.unit_id for one in users):
        raise WitnessesNeeded(count=box.threshold)
    return users


def _share(
    box_id: UUID, number: int, user: User, pledge: Pledge, share: bytes, cost: sealing.Cost | None
) -> BallotWitness:
    wrapped: dict[str, Any] = passphrases.wrapped(
        share, pledge.passphrase, _context(box_id, number, user.id), cost
    )
    return BallotWitness(
        box_id=box_id,
        number=number,
        user_id=user.id,
        office=pledge.office.strip(),
        wrapped=wrapped,
    )


def _opened(witness: BallotWitness, passphrase: str) -> bytes:
    return passphrases.unwrapped(
        witness.wrapped or {},
        passphrase,
        _context(witness.box_id, witness.number, witness.user_id),
        user=witness.user,
        purpose=_PURPOSE,
    )


def _context(box_id: UUID, number: int, user_id: UUID) -> str:
    return f"ballot share {box_id} {number} {user_id}"
