"""Verbs of passphrases: wrap what an account holds of a key under the passphrase that it chose.

Deriving a key from a passphrase is slow on purpose: what does it opens its own transactions, and
one derivation runs at a time in a process. Wrong passphrases are counted against the account.
"""

from collections.abc import Sequence
from datetime import timedelta
from threading import Lock
from typing import Any, Final
from uuid import UUID

from anfang.identity import queries
from anfang.identity.errors import PassphraseWeak, PassphraseWrong
from anfang.identity.models import SignInFailure, User
from anfang.kit import sealing
from anfang.kit.db import db, transaction
from anfang.kit.errors import TooManyAttempts
from anfang.kit.ids import sha256_hex
from anfang.log import service as log

SHORTEST: Final = 16
_FAILURES: Final = 5
_WINDOW: Final = timedelta(hours=1)
_deriving: Final = Lock()


def require_strong(passphrases: Sequence[str], passwords: Sequence[str]) -> None:
    """Raise PassphraseWeak for one that is too short, or equal to another or to a password."""
    short = any(len(one) < SHORTEST for one in passphrases)
    alike = len(set(passphrases)) < len(passphrases) or set(passphrases) & set(passwords)
    if short or alike:
        raise PassphraseWeak(shortest=SHORTEST)


def wrapped(
    secret: bytes, passphrase: str, context: str, cost: sealing.Cost | None = None
) -> dict[str, Any]:
    """Wrap bytes under a passphrase; returns the form that a table holds.

    Args:
        cost: less than `sealing.COST` only under a passphrase that protects nothing: the
            demonstration's are public.
    """
    with _deriving:
        return sealing.wrap(secret, passphrase, context, cost or sealing.COST).as_json()


def require_patience(user_ids: Sequence[UUID], purpose: str) -> None:
    """Raise TooManyAttempts where an account gave too many wrong ones; in a transaction."""
    for user_id in user_ids:
        if queries.failures_since(_subject(purpose, user_id), _WINDOW) >= _FAILURES:
            raise TooManyAttempts


def unwrapped(
    held: dict[str, Any], passphrase: str, context: str, *, user: User, purpose: str
) -> bytes:
    """Return what `wrapped` wrapped; opens its own transaction where it fails.

    Args:
        purpose: what is opened: failures are counted for it apart (`custody`, `ballots`).

    Raises:
        PassphraseWrong: it does not open it; this was counted and is in the trail.
    """
    try:
        with _deriving:
            return sealing.unwrap(sealing.WrappedHalf.from_json(held), passphrase, context)
    except sealing.SealingError as error:
        with transaction():
            db.session.add(SignInFailure(subject_sha256=_subject(purpose, user.id)))
            log.audit(f"{purpose}.passphrase_wrong", "user", user.id)
            raise PassphraseWrong(who=user.display_name) from error


def _subject(purpose: str, user_id: UUID) -> str:
    return sha256_hex(f"{purpose} {user_id}".encode())
