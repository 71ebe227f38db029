"""Verbs of one's own account: its password, giving up factors, ending sessions."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete

from anfang.identity import factor_queries as factors
from anfang.identity import service
from anfang.identity.errors import (
    FactorRequired,
    PasswordUnchanged,
    PasswordWrong,
    SignInFailed,
)
from anfang.identity.factor_models import TotpFactor
from anfang.identity.models import User, UserSession
from anfang.identity.passwords import hash_password
from anfang.identity.standing import is_demanded
from anfang.kit.db import db, transaction
from anfang.log import service as log


@dataclass(frozen=True)
class NewPassword:
    """A person's present password, and what is to stand in its place."""

    present: str
    new: str


def change_password(username: str, change: NewPassword, address: str, kept: UUID) -> None:
    """Change one's own password and end one's other sessions, in transactions of its own.

    Args:
        address: where the call comes from; wrong passwords are counted as at sign-in.
        kept: the session that stays.

    Raises:
        PasswordWrong: the present password is wrong.
        PasswordUnchanged: the new one is the same.
        TooManyAttempts: see `service.require_password`.
    """
    try:
        user_id = service.require_password(username, change.present, address).id
    except SignInFailed as failed:
        raise PasswordWrong from failed
    if change.new == change.present:
        raise PasswordUnchanged
    encoded = hash_password(change.new)
    with transaction():
        db.session.get_one(User, user_id).password_hash = encoded
        end_other_sessions(user_id, kept)
        log.audit("password.changed", "user", user_id)


def remove_totp(user: User) -> None:
    """Remove one's own one-time codes; raises FactorRequired for the last demanded factor."""
    _require_another(user, len(factors.passkeys_of(user.id)))
    db.session.execute(delete(TotpFactor).filter_by(user_id=user.id))
    log.audit("factor.removed", "user", user.id, kind="totp")


def remove_passkey(user: User, passkey_id: UUID) -> None:
    """Remove one of one's own passkeys.

    Raises:
        NotFound: the account has no such passkey.
        FactorRequired: it is the last factor of an account that needs one.
    """
    passkey = factors.passkey(user.id, passkey_id)
    totp = factors.totp_of(user.id)
    others = [one for one in factors.passkeys_of(user.id) if one is not passkey]
    _require_another(user, len(others) + int(totp is not None and totp.confirmed_at is not None))
    db.session.delete(passkey)
    log.audit("factor.removed", "user", user.id, kind="passkey", passkey=str(passkey_id))


def _require_another(user: User, left: int) -> None:
    if left == 0 and is_demanded(user.roles, waived=user.factor_waived):
        raise FactorRequired


def end_session(user_id: UUID, session_id: UUID) -> None:
    """End one of one's own sessions; an unknown one, or somebody else's, is no error."""
    db.session.execute(delete(UserSession).filter_by(id=session_id, user_id=user_id))
    log.audit("session.ended", "user", user_id)


def end_other_sessions(user_id: UUID, kept: UUID) -> None:
    """End all of one's own sessions but the present one."""
    others = delete(UserSession).where(UserSession.user_id == user_id, UserSession.id != kept)
    db.session.execute(others)
    log.audit("session.ended", "user", user_id, others=True)
