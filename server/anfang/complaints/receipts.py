"""Receipt codes: sixteen digits, of which only a slow hash is kept. Pure.

[Note: Receipt code] whoever has the code is the complainant, so it must not be found out: neither
by trying (calls are counted, each try costs the same), nor from a copy of the database (argon2id
over 10^16 codes). One salt for all, for the code alone must find its row.
"""

import hashlib
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from threading import Lock
from typing import Final

from argon2.low_level import Type, hash_secret_raw

DIGITS: Final = 16
_GROUP: Final = 4
_FORM_BYTES: Final = 32
_SALT_BYTES: Final = 16
_one_at_a_time: Final = Lock()


def new_form() -> str:
    """Return a fresh random name of a form: 43 letters of base64url.

    The code is derived from it (`code_of`), so that sending a form twice gives one complaint and
    the same code. Only whoever got the form knows it; it is not kept.
    """
    return secrets.token_urlsafe(_FORM_BYTES)


def is_form(text: str) -> bool:
    """Tell whether a text can be a form's name."""
    try:
        return len(urlsafe_b64decode(text + "=")) == _FORM_BYTES and text.isascii()
    except ValueError:
        return False


def code_of(form: str) -> str:
    """Return the sixteen digits that belong to a form."""
    digest = hashlib.sha256(f"receipt code {form}".encode()).digest()
    return f"{int.from_bytes(digest) % 10**DIGITS:0{DIGITS}d}"


def new_salt() -> str:
    """Return a random salt as base64url."""
    return urlsafe_b64encode(secrets.token_bytes(_SALT_BYTES)).decode("ascii")


def hash_of(typed: str, salt: str) -> str:
    """Return the hash of a code as somebody typed it (hex); spaces and dashes do not matter.

    The work is the same for every text. One is done at a time in a process, so that a flood of
    tries does not take its memory. argon2id with 19 MiB and two passes [RFC 9106, OWASP].
    """
    digits = "".join(one for one in typed if one.isascii() and one.isdigit())
    with _one_at_a_time:
        return hash_secret_raw(
            digits.encode(),
            urlsafe_b64decode(salt),
            time_cost=2,
            memory_cost=19 * 1024,
            parallelism=1,
            hash_len=32,
            type=Type.ID,
        ).hex()


def grouped(code: str) -> str:
    """Return a code as it is written down: `1234 5678 9012 3456`."""
    return " ".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))
