"""Leaves of the public log (PROTOCOL §6): salted, so that the log shows no visit. Pure.

Leaf = JCS of `{"v":1,"kind","c"}`, `c` = SHA-256(salt16 ‖ JCS({"subject","sha256"})). Whoever is
handed salt, subject and hash in a pack can recompute the leaf; the public cannot guess it.
"""

import hashlib
import secrets
from typing import Final

from anfang.kit import jcs, merkle

SALT_BYTES: Final = 16
KINDS: Final = frozenset(
    {
        "record",
        "media",
        "pixels",
        "review",
        "redaction",
        "notice",
        "reply",
        "draw",
        "survey",
        "ranking",
        "pack",
        "disclosure",
        "deletion",
        "key",
        "ballots",
    }
)


def new_salt() -> bytes:
    """Draw the 16 random bytes that hide one entry."""
    return secrets.token_bytes(SALT_BYTES)


def commitment(salt: bytes, subject: str, sha256: str) -> str:
    """Hex `c` of an entry. Raises `ValueError` unless the salt has 16 bytes."""
    if len(salt) != SALT_BYTES:
        raise ValueError("a leaf salt has 16 bytes")
    opening = jcs.canonical({"subject": subject, "sha256": sha256})
    return hashlib.sha256(salt + opening).hexdigest()


def leaf_bytes(kind: str, c: str) -> bytes:
    """Canonical bytes of a leaf, as the log stores and hashes them.

    Raises `ValueError` for a kind that PROTOCOL §6 does not name.
    """
    if kind not in KINDS:
        raise ValueError("unknown kind of log entry")
    return jcs.canonical({"v": 1, "kind": kind, "c": c})


def leaf_hash(kind: str, subject: str, sha256: str, salt: bytes) -> bytes:
    """Recompute an entry's RFC 6962 leaf hash from its opening. Raises `ValueError`."""
    return merkle.leaf_hash(leaf_bytes(kind, commitment(salt, subject, sha256)))
