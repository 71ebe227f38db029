"""One-time codes: 128 random bits in letters that are easy to read out and to type. Pure.

Crockford's base 32 without check: no I, L, O, U; what is typed instead of 1 and 0 is understood.
"""

import secrets
from typing import Final

from anfang.kit.ids import sha256_hex

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BITS: Final = 128
_LENGTH: Final = 26
_GROUP: Final = 5
_ALIKE: Final = str.maketrans({"O": "0", "I": "1", "L": "1", " ": None, "-": None})


def new_code() -> str:
    """Return a new code of 26 letters."""
    number, letters = secrets.randbits(_BITS), []
    for _ in range(_LENGTH):
        number, place = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[place])
    return "".join(letters)


def hash_of(typed: str) -> str:
    """Return the hex SHA-256 by which a code is known, however it was typed."""
    return sha256_hex(typed.upper().translate(_ALIKE).encode())


def in_groups(code: str) -> str:
    """Return a code in groups of five, for whoever types it."""
    return "-".join(code[first : first + _GROUP] for first in range(0, len(code), _GROUP))
