"""Verbs of proving: a session shows its second factor, at sign-in and again before what matters."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from anfang.identity import factor_queries as factors
from anfang.identity import passkeys, queries, recovery, totp
from anfang.identity.errors import FactorWrong
from anfang.identity.models import SignInFailure, User, UserSession
from anfang.kit.clock import now
from anfang.kit.db import db, lock_row
from anfang.kit.errors import TooManyAttempts
from anfang.kit.ids import sha256_hex
from anfang.log import service as log

SESSION_LIFETIME: Final = timedelta(hours=10)
UNPROVEN_LIFETIME: Final = timedelta(minutes=15)
"""Of a session that has only the password."""
_LIMITS: Final = ((timedelta(minutes=15), 5), (timedelta(days=1), 20))
"""Wrong answers of one account, in a window. Twenty a day of a million codes, three of which hold
at a time, leave whoever knows the password one chance in sixteen thousand."""


@dataclass(frozen=True)
class Proof:
    """One of the three ways to prove a second factor; the others are None."""

    code: str | None = None
    recovery_code: str | None = None
    passkey: dict[str, Any] | None = None


def prove(session: UserSession, proof: Proof) -> None:
    """Note that a session has proven a second factor of its account.

    Raises:
        FactorWrong: it has not; counted.
        PasskeyCloned: a passkey's counter did not grow.
        TooManyAttempts: too many wrong answers before.
    """
    _guarded(session.user, lambda: _holds(session, proof))
    _note(session)
    log.audit("session.proved", "user", session.user_id, kind=_kind(proof))


def confirm_totp(session: UserSession, code: str) -> list[str] | None:
    """Let offered one-time codes count; returns recovery codes where it is the first factor.

    Raises:
        FactorWrong: the code is not one of the offered secret; counted.
        TooManyAttempts: too many wrong answers before.
    """
    is_first = not factors.has_factor(session.user_id)

    def confirmed() -> bool:
        totp.confirm(session.user, code)
        return True

    _guarded(session.user, confirmed)
    return _added(session, is_first=is_first)


def register_passkey(
    session: UserSession, name: str, credential: dict[str, Any]
) -> list[str] | None:
    """Keep a new passkey; returns recovery codes where it is the first factor.

    Raises:
        FactorWrong: see `passkeys.register`.
    """
    is_first = not factors.has_factor(session.user_id)
    passkeys.register(session, name, credential)
    return _added(session, is_first=is_first)


def _added(session: UserSession, *, is_first: bool) -> list[str] | None:
    _note(session)
    return recovery.renew(session.user_id) if is_first else None


def _guarded(user: User, holds: Callable[[], bool]) -> None:
    """Count what does not hold; one attempt of an account at a time, or counting would not do."""
    lock_row(User, user.id)
    subject = _subject(user.id)
    for window, limit in _LIMITS:
        if queries.failures_since(subject, window) >= limit:
            raise TooManyAttempts(retry_after=int(window.total_seconds()))
    try:
        right = holds()
    except FactorWrong:
        right = False
    if not right:
        db.session.add(SignInFailure(subject_sha256=subject))
        log.audit("factor.wrong", "user", user.id)
        raise FactorWrong


def _holds(session: UserSession, proof: Proof) -> bool:
    if proof.passkey is not None:
        return passkeys.takes(session, proof.passkey)
    if proof.recovery_code is not None:
        return recovery.takes(session.user_id, proof.recovery_code)
    factor = factors.totp_of(session.user_id)
    if factor is None or factor.confirmed_at is None:
        return False
    return totp.takes(factor, proof.code or "")


def _note(session: UserSession) -> None:
    if session.proved_at is None:
        session.expires_at = session.created_at + SESSION_LIFETIME
    session.proved_at = now()


def _kind(proof: Proof) -> str:
    if proof.passkey is not None:
        return "passkey"
    return "recovery" if proof.recovery_code is not None else "totp"


def _subject(user_id: UUID) -> str:
    return sha256_hex(f"factor {user_id}".encode())
