"""A slip's code: 128 random bits for people to type, and what the two stores keep of it. Pure.

The slips' store keeps `fingerprint`, the box keeps `tag`: two one-way functions of the code with
nothing in common. Whoever holds both stores but not the slip cannot tell which belong together.
"""

import hashlib
import hmac
import secrets
from typing import Final

_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without characters that are taken for each other: 0 O, 1 I L, U V."""
_LENGTH: Final = 28
"""30^28 is a little more than 2^137."""
_GROUP: Final = 4


def new_code() -> str:
    """Draw a code as it is printed: seven groups of four characters."""
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return "-".join(drawn[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def as_typed(text: str) -> str:
    """Return a code as it is hashed: in capitals, without what people put between."""
    return "".join(one for one in text.upper() if one in _ALPHABET)


def fingerprint(code: str) -> str:
    """Return what the slips' store knows a code by."""
    return _one_way("slip", code)


def tag(code: str) -> str:
    """Return what keeps a second ballot of the code out of the box, until the sealing erases it."""
    return _one_way("ballot", code)


def mac(key: bytes, *members: str) -> str:
    """Return the office's mark on a row; the key lies in neither store."""
    return hmac.new(key, "\n".join(members).encode(), hashlib.sha256).hexdigest()


def is_marked(key: bytes, given: str, *members: str) -> bool:
    """Tell whether a row carries the office's mark."""
    return hmac.compare_digest(given, mac(key, *members))


def _one_way(purpose: str, code: str) -> str:
    return hashlib.sha256(f"anfang {purpose} {as_typed(code)}".encode()).hexdigest()
