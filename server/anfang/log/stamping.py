"""Verbs of stamping: every checkpoint gets a stamp of the configured authority, sooner or later.

A stamp is the one proof of time that does not rest on the office's word (PROTOCOL, preface). An
authority that is away only delays: the event comes again until the stamps are there.
"""

import base64
from dataclasses import dataclass
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from anfang.kit import stamps
from anfang.kit.db import db, transaction
from anfang.kit.ids import sha256_hex
from anfang.log import authority
from anfang.log.models import LogCheckpoint, LogStamp


@dataclass(frozen=True)
class Configured:
    """The stamping authority of this installation; `name` is the hash of its certificates."""

    url: str
    pem: bytes

    @property
    def name(self) -> str:
        """SHA-256 of the certificate file, hex."""
        return sha256_hex(self.pem)


def configured() -> Configured | None:
    """Return the authority of this installation, None where there is none."""
    url: str | None = current_app.config["TSA_URL"]
    certificate: Path | None = current_app.config["TSA_CERTIFICATE"]
    if url is None or certificate is None:
        return None
    return Configured(url, certificate.read_bytes())


def stamp_waiting() -> int:
    """Have every checkpoint stamped that has no stamp of the configured authority yet.

    The newest first: it covers all that lies below. Opens its own transactions, none while it
    waits for the network; repeating it is harmless. Returns how many stamps came.

    Raises:
        AuthorityUnavailableError, StampError: no stamp that holds; what came before is kept.
    """
    configuration = configured()
    if configuration is None:
        return 0
    known = stamps.read_authority(configuration.pem)
    with transaction(write=False):
        waiting = [(one.size, one.note) for one in unstamped(configuration.name)]
    for size, note in waiting:
        stamp, moment = authority.ask(configuration.url, note.encode(), known)
        with transaction():
            db.session.merge(
                LogStamp(
                    size=size,
                    authority=configuration.name,
                    url=configuration.url,
                    certificates=configuration.pem.decode("ascii"),
                    stamp=base64.b64encode(stamp).decode("ascii"),
                    stamped_at=moment,
                )
            )
    return len(waiting)


def unstamped(name: str) -> list[LogCheckpoint]:
    """Return the checkpoints without a stamp of an authority, the newest first."""
    stamped = select(LogStamp.size).where(LogStamp.authority == name)
    return list(
        db.session.scalars(
            select(LogCheckpoint)
            .where(LogCheckpoint.size.not_in(stamped))
            .order_by(LogCheckpoint.size.desc())
        )
    )
