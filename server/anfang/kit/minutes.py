"""Minutes of reviewers' decisions: what the log's `review` entries hash (PROTOCOL §6). Pure.

A minute may leave the office in every pack: what was decided about which record or picture, on
which day. Who decided is not in it. The exact moment, the reviewer's words and the findings are
its *details*; the minute only commits to them, and a full pack opens the commitment.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from anfang.kit import jcs
from anfang.kit.ids import sha256_hex

SALT_BYTES: Final = 16


@dataclass(frozen=True)
class Minute:
    """A minute with the opening of its details; `salt` as hex."""

    document: dict[str, Any]
    details: dict[str, Any]
    salt: str

    @classmethod
    def of(
        cls, subject: Mapping[str, str], decision: str, day: str, details: Mapping[str, Any]
    ) -> Self:
        """Write a minute under a fresh salt.

        Args:
            subject: what was decided about: `record` with `record_sha256`, or with
                `original_sha256` and `png_sha256`.
            day: the office's calendar day of the decision, `2026-11-21`.
            details: what stays in the office unless a full pack opens it.
        """
        salt = secrets.token_bytes(SALT_BYTES)
        document = {
            "v": 1,
            **subject,
            "decision": decision,
            "day": day,
            "details_c": commitment(salt, details),
        }
        return cls(document, dict(details), salt.hex())

    @property
    def sha256(self) -> str:
        """Hash that stands in the log."""
        return sha256_of(self.document)


def sha256_of(document: Mapping[str, Any]) -> str:
    """Hex SHA-256 of a minute's canonical form: the decision's hash of PROTOCOL §6."""
    return sha256_hex(jcs.canonical(dict(document)))


def commitment(salt: bytes, details: Mapping[str, Any]) -> str:
    """Hex SHA-256(salt16 ‖ JCS(details)). Raises `ValueError` unless the salt has 16 bytes."""
    if len(salt) != SALT_BYTES:
        raise ValueError("the salt of a minute has 16 bytes")
    return hashlib.sha256(salt + jcs.canonical(dict(details))).hexdigest()


def opens(document: Mapping[str, Any], details: Mapping[str, Any], salt: str) -> bool:
    """Whether `details` and hex `salt` are what a minute commits to."""
    try:
        return commitment(bytes.fromhex(salt), details) == document.get("details_c")
    except ValueError:
        return False
