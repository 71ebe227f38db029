"""Ids and hashes as PROTOCOL writes them."""

import hashlib
import secrets
import uuid


def new_id() -> uuid.UUID:
    """Return a random UUIDv4: an id that leaves the office must not be a clock."""
    return uuid.uuid4()


def new_secret(size: int = 32) -> str:
    """Return a URL-safe random secret of `size` bytes."""
    return secrets.token_urlsafe(size)


def sha256_hex(data: bytes) -> str:
    """Return SHA-256 as lower-case hex."""
    return hashlib.sha256(data).hexdigest()
