"""Verbs of the office's signing keys: made once, introduced by an earlier one, logged."""

from pathlib import Path

from flask import current_app

from anfang.identity.errors import OfficeKeyMissing
from anfang.identity.models import OfficeKey
from anfang.identity.queries import signing_kid
from anfang.kit import introductions, jcs, jose
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.ids import sha256_hex
from anfang.kit.key_files import office_key_path, read_office_key, write_private_key
from anfang.log import service as log


def ensure_office_key() -> str:
    """Return the thumbprint of the signing key, making the first one if there is none."""
    return signing_kid() or _make(earlier=None)


def rotate_office_key(*, introduced: bool = True) -> str:
    """Make the next signing key, and retire the present one; returns the thumbprint.

    What the earlier key signed stays verifiable: its public half is kept and handed out.

    Args:
        introduced: by the present key, so that who trusts it trusts the next. After a theft the
            thief could introduce keys as well: the next key then begins a trust of its own.

    Raises:
        OfficeKeyMissing: there is no present key, or, to introduce the next, its file is missing.
    """
    kid = signing_kid()
    if kid is None:
        raise OfficeKeyMissing
    later = _make(signing_key()[1] if introduced else None)
    db.session.get_one(OfficeKey, kid).retired_at = now()
    log.audit("office-key.rotated", "office-key", later, earlier=kid, introduced=introduced)
    return later


def forget_private_half(kid: str) -> bool:
    """Remove a retired key's private file; False where there is none (any more).

    Raises:
        ValueError: the key signs today.
    """
    if kid == signing_kid():
        raise ValueError("the key signs today")
    path = office_key_path(_folder(), kid)
    there = path.exists()
    path.unlink(missing_ok=True)
    return there


def sign(payload: dict[str, object], *, typ: str) -> str:
    """Sign a document of the office as compact JWS with `kid`.

    Raises:
        OfficeKeyMissing: the private key file is not there.
    """
    kid, key = signing_key()
    return jose.sign(key, payload, typ=typ, kid=kid)


def signing_key() -> tuple[str, jose.PrivateKey]:
    """Return thumbprint and private half of the key that signs today.

    Raises:
        OfficeKeyMissing: there is none, or its file is not there.
    """
    kid = signing_kid()
    if kid is None:
        raise OfficeKeyMissing
    try:
        return kid, read_office_key(_folder(), kid)
    except FileNotFoundError as error:
        raise OfficeKeyMissing from error


def _make(earlier: jose.PrivateKey | None) -> str:
    key = jose.generate_key()
    kid = jose.key_thumbprint(key)
    jwk = jose.public_jwk(key)
    write_private_key(office_key_path(_folder(), kid), jose.private_pem(key))
    introduction = None if earlier is None else introductions.introduce(earlier, key.public_key())
    db.session.add(OfficeKey(kid=kid, jwk=jwk, introduction=introduction))
    log.queue("key", kid, sha256_hex(jcs.canonical(dict(jwk))))
    return kid


def _folder() -> Path:
    folder: Path = current_app.config["KEYS"]
    return folder
