"""Reads of what inspections has put into the log, and of what its receipts promised of that."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import exists, select

from anfang.identity import queries as identity
from anfang.inspections import receipts
from anfang.inspections.models import Disclosure, Record, RecordVersion
from anfang.kit import jcs, jose, sdjwt
from anfang.kit.clock import now, rfc3339
from anfang.kit.db import db
from anfang.kit.ids import sha256_hex
from anfang.log.models import LogEntry
from anfang.log.queries import LogFault, LoggedRow

_CHUNKED = {"yield_per": 100}


def versions() -> Iterator[LoggedRow]:
    """Return every version of every record, by record.

    Sound where signature, receipt and members are still those that phone and office signed.
    """
    keys = _readable_keys()
    for one in db.session.scalars(select(RecordVersion), execution_options=_CHUNKED):
        where = f"record_versions {one.record_sha256}"
        sound = _is_as_signed(one) and _is_as_promised(one, keys)
        yield LoggedRow(str(one.record_id), one.record_sha256, where, sound)


def disclosures() -> Iterator[LoggedRow]:
    """Return every release that the custodians opened, by record, or by inspector for an alias."""
    for one in db.session.scalars(select(Disclosure).where(Disclosure.opened_at.is_not(None))):
        sound = sha256_hex(jcs.canonical(one.document)) == one.sha256
        subject = one.record_id or one.inspector_id
        yield LoggedRow(str(subject), str(one.sha256), f"disclosures {one.id}", sound)


def faults() -> Iterator[LogFault]:
    """Return records whose newest version is gone, and promises of the log that were broken."""
    named = exists().where(RecordVersion.record_sha256 == Record.newest_sha256)
    for record_id in db.session.scalars(select(Record.id).where(~named)):
        yield LogFault("row-missing", f"record_versions of {record_id}")
    for one in overdue():
        yield LogFault("log-by-missed", f"record_versions {one.record_sha256}")


def overdue() -> Sequence[RecordVersion]:
    """Return versions without a place in the log though their receipts' `log_by` has passed."""
    placed = exists().where(
        LogEntry.sha256 == RecordVersion.record_sha256,
        LogEntry.kind == "record",
        LogEntry.position.is_not(None),
    )
    return db.session.scalars(
        select(RecordVersion)
        .where(RecordVersion.log_by < now(), ~placed)
        .order_by(RecordVersion.log_by, RecordVersion.record_sha256)
    ).all()


def _readable_keys() -> dict[str, jose.PublicKey]:
    """Return the office's keys; one that was spoilt in the database signs nothing any more."""
    keys = {}
    for jwk in identity.public_office_jwks():
        with suppress(jose.JoseError):
            keys[jwk["kid"]] = jose.key_from_jwk(jwk)
    return keys


def _is_as_signed(version: RecordVersion) -> bool:
    try:
        signed = sdjwt.verify(version.sdjwt, complete=True)
    except jose.JoseError:
        return False
    return (
        signed.record_sha256 == version.record_sha256
        and signed.clear == version.clear
        and signed.disclosed == version.content
        and signed.clear["id"] == str(version.record_id)
        and jose.key_thumbprint(signed.key) == version.jkt
    )


def _is_as_promised(version: RecordVersion, keys: dict[str, jose.PublicKey]) -> bool:
    try:
        said = jose.verify_by_kid(version.receipt, typ=receipts.RECEIPT_TYP, keys=keys).payload
    except jose.JoseError:
        return False
    stored: dict[str, Any] = {
        "record": str(version.record_id),
        "record_sha256": version.record_sha256,
        "certificate_commitment": version.certificate_commitment,
        "received_at": rfc3339(version.received_at),
        "complete": version.completed_at is not None,
        "log_by": rfc3339(version.log_by),
    }
    return {name: said.get(name) for name in stored} == stored
