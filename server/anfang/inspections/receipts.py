"""Receipts: what the office signs for a version of a record (PROTOCOL §4). Pure.

`media` names the photos that the office holds for the record at that moment; in a complete receipt
they are all that the record declares. `received_at` and `log_by` are the version's own and do not
move when the receipt is issued anew.
"""

import hashlib
from collections.abc import Collection
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from anfang.kit.clock import local_day, rfc3339

RECEIPT_TYP: Final = "receipt+jwt"
SALT_BYTES: Final = 16


def commitment(salt: bytes, certificate: str) -> str:
    """Hex SHA-256(salt16 ‖ certificate): binds the office to a certificate without showing it.

    Raises:
        ValueError: the salt has not 16 bytes.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError("a receipt's salt has 16 bytes")
    return hashlib.sha256(salt + certificate.encode("ascii")).hexdigest()


def log_by(received_at: datetime, zone: ZoneInfo) -> datetime:
    """Return by when the log must hold the entry: the end of the office's next day.

    The log is sealed every night, so a night that fails is made good before the promise is broken.
    """
    morrow = local_day(received_at, zone) + timedelta(days=2)
    return datetime.combine(morrow, time(), tzinfo=zone).astimezone(UTC)


def payload(
    *,
    record_id: UUID,
    record_sha256: str,
    certificate_commitment: str,
    received_at: datetime,
    log_by: datetime,
    declared: Collection[str],
    held: Collection[str],
) -> dict[str, Any]:
    """Return what a receipt says.

    Args:
        declared: the record's media.
        held: what the office holds for the record.
    """
    return {
        "record": str(record_id),
        "record_sha256": record_sha256,
        "certificate_commitment": certificate_commitment,
        "received_at": rfc3339(received_at),
        "complete": set(declared) <= set(held),
        "media": sorted(set(held) & set(declared)),
        "log_by": rfc3339(log_by),
    }
