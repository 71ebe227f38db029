"""Verbs of identity for people: accounts, sessions, inspectors."""

from dataclasses import dataclass, replace
from datetime import timedelta
from hmac import compare_digest
from typing import Final
from uuid import UUID

from flask import current_app
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from anfang.identity import factor_queries, queries
from anfang.identity.errors import AliasTaken, SignInFailed, UsernameTaken
from anfang.identity.models import Inspector, SignInFailure, SignInPlace, User, UserSession
from anfang.identity.passwords import hash_password, password_matches
from anfang.identity.proving import SESSION_LIFETIME, UNPROVEN_LIFETIME
from anfang.identity.standing import is_demanded, is_fresh, standing_of
from anfang.kit.clock import local_day, now
from anfang.kit.db import db, transaction
from anfang.kit.errors import CsrfMismatch, TooManyAttempts
from anfang.kit.ids import new_secret, sha256_hex
from anfang.kit.principal import Person, Role, Standing
from anfang.log import service as log

_FAILURE_WINDOW: Final = timedelta(minutes=15)
_FAILURES_HERE: Final = 8
"""Of one account from one address."""
_FAILURES_PER_ADDRESS: Final = 60
_FAILURES_PER_ACCOUNT: Final = 100
"""From everywhere. It does not hold where the account has signed in before: whoever guesses from
many addresses slows down strangers, and never locks out whose account it is."""
_PLACE_IS_KNOWN: Final = timedelta(days=90)
_LONGEST_AGENT: Final = 200


@dataclass(frozen=True)
class SignedIn:
    """A fresh session: `token` goes into the cookie once and is not kept."""

    token: str
    csrf_token: str
    person: Person


def sign_in(username: str, password: str, address: str, agent: str = "") -> SignedIn:
    """Open a session, in transactions of its own; raises like `require_password`.

    Args:
        agent: how the browser calls itself, for the person's own list of sessions.
    """
    user = require_password(username, password, address)
    with transaction():
        return _open_session(user, agent)


def require_password(username: str, password: str, address: str) -> User:
    """Return the account whose name and password these are; failures are counted.

    Opens its own transactions: the slow hash must not hold the write lock.

    Raises:
        SignInFailed: name or password is wrong, or the account is closed.
        TooManyAttempts: too many failures of this name here, from this address, or of this name
            from everywhere while it never signed in here.
    """
    attempt = _Attempt.of(username, address)
    with transaction(write=False):
        _require_attempts_left(attempt)
        user = queries.user_by_username(username)
        encoded = user.password_hash if user is not None and user.active else None
    matches = password_matches(encoded, password)
    with transaction():
        if user is None or not matches:
            db.session.add_all(SignInFailure(subject_sha256=one) for one in attempt.counted)
            raise SignInFailed
        db.session.merge(SignInPlace(subject_sha256=attempt.here, at=now()))
    return user


def sign_out(token: str) -> None:
    """End a session; an unknown one is no error."""
    db.session.execute(delete(UserSession).filter_by(token_sha256=sha256_hex(token.encode())))


def person_of_session(token: str, csrf_token: str | None, *, unsafe: bool) -> Person | None:
    """Return the person behind a session cookie, or None if it is not (or no longer) valid.

    Raises:
        CsrfMismatch: an unsafe call without the session's anti-forgery token.
    """
    session = session_of(token)
    if session is None:
        return None
    if unsafe and not compare_digest(csrf_token or "", session.csrf_token):
        raise CsrfMismatch
    return person_in(session)


def session_of(token: str) -> UserSession | None:
    """Return the live session behind a cookie."""
    return queries.live_session(sha256_hex(token.encode()))


def person_in(session: UserSession) -> Person:
    """Return the principal of a session, with how far its second factor has come."""
    user, proved_at = session.user, session.proved_at
    has_factor = factor_queries.has_factor(user.id)
    demanded = is_demanded(user.roles, waived=user.factor_waived)
    return replace(
        as_person(user),
        standing=standing_of(proved_at=proved_at, has_factor=has_factor, demanded=demanded),
        fresh=is_fresh(proved_at=proved_at, has_factor=has_factor, moment=now()),
    )


def as_person(user: User) -> Person:
    """Return the principal of an account.

    Whoever is confined to a unit acts for it alone: the office's roles give such an account
    nothing, so that no room has to think of a lead who may see one unit only.
    """
    roles = frozenset(Role(role) for role in user.roles)
    return Person(
        id=user.id,
        username=user.username,
        display_name=user.display_name,
        roles=roles if user.unit_id is None else roles & {Role.LIAISON},
        unit=user.unit_id,
    )


