"""Verbs of resets: two people together remove the factors of somebody who has lost them."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete

from anfang.identity import factor_queries as factors
from anfang.identity.errors import SecondPersonNeeded
from anfang.identity.factor_models import FactorReset, Passkey, RecoveryCode, TotpFactor
from anfang.identity.models import User, UserSession
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.principal import person
from anfang.log import service as log

_WAITS: Final = timedelta(days=1)


def ask(user: User, reason: str) -> FactorReset:
    """Ask that an account's factors be removed; it waits a day for another person.

    Raises:
        SecondPersonNeeded: nobody resets their own account.
    """
    caller = person()
    if caller.id == user.id:
        raise SecondPersonNeeded
    reset = FactorReset(
        user_id=user.id, user=user, reason=reason, asked_by=caller.id, expires_at=now() + _WAITS
    )
    db.session.add(reset)
    db.session.flush()
    log.audit("factor.reset_asked", "user", user.id, reset=str(reset.id))
    return reset


def confirm(reset_id: UUID) -> FactorReset:
    """Do what another person has asked for; the account's sessions end.

    Raises:
        NotFound: it is done, has expired, or was never asked for.
        SecondPersonNeeded: the caller asked for it, or it is the caller's account.
    """
    reset, caller = factors.reset_waiting(reset_id), person()
    if caller.id in (reset.asked_by, reset.user_id):
        raise SecondPersonNeeded
    reset.confirmed_by, reset.confirmed_at = caller.id, now()
    clear(reset.user_id)
    log.audit("factor.reset", "user", reset.user_id, reset=str(reset.id))
    return reset


def reset_at_the_server(user: User, reason: str) -> None:
    """Do at once what else takes two people: whoever sits at the server answers for it."""
    clear(user.id)
    log.audit("factor.reset", "user", user.id, at_the_server=True, reason=reason)


def clear(user_id: UUID) -> None:
    """Remove every factor and recovery code of an account, and end its sessions."""
    for table in (TotpFactor, Passkey, RecoveryCode, UserSession):
        db.session.execute(delete(table).filter_by(user_id=user_id))
