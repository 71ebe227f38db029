"""Verbs of one's own account: giving up factors, ending sessions."""

from uuid import UUID

from sqlalchemy import delete

from anfang.identity import factor_queries as factors
from anfang.identity.errors import FactorRequired
from anfang.identity.factor_models import TotpFactor
from anfang.identity.models import User, UserSession
from anfang.identity.standing import is_demanded
from anfang.kit.db import db
from anfang.log import service as log


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
