"""Reads of identity."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, func, select

from anfang.identity.models import (
    CustodyKey,
    CustodyShare,
    DeviceToken,
    EnrolledDevice,
    Inspector,
    OfficeKey,
    SealedPerson,
    SignInFailure,
    SignInPlace,
    User,
    UserSession,
)
from anfang.kit import jose
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.errors import required
from anfang.kit.names import Names

# [Note: Statements built once]
_BEARER: Final = (
    select(EnrolledDevice.id, EnrolledDevice.inspector_id, EnrolledDevice.revoked_at)
    .join(DeviceToken, DeviceToken.device_id == EnrolledDevice.id)
    .where(
        DeviceToken.token_sha256 == bindparam("token"), DeviceToken.expires_at > bindparam("now")
    )
)
_SIGNING: Final = (
    select(OfficeKey.kid)
    .where(OfficeKey.retired_at.is_(None))
    .order_by(OfficeKey.created_at.desc())
    .limit(1)
)
_SEALING: Final = (
    select(CustodyKey)
    .where(CustodyKey.retired_at.is_(None))
    .order_by(CustodyKey.made_at.desc())
    .limit(1)
)
_SESSION: Final = select(UserSession).where(UserSession.token_sha256 == bindparam("token"))
_DISPLAY_NAMES: Final = Names(User.id, User.display_name)
_ALIASES: Final = Names(Inspector.id, Inspector.alias)
_JWK: Final = select(EnrolledDevice.jwk).where(EnrolledDevice.id == bindparam("id"))


def user_by_username(username: str) -> User | None:
    """Return an account by its name."""
    return db.session.scalar(select(User).filter_by(username=username))


def user(user_id: UUID) -> User:
    """Return an account; raises NotFound."""
    return required(db.session.get(User, user_id))


def users_listed() -> Select[User]:
    """Return the statement of all accounts, by name."""
    return select(User).order_by(User.username)


def users_in_role(role: str) -> list[UUID]:
    """Return the accounts that hold a role; roles are a list in JSON, so they are read, not asked.

    An office has some hundred accounts at most.
    """
    rows = db.session.execute(select(User.id, User.roles))
    return [row.id for row in rows if role in row.roles]


def accounts(ids: Collection[UUID]) -> dict[UUID, User]:
    """Return accounts by id, for lists that say who did something and in which role."""
    found = db.session.scalars(select(User).where(User.id.in_(ids)))
    return {one.id: one for one in found}


def display_names(ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return the display names of accounts, for lists that mention who decided."""
    return _DISPLAY_NAMES.of(ids)


def live_session(token_sha256: str) -> UserSession | None:
    """Return a session that has not expired and whose account is active."""
    found = db.session.scalar(_SESSION, {"token": token_sha256})
    if found is None or found.expires_at <= now() or not found.user.active:
        return None
    return found


def failures_since(subject_sha256: str, window: timedelta) -> int:
    """Count failed sign-ins of an account name or address within the window."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(SignInFailure)
            .where(
                SignInFailure.subject_sha256 == subject_sha256, SignInFailure.at > now() - window
            )
        )
        or 0
    )


def is_known_place(subject_sha256: str, window: timedelta) -> bool:
    """Tell whether an account has signed in from an address within the window."""
    found = db.session.get(SignInPlace, subject_sha256)
    return found is not None and found.at > now() - window


def has_inspectors() -> bool:
    """Tell whether anybody is registered."""
    return db.session.scalar(select(Inspector.id).limit(1)) is not None


def inspector(inspector_id: UUID) -> Inspector:
    """Return an inspector; raises NotFound."""
    return required(db.session.get(Inspector, inspector_id))


def inspector_by_alias(alias: str) -> Inspector | None:
    """Return an inspector by alias."""
    return db.session.scalar(select(Inspector).filter_by(alias=alias))


def inspectors_listed() -> Select[Inspector]:
    """Return the statement of all inspectors, by alias."""
    return select(Inspector).order_by(Inspector.alias, Inspector.id)


def aliases(ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return the aliases of inspectors."""
    return _ALIASES.of(ids)


def enrolled_device(device_id: UUID) -> EnrolledDevice:
    """Return a phone; raises NotFound."""
    return required(db.session.get(EnrolledDevice, device_id))


def devices_listed() -> Select[EnrolledDevice]:
    """Return the statement of all phones, newest enrolment first."""
    return select(EnrolledDevice).order_by(EnrolledDevice.enrolled_at.desc(), EnrolledDevice.id)


@lru_cache(maxsize=4096)
def device_key(device_id: UUID) -> jose.PublicKey:
    """Return the public key of a phone; raises NotFound.

    A phone keeps its key, another key is another phone: so it is read once.
    """
    jwk = required(db.session.scalar(_JWK, {"id": device_id}))
    return jose.key_from_jwk(jwk)


def phone_of_token(token_sha256: str) -> Row[UUID, UUID, datetime | None] | None:
    """Return `id`, `inspector_id` and `revoked_at` of the phone behind an unexpired token."""
    return db.session.execute(_BEARER, {"token": token_sha256, "now": now()}).one_or_none()


def office_keys() -> Sequence[OfficeKey]:
    """Return all office keys, oldest first."""
    return db.session.scalars(select(OfficeKey).order_by(OfficeKey.created_at)).all()


def signing_kid() -> str | None:
    """Return the thumbprint of the office key that signs today."""
    return db.session.scalar(_SIGNING)


def public_office_jwks() -> list[dict[str, str]]:
    """Return the office's public keys as JWKs with their `kid`."""
    return [{**key.jwk, "kid": key.kid} for key in office_keys()]


def introductions() -> list[str]:
    """Return how later office keys were introduced by earlier ones, as compact JWS."""
    return [key.introduction for key in office_keys() if key.introduction is not None]


def custody_key() -> CustodyKey | None:
    """Return the key to which things are sealed today."""
    return db.session.scalar(_SEALING)


def retired_custody_keys() -> Sequence[CustodyKey]:
    """Return the custody keys that came before."""
    return db.session.scalars(select(CustodyKey).where(CustodyKey.retired_at.is_not(None))).all()


def custody_shares(kid: str) -> Sequence[CustodyShare]:
    """Return the two wrapped halves of a custody key, by custodian."""
    return db.session.scalars(
        select(CustodyShare).filter_by(kid=kid).order_by(CustodyShare.user_id)
    ).all()


def persons_listed() -> Select[Any]:
    """Return the statement of all inspectors with when their person was last sealed."""
    statement = (
        select(Inspector, SealedPerson.sealed_at)
        .outerjoin(SealedPerson, SealedPerson.inspector_id == Inspector.id)
        .order_by(Inspector.alias, Inspector.id)
    )
    return cast(Select[Any], statement)


def inspectors_without_person() -> int:
    """Count the inspectors whose person nobody has entered."""
    sealed = select(SealedPerson.inspector_id)
    return db.session.scalar(select(func.count()).where(Inspector.id.not_in(sealed))) or 0
