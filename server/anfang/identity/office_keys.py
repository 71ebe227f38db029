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


def rotate_office_key() -> str:
    """Make the next signing key, introduced by the present one, which retires; its thumbprint.

    What the earlier key signed stays verifiable: its public half is kept and handed out.

    Raises:
        OfficeKeyMissing: there is no present key, or its file is not there.
    """
    kid, earlier = signing_key()
    db.session.get_one(OfficeKey, kid).retired_at = now()
    later = _make(earlier)
    log.audit("office-key.rotated", "office-key", later, earlier=kid)
    return later


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
