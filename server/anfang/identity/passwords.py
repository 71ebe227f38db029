"""Passwords: argon2id with the library's current parameters."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """Return the encoded argon2id hash."""
    return hasher.hash(password)


def password_matches(encoded: str | None, password: str) -> bool:
    """Tell whether the password is right; takes as long when there is no such account."""
    stand_in = _nobody()
    try:
        return hasher.verify(encoded or stand_in, password) and encoded is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return hasher.hash("nobody has this password")
