"""Splitting a secret so that any `threshold` of its holders can restore it, and fewer learn nothing.

Shamir's scheme [A. Shamir, How to share a secret, CACM 22(11), 1979] over the integers modulo the
Mersenne prime 2^521 - 1: the secret is a polynomial's value at 0, a share its value at the
holder's number. Pure but for the random coefficients.
"""

import secrets
from collections.abc import Mapping, Sequence
from typing import Final

PRIME: Final = 2**521 - 1
SECRET_BYTES: Final = 32
_SHARE_BYTES: Final = 66


def split(secret: bytes, threshold: int, holders: int) -> list[bytes]:
    """Split 32 bytes; the share of holder n (counted from 1) stands at n - 1.

    Raises:
        ValueError: another size, or not 2 ≤ threshold ≤ holders ≤ 255.
    """
    if len(secret) != SECRET_BYTES or not 2 <= threshold <= holders <= 255:
        raise ValueError("a secret of 32 bytes is split for 2 ≤ threshold ≤ holders ≤ 255")
    coefficients = [int.from_bytes(secret)]
    coefficients += [secrets.randbelow(PRIME) for _ in range(threshold - 1)]
    return [_value(coefficients, n).to_bytes(_SHARE_BYTES) for n in range(1, holders + 1)]


def restore(shares: Mapping[int, bytes]) -> bytes:
    """Restore a secret from shares by their holders' numbers.

    Too few shares, or a wrong one, give a wrong secret: whoever restores compares what it opens.

    Raises:
        ValueError: these shares are no polynomial of a secret of 32 bytes.
    """
    points = {n: int.from_bytes(share) for n, share in shares.items()}
    secret = sum(value * _weight(n, points) for n, value in points.items()) % PRIME
    if secret.bit_length() > SECRET_BYTES * 8:
        raise ValueError("these shares do not belong together")
    return secret.to_bytes(SECRET_BYTES)


def _value(coefficients: Sequence[int], at: int) -> int:
    """Evaluate a polynomial (Horner)."""
    value = 0
    for coefficient in reversed(coefficients):
        value = (value * at + coefficient) % PRIME
    return value


def _weight(n: int, points: Mapping[int, int]) -> int:
    """Return Lagrange's basis polynomial of holder n at 0."""
    above = below = 1
    for other in points:
        if other != n:
            above = above * other % PRIME
            below = below * (other - n) % PRIME
    return above * pow(below, -1, PRIME) % PRIME