def create_user(
    username: str,
    password: str,
    display_name: str,
    roles: list[Role],
    unit_id: UUID | None = None,
    *,
    factor_waived: bool = False,
) -> User:
    """Open an account.

    Args:
        factor_waived: for the demonstration alone: its roles demand no second factor.

    Raises:
        UsernameTaken: another account has the name.
    """
    if queries.user_by_username(username) is not None:
        raise UsernameTaken
    user = User(
        username=username,
        password_hash=hash_password(password),
        display_name=display_name,
        roles=[role.value for role in roles],
        unit_id=unit_id,
        factor_waived=factor_waived,
    )
    db.session.add(user)
    _flush_or(UsernameTaken)
    log.audit("user.created", "user", user.id, roles=" ".join(user.roles))
    return user


def change_user(
    user: User,
    *,
    display_name: str | None = None,
    password: str | None = None,
    roles: list[Role] | None = None,
    active: bool | None = None,
) -> None:
    """Change what is given; a new password or a closed account ends all its sessions."""
    if display_name is not None:
        user.display_name = display_name
    if roles is not None:
        user.roles = [role.value for role in roles]
    if active is not None:
        user.active = active
    if password is not None:
        user.password_hash = hash_password(password)
    if password is not None or active is False:
        db.session.execute(delete(UserSession).filter_by(user_id=user.id))
    log.audit("user.changed", "user", user.id, password=password is not None)


def create_inspector(alias: str) -> Inspector:
    """Register an inspector under an alias; who that is stands nowhere in this room.

    Raises:
        AliasTaken: another inspector has the alias.
    """
    if queries.inspector_by_alias(alias) is not None:
        raise AliasTaken
    inspector = Inspector(alias=alias)
    db.session.add(inspector)
    _flush_or(AliasTaken)
    log.audit("inspector.created", "inspector", inspector.id)
    return inspector


@dataclass(frozen=True)
class _Attempt:
    """What one attempt is counted by, hashed: the counters list nobody."""

    here: str
    address: str
    account: str

    @classmethod
    def of(cls, username: str, address: str) -> "_Attempt":
        said = (f"user {username} from {address}", f"from {address}", f"user {username}")
        return cls(*(sha256_hex(one.encode()) for one in said))

    @property
    def counted(self) -> tuple[str, str, str]:
        return self.here, self.address, self.account


def _require_attempts_left(attempt: _Attempt) -> None:
    known = queries.is_known_place(attempt.here, _PLACE_IS_KNOWN)
    limits = {attempt.here: _FAILURES_HERE, attempt.address: _FAILURES_PER_ADDRESS}
    if not known:
        limits[attempt.account] = _FAILURES_PER_ACCOUNT
    for subject, limit in limits.items():
        if queries.failures_since(subject, _FAILURE_WINDOW) >= limit:
            raise TooManyAttempts(retry_after=int(_FAILURE_WINDOW.total_seconds()))


def _open_session(user: User, agent: str) -> SignedIn:
    token = new_secret()
    session = UserSession(
        token_sha256=sha256_hex(token.encode()),
        user_id=user.id,
        user=user,
        csrf_token=new_secret(),
        agent=agent[:_LONGEST_AGENT],
        created_at=now(),
        expires_at=now() + UNPROVEN_LIFETIME,
    )
    db.session.add(session)
    who = person_in(session)
    if who.standing is Standing.FULL:
        session.expires_at = session.created_at + SESSION_LIFETIME
    log.audit("session.opened", "user", user.id)
    return SignedIn(token, session.csrf_token, who)


def _flush_or(problem: type[AliasTaken] | type[UsernameTaken]) -> None:
    try:
        db.session.flush()
    except IntegrityError as error:
        raise problem from error


def phone_has_news(device_id: UUID, app_version: str | None, unsent: int | None) -> bool:
    """Tell whether `note_phone` would change anything; most calls of a phone change nothing."""
    device = queries.enrolled_device(device_id)
    known = (device.last_seen_on, device.app_version, device.unsent)
    return known != (local_day(now(), current_app.config["ZONE"]), app_version, unsent)


def note_phone(device_id: UUID, app_version: str | None, unsent: int | None) -> None:
    """Keep what a phone says of itself, and the day.

    Args:
        app_version: of the field app; None where the phone does not say.
        unsent: items (records, confirmations) that it holds and the office has not got whole.
    """
    device = queries.enrolled_device(device_id)
    device.last_seen_on = local_day(now(), current_app.config["ZONE"])
    device.app_version, device.unsent = app_version, unsent
