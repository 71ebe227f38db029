"""Verbs of recovery codes: ten on paper, each in place of a lost factor, once."""

import secrets
from base64 import b32encode
from typing import Final
from uuid import UUID

from sqlalchemy import delete

from anfang.identity.factor_models import RecoveryCode
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.ids import sha256_hex
from anfang.log import service as log

_CODES: Final = 10
_BYTES: Final = 10
"""80 random bits: no guess hits, so a plain hash suffices."""


def renew(user_id: UUID) -> list[str]:
    """Make ten codes in place of all earlier ones; they are shown now and never again."""
    db.session.execute(delete(RecoveryCode).filter_by(user_id=user_id))
    codes = [_new() for _ in range(_CODES)]
    db.session.add_all(
        RecoveryCode(code_sha256=_hash(user_id, one), user_id=user_id) for one in codes
    )
    log.audit("factor.recovery_codes_made", "user", user_id)
    return codes


def takes(user_id: UUID, code: str) -> bool:
    """Tell whether a code serves, and spend it."""
    found = db.session.get(RecoveryCode, _hash(user_id, code))
    if found is None or found.spent_at is not None:
        return False
    found.spent_at = now()
    log.audit("factor.recovery_code_used", "user", user_id)
    return True


def _new() -> str:
    text = b32encode(secrets.token_bytes(_BYTES)).decode().lower()
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def _hash(user_id: UUID, code: str) -> str:
    letters = "".join(code.split()).replace("-", "").lower()
    return sha256_hex(f"recovery code {user_id} {letters}".encode())
