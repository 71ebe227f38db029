"""Reads of second factors."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import Select, bindparam, exists, func, or_, select

from anfang.identity.factor_models import FactorReset, Passkey, RecoveryCode, TotpFactor
from anfang.identity.models import UserSession
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.errors import NotFound

# [Note: Statements built once]
_HAS_FACTOR: Final = select(
    or_(
        exists().where(
            TotpFactor.user_id == bindparam("user"), TotpFactor.confirmed_at.is_not(None)
        ),
        exists().where(Passkey.user_id == bindparam("user")),
    )
)


def has_factor(user_id: UUID) -> bool:
    """Tell whether an account has a second factor.

    A suspended passkey counts: whoever holds its twin must not be able to set up another.
    """
    return bool(db.session.scalar(_HAS_FACTOR, {"user": user_id}))


def methods_of(user_id: UUID) -> list[str]:
    """Return by what an account can prove itself: `totp`, `passkey`, `recovery`."""
    totp = totp_of(user_id)
    held = {
        "totp": totp is not None and totp.confirmed_at is not None,
        "passkey": any(one.suspended_at is None for one in passkeys_of(user_id)),
        "recovery": recovery_codes_left(user_id) > 0,
    }
    return [name for name, has in held.items() if has]


def with_factor(user_ids: Sequence[UUID]) -> set[UUID]:
    """Return which of these accounts have a second factor."""
    totp = select(TotpFactor.user_id).where(TotpFactor.confirmed_at.is_not(None))
    either = totp.union(select(Passkey.user_id)).subquery()
    return set(db.session.scalars(select(either.c.user_id).where(either.c.user_id.in_(user_ids))))


def totp_of(user_id: UUID) -> TotpFactor | None:
    """Return an account's one-time codes, confirmed or not."""
    return db.session.get(TotpFactor, user_id)


def passkeys_of(user_id: UUID) -> Sequence[Passkey]:
    """Return an account's passkeys, oldest first, suspended ones among them."""
    return db.session.scalars(
        select(Passkey).filter_by(user_id=user_id).order_by(Passkey.made_at, Passkey.id)
    ).all()


def passkey(user_id: UUID, passkey_id: UUID) -> Passkey:
    """Return one passkey of an account; raises NotFound, also for another account's."""
    found = db.session.get(Passkey, passkey_id)
    if found is None or found.user_id != user_id:
        raise NotFound
    return found


def passkey_by_credential(user_id: UUID, credential_id: str) -> Passkey | None:
    """Return an account's passkey by its credential id (base64url)."""
    return db.session.scalar(
        select(Passkey).filter_by(user_id=user_id, credential_id=credential_id)
    )


def recovery_codes_left(user_id: UUID) -> int:
    """Count the recovery codes that still serve."""
    left = select(func.count()).where(
        RecoveryCode.user_id == user_id, RecoveryCode.spent_at.is_(None)
    )
    return db.session.scalar(left) or 0


def sessions_of(user_id: UUID) -> Sequence[UserSession]:
    """Return an account's live sessions, newest first."""
    return db.session.scalars(
        select(UserSession)
        .where(UserSession.user_id == user_id, UserSession.expires_at > now())
        .order_by(UserSession.created_at.desc(), UserSession.id)
    ).all()


def resets_waiting() -> Select[FactorReset]:
    """Return the statement of resets that wait for their second person, newest first."""
    return (
        select(FactorReset)
        .where(FactorReset.confirmed_at.is_(None), FactorReset.expires_at > now())
        .order_by(FactorReset.asked_at.desc(), FactorReset.id)
    )


def reset_waiting(reset_id: UUID) -> FactorReset:
    """Return a reset that still waits; raises NotFound."""
    found = db.session.get(FactorReset, reset_id)
    if found is None or found.confirmed_at is not None or found.expires_at <= now():
        raise NotFound
    return found
