"""Verbs of one-time codes [RFC 6238]: thirty seconds, six digits, SHA-1, as every app reads them.

The shared secret lies in a box that only a key file opens: a copy of the database alone makes no
codes.
"""

from hmac import compare_digest
from pathlib import Path
from typing import Final
from uuid import UUID

import pyotp
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from flask import current_app

from anfang.identity import factor_queries as factors
from anfang.identity.errors import FactorKnown, FactorWrong
from anfang.identity.factor_models import TotpFactor
from anfang.identity.models import User
from anfang.kit import sealing
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.key_files import factor_key_path, write_private_key
from anfang.log import service as log

_STEP_SECONDS: Final = 30
_DRIFT: Final = (-1, 0, 1)
"""Steps beside the present one that are taken: clocks differ, and typing takes time (§5.2)."""


def ensure_factor_key() -> None:
    """Make the key to which the secrets of one-time codes are sealed, if there is none."""
    path = _key_path()
    if not path.exists():
        write_private_key(path, sealing.private_pem(sealing.generate_key()))


def offer(user: User) -> tuple[str, str]:
    """Make a new secret that counts once a code of it was entered; an earlier offer is replaced.

    Returns:
        The secret in base32, and the `otpauth:` address that apps read from a QR code.

    Raises:
        FactorKnown: the account has one-time codes already; they are removed first.
    """
    known = factors.totp_of(user.id)
    if known is not None and known.confirmed_at is not None:
        raise FactorKnown
    secret = pyotp.random_base32()
    box = sealing.seal(_key().public_key(), secret.encode(), _context(user.id))
    db.session.merge(TotpFactor(user_id=user.id, box=box))
    office = current_app.config["OFFICE"] or current_app.config["LOG_NAME"]
    return secret, pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name=office)


def confirm(user: User, code: str) -> None:
    """Let the offered secret count, for the person's app has made a code of it.

    Raises:
        FactorWrong: nothing was offered, or the code is not one of it.
    """
    factor = factors.totp_of(user.id)
    if factor is None or factor.confirmed_at is not None or not takes(factor, code):
        raise FactorWrong
    factor.confirmed_at = now()
    log.audit("factor.added", "user", user.id, kind="totp")


def takes(factor: TotpFactor, code: str) -> bool:
    """Tell whether a code is right and newer than every code taken before; then it is spent.

    Every step is compared whatever the code: how long it takes says nothing.
    """
    secret = sealing.unseal(_key(), factor.box, _context(factor.user_id)).decode()
    codes, present = pyotp.TOTP(secret), int(now().timestamp()) // _STEP_SECONDS
    steps = [present + drift for drift in _DRIFT]
    right = [step for step in steps if _same(codes.at(step * _STEP_SECONDS), code)]
    newest = max(right, default=0)
    if newest <= factor.last_step:
        return False
    factor.last_step = newest
    return True


def _same(made: str, given: str) -> bool:
    return compare_digest(made.encode(), given.encode())


def _key() -> X25519PrivateKey:
    return sealing.load_private_pem(_key_path().read_bytes())


def _key_path() -> Path:
    folder: Path = current_app.config["KEYS"]
    return factor_key_path(folder)


def _context(user_id: UUID) -> str:
    return f"one-time codes {user_id}"
