"""Media to upload: declared for a record, and the record that a phone delivers them for."""

import base64
import uuid
from collections.abc import Sequence
from uuid import UUID

from anfang.evidence import queries, service
from anfang.identity import queries as identity
from anfang.kit.db import transaction
from anfang.kit.principal import Device
from support.phone import Phone, sha256


def caller(phone: Phone) -> Device:
    """Return the principal that a phone's token stands for."""
    enrolled = identity.enrolled_device(UUID(phone.device))
    return Device(id=enrolled.id, inspector=enrolled.inspector_id)


def declared(
    phone: Phone,
    media: Sequence[bytes],
    *,
    record: str | None = None,
    mime: str | None = None,
    digests: Sequence[str] | None = None,
) -> str:
    """Let a phone deliver media for a record, as POST /records does; returns the record's id."""
    record = record or str(uuid.uuid4())
    hashes = list(digests or [sha256(data) for data in media])
    with transaction():
        mimes = dict.fromkeys(hashes, mime) if mime else {}
        service.declare(UUID(record), caller(phone), hashes, mimes)
    return record


def held(phone: Phone, record: str) -> list[str]:
    """Return what the office holds of a record's media."""
    with transaction(write=False):
        return queries.held(UUID(record), caller(phone).inspector)


def tus(**headers: str | int) -> dict[str, str]:
    """Return tus headers: `tus(upload_offset=5)` gives `Upload-Offset: 5`."""
    named = {name.replace("_", "-").title(): str(value) for name, value in headers.items()}
    return {"Tus-Resumable": "1.0.0", **named}


def metadata(**pairs: str) -> str:
    """Return an Upload-Metadata value."""
    return ",".join(f"{n} {base64.b64encode(v.encode()).decode()}" for n, v in pairs.items())
