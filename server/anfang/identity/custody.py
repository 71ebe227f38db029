"""Verbs of custody: the key that two custodians hold together, and what is sealed to it.

[Note: Source protection] Who an inspector is and which phone certified a record key lie in boxes.
Anybody's verb may seal; opening takes both custodians' passphrases, so a copy of the database and
of every key file opens nothing. What derives a key from a passphrase opens its own transactions
(`passphrases.py`).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from flask import current_app
from sqlalchemy import delete

from anfang.identity import passphrases as wrapping
from anfang.identity import queries, service
from anfang.identity.errors import (
    CustodiansNeeded,
    CustodyEstablished,
    CustodyMissing,
)
from anfang.identity.models import (
    CustodyKey,
    CustodyShare,
    Inspector,
    SealedPerson,
    User,
)
from anfang.kit import sealing
from anfang.kit.clock import now
from anfang.kit.db import db, transaction
from anfang.kit.key_files import custody_key_path, write_private_key
from anfang.kit.principal import Person, Role, principal
from anfang.log import service as log

_PADDED_TO: Final = 512
_PURPOSE: Final = "custody"


@dataclass(frozen=True)
class Pledge:
    """A custodian who takes half of the key: the account's password proves who it is."""

    username: str
    password: str
    passphrase: str


class Keyring:
    """The private halves, for as long as one release lasts; never stored, never logged."""

    def __init__(self, newest: X25519PrivateKey, earlier: Mapping[str, str]) -> None:
        """Hold the newest key; `earlier` are the boxes of retired private halves by key id."""
        self._newest, self._earlier = newest, earlier

    def open(self, box: str, context: str) -> bytes:
        """Open a box sealed to this key or to an earlier one; raises SealingError."""
        kid = sealing.sealed_to(box)
        if kid == sealing.key_id(self._newest.public_key()) or kid not in self._earlier:
            return sealing.unseal(self._newest, box, context)
        raw = self.open(self._earlier[kid], _key_context(kid))
        return sealing.unseal(X25519PrivateKey.from_private_bytes(raw), box, context)


def ensure_custody_key() -> str:
    """Return the id of the key to seal to, making the first one if there is none.

    Its private half waits in a key file for the custodians' ceremony, which seals it to a key of
    their own and removes the file: nothing is ever stored readable. A file that outlived its
    ceremony, because the process died in between, is removed here.
    """
    for retired in queries.retired_custody_keys():
        custody_key_path(_folder(), retired.kid).unlink(missing_ok=True)
    present = queries.custody_key()
    return present.kid if present is not None else _make().kid


def seal(plain: bytes, context: str) -> str:
    """Seal bytes so that only the two custodians open them together.

    Args:
        context: what this is and of whom; opening must name the same.
    """
    key = queries.custody_key() or _make()
    return sealing.seal(sealing.public_key(key.public), plain, context)


