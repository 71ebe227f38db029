"""Splitting a secret so that any `threshold` of its holders restore it, and fewer learn nothing.

Shamir's scheme [A. Shamir, How to share a secret, CACM 22(11), 1979] as PyCryptodome has it: over
GF(2^128), so 32 bytes are split as two halves.
"""

from collections.abc import Mapping
from typing import Final

from Crypto.Protocol.SecretSharing import Shamir

SECRET_BYTES: Final = 32
_HALVES: Final = (slice(16), slice(16, 32))


def split(secret: bytes, threshold: int, holders: int) -> list[bytes]:
    """Split 32 bytes; the share of holder n (counted from 1) stands at n - 1.

    Raises:
        ValueError: another size, or not 2 ≤ threshold ≤ holders ≤ 255.
    """
    if len(secret) != SECRET_BYTES or not 2 <= threshold <= holders <= 255:
        raise ValueError("a secret of 32 bytes is split for 2 ≤ threshold ≤ holders ≤ 255")
    halves = [dict(Shamir.split(threshold, holders, secret[half])) for half in _HALVES]
    return [b"".join(half[n] for half in halves) for n in range(1, holders + 1)]


def restore(shares: Mapping[int, bytes]) -> bytes:
    """Restore a secret from shares by their holders' numbers.

    Too few shares, or a wrong one, give a wrong secret: whoever restores compares what it opens.

    Raises:
        ValueError: these are no shares of a secret of 32 bytes.
    """
    return b"".join(
        Shamir.combine([(n, share[half]) for n, share in shares.items()]) for half in _HALVES
    )