def seal_members(members: Mapping[str, str], context: str) -> str:
    """Seal what is known of a person, padded: a name's length says something of it.

    Args:
        context: what this is and of whom; `open_members` must name the same.
    """
    text = json.dumps(dict(members), ensure_ascii=False).encode()
    return seal(text.ljust(-(-len(text) // _PADDED_TO) * _PADDED_TO), context)


def open_members(keyring: Keyring, box: str, context: str) -> dict[str, str]:
    """Return what `seal_members` sealed; raises SealingError."""
    opened: dict[str, str] = json.loads(keyring.open(box, context))
    return opened


def keep_person(inspector: Inspector, name: str, contact: str) -> None:
    """Seal who an inspector is, in place of what was sealed before; nobody reads it back here."""
    known = {"name": name, "contact": contact}
    caller = principal()
    db.session.merge(
        SealedPerson(
            inspector_id=inspector.id,
            box=seal_members(known, person_context(inspector.id)),
            sealed_by=caller.id if isinstance(caller, Person) else None,
            sealed_at=now(),
        )
    )
    db.session.flush()
    log.audit("person.sealed", "inspector", inspector.id)


def person_of(keyring: Keyring, inspector_id: UUID) -> dict[str, str] | None:
    """Return name and contact of an inspector; None where nobody has entered them."""
    found = db.session.get(SealedPerson, inspector_id)
    if found is None:
        return None
    return open_members(keyring, found.box, person_context(inspector_id))


def person_context(inspector_id: UUID) -> str:
    """Return what is bound into the box of an inspector's person."""
    return f"person {inspector_id}"


def establish(pledges: Sequence[Pledge], address: str) -> CustodyKey:
    """Hold the ceremony: two custodians take over what is sealed, each under a passphrase.

    Opens its own transactions.

    Args:
        address: where the call comes from, for counting failed passwords.

    Raises:
        CustodyEstablished: it was held before.
        CustodiansNeeded, PassphraseWeak, SignInFailed, TooManyAttempts: see `_taken_on`.
    """
    with transaction(write=False):
        _require_no_custody()
    key = sealing.generate_key()
    shares = _shares(key, _taken_on(pledges, address))
    with transaction():
        _require_no_custody()
        interim = db.session.get_one(CustodyKey, ensure_custody_key())
        established = _enter(key)
        established.established_at = now()
        interim.sealed_private = sealing.seal(
            key.public_key(), _interim_private(interim.kid).private_bytes_raw(),
            _key_context(interim.kid),
        )  # fmt: skip
        interim.retired_at = now()
        db.session.flush()
        db.session.add_all(shares)
        log.audit("custody.established", "custody", established.kid, custodians=_names(shares))
    custody_key_path(_folder(), interim.kid).unlink(missing_ok=True)
    return established


def hand_over(
    present: Mapping[str, str], pledges: Sequence[Pledge], address: str
) -> Sequence[CustodyShare]:
    """Split the same key anew for two custodians: one leaves, or a passphrase changes.

    Both who hold it now must be present with their passphrases. Opens its own transactions.

    Args:
        present: passphrases by the user names of the two present custodians.

    Raises:
        CustodyMissing, CustodiansNeeded, PassphraseWrong, TooManyAttempts: see `unlock`.
        PassphraseWeak, SignInFailed: see `_taken_on`.
    """
    key, kid = _join(present)
    shares = _shares(key, _taken_on(pledges, address))
    with transaction():
        db.session.execute(delete(CustodyShare).filter_by(kid=kid))
        db.session.add_all(shares)
        db.session.flush()
        log.audit("custody.handed_over", "custody", kid, custodians=_names(shares))
    return shares


def require_holder(user_id: UUID) -> None:
    """Raise CustodyMissing or CustodiansNeeded unless an account holds half of the key."""
    key = queries.custody_key()
    if key is None or key.established_at is None:
        raise CustodyMissing
    if user_id not in {share.user_id for share in queries.custody_shares(key.kid)}:
        raise CustodiansNeeded


def unlock(passphrases: Mapping[str, str]) -> Keyring:
    """Put the key together from both custodians' passphrases (by user name), for one release.

    Opens its own transactions; after five wrong passphrases in an hour a custodian must wait.

    Raises:
        CustodyMissing: there was no ceremony yet.
        CustodiansNeeded: these are not the two who hold the key.
        PassphraseWrong: counted against the custodian whose it is.
        TooManyAttempts: too many wrong ones.
    """
    key, kid = _join(passphrases)
    with transaction(write=False):
        earlier = {
            one.kid: one.sealed_private
            for one in queries.retired_custody_keys()
            if one.sealed_private is not None and one.kid != kid
        }
    return Keyring(key, earlier)


def _join(passphrases: Mapping[str, str]) -> tuple[X25519PrivateKey, str]:
    with transaction(write=False):
        key = queries.custody_key()
        if key is None or key.established_at is None:
            raise CustodyMissing
        shares = queries.custody_shares(key.kid)
        if {share.user.username for share in shares} != passphrases.keys():
            raise CustodiansNeeded
        wrapping.require_patience([share.user_id for share in shares], _PURPOSE)
    one, other = (_half(share, passphrases[share.user.username]) for share in shares)
    return sealing.join(one, other), key.kid


def _half(share: CustodyShare, passphrase: str) -> bytes:
    context = _share_context(share.kid, share.user_id)
    return wrapping.unwrapped(share.wrapped, passphrase, context, user=share.user, purpose=_PURPOSE)


def _taken_on(pledges: Sequence[Pledge], address: str) -> list[tuple[User, str]]:
    """Return the two accounts with their passphrases, proven by their passwords.

    Raises:
        PassphraseWeak: too short, or equal to the other one or to a password.
        SignInFailed, TooManyAttempts: a password is wrong.
        CustodiansNeeded: not two custodians, or the caller is not among them.
    """
    if len(pledges) != 2:
        raise CustodiansNeeded
    wrapping.require_strong(
        [pledge.passphrase for pledge in pledges], [pledge.password for pledge in pledges]
    )
    users = [service.require_password(one.username, one.password, address) for one in pledges]
    _require_custodians(users)
    return [(user, one.passphrase) for user, one in zip(users, pledges, strict=True)]


def _require_custodians(users: Sequence[User]) -> None:
    caller, ids = principal(), {user.id for user in users}
    if len(ids) < len(users) or any(Role.CUSTODIAN.value not in user.roles for user in users):
        raise CustodiansNeeded
    # The command line has no caller: whoever sits at the server has both people beside it.
    if isinstance(caller, Person) and caller.id not in ids:
        raise CustodiansNeeded


def _shares(key: X25519PrivateKey, holders: Sequence[tuple[User, str]]) -> list[CustodyShare]:
    kid = sealing.key_id(key.public_key())
    return [
        CustodyShare(
            kid=kid,
            user_id=user.id,
            user=user,
            wrapped=wrapping.wrapped(half, text, _share_context(kid, user.id)),
        )
        for half, (user, text) in zip(sealing.split(key), holders, strict=True)
    ]


def _require_no_custody() -> None:
    present = queries.custody_key()
    if present is not None and present.established_at is not None:
        raise CustodyEstablished


def _make() -> CustodyKey:
    key = sealing.generate_key()
    kid = sealing.key_id(key.public_key())
    write_private_key(custody_key_path(_folder(), kid), sealing.private_pem(key))
    return _enter(key)


def _enter(key: X25519PrivateKey) -> CustodyKey:
    public = key.public_key()
    row = CustodyKey(kid=sealing.key_id(public), public=public.public_bytes_raw().hex())
    db.session.add(row)
    db.session.flush()
    return row


def _interim_private(kid: str) -> X25519PrivateKey:
    return sealing.load_private_pem(custody_key_path(_folder(), kid).read_bytes())


def _names(shares: Sequence[CustodyShare]) -> str:
    return " ".join(sorted(share.user.username for share in shares))


def _share_context(kid: str, user_id: UUID) -> str:
    return f"share {kid} {user_id}"


def _key_context(kid: str) -> str:
    return f"key {kid}"


def _folder() -> Path:
    folder: Path = current_app.config["KEYS"]
    return folder
