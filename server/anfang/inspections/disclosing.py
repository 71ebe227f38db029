"""Verbs of disclosure: the custodians' release, the only way from record or alias to person.

[Note: Source protection] One custodian asks and says why; the other opens, says why, and both give
their passphrases. The entry stands in the log before anything is shown; who it is, is shown in that
one answer and kept nowhere.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from anfang.identity import custody
from anfang.identity import queries as identity
from anfang.inspections import queries
from anfang.inspections.certificates import box_context, read_box
from anfang.inspections.errors import DisclosureOver, OwnRequest
from anfang.inspections.models import Disclosure, RecordVersion
from anfang.kit import jcs
from anfang.kit.clock import now, rfc3339
from anfang.kit.db import db, lock_row, transaction
from anfang.kit.errors import NotFound, required
from anfang.kit.ids import sha256_hex
from anfang.kit.principal import person
from anfang.log import service as log

LIFETIME: Final = timedelta(days=3)
"""How long a request waits for the other custodian."""


@dataclass(frozen=True)
class ReleasedCertificate:
    """A record-key certificate as a pack shows it; `salt` (hex) opens the receipt's commitment."""

    record_sha256: str
    certificate: str
    salt: str
    device_key: dict[str, Any]


@dataclass(frozen=True)
class DisclosedWitness:
    """Who confirmed a version, and the certificate of the key that signed the statement."""

    record_sha256: str
    alias: str
    person: dict[str, str] | None
    statement: str
    certificate: str
    device_key: dict[str, Any]


@dataclass(frozen=True)
class Opened:
    """What the two custodians see, once; `person` is None where nobody has entered one."""

    disclosure: Disclosure
    alias: str
    person: dict[str, str] | None
    certificates: list[ReleasedCertificate]
    witnesses: list[DisclosedWitness]


def ask(
    reason: str,
    *,
    record_id: UUID | None = None,
    inspector_id: UUID | None = None,
    with_certificates: bool = False,
    with_witnesses: bool = False,
) -> Disclosure:
    """Ask for a release about a record, or about an alias.

    Args:
        with_certificates: also release the record's certificates, for packs to show from then on.
        with_witnesses: also show who confirmed the record, with their certificates; kept nowhere.

    Raises:
        NotFound: no such record or inspector.
        CustodyMissing, CustodiansNeeded: the caller holds no half of the key.
    """
    custody.require_holder(person().id)
    if record_id is not None:
        inspector_id = queries.record(record_id).inspector_id
    if inspector_id is None:
        raise NotFound
    disclosure = Disclosure(
        record_id=record_id,
        inspector_id=identity.inspector(inspector_id).id,
        with_certificates=with_certificates and record_id is not None,
        with_witnesses=with_witnesses and record_id is not None,
        reason=reason,
        asked_by=person().id,
        expires_at=now() + LIFETIME,
    )
    db.session.add(disclosure)
    db.session.flush()
    log.audit("disclosure.asked", "disclosure", disclosure.id)
    return disclosure


def open_(disclosure_id: UUID, reason: str, passphrase: str, asker_passphrase: str) -> Opened:
    """Open a release that the other custodian has asked for. Opens its own transactions.

    Raises:
        NotFound: no such request.
        OwnRequest: nobody opens what they asked for themselves.
        DisclosureOver: opened before, or the request's time has run out.
        CustodyMissing, CustodiansNeeded, PassphraseWrong, TooManyAttempts: see `custody.unlock`.
    """
    caller = person()
    with transaction(write=False):
        asked = _waiting(disclosure_id)
        if asked.asked_by == caller.id:
            raise OwnRequest
        asker = identity.user(asked.asked_by).username
    keyring = custody.unlock({caller.username: passphrase, asker: asker_passphrase})
    with transaction():
        disclosure = _waiting(disclosure_id)
        opened = _opened(disclosure, keyring)
        _keep(disclosure, caller.id, reason, opened.certificates)
    return opened


def _waiting(disclosure_id: UUID) -> Disclosure:
    found = required(lock_row(Disclosure, disclosure_id))
    if found.opened_at is not None or found.expires_at <= now():
        raise DisclosureOver
    return found


def _opened(disclosure: Disclosure, keyring: custody.Keyring) -> Opened:
    versions = [] if disclosure.record_id is None else queries.versions(disclosure.record_id)
    return Opened(
        disclosure,
        identity.inspector(disclosure.inspector_id).alias,
        custody.person_of(keyring, disclosure.inspector_id),
        [_certificate(one, keyring) for one in versions if disclosure.with_certificates],
        list(_witnesses(disclosure, keyring)),
    )


def _witnesses(disclosure: Disclosure, keyring: custody.Keyring) -> Iterator[DisclosedWitness]:
    if disclosure.record_id is None or not disclosure.with_witnesses:
        return
    for one in queries.witnesses_of(disclosure.record_id):
        certificate = keyring.open(one.certificate_box, box_context(one.record_sha256))
        yield DisclosedWitness(
            one.record_sha256,
            identity.inspector(one.inspector_id).alias,
            custody.person_of(keyring, one.inspector_id),
            one.statement,
            certificate.decode("ascii"),
            dict(identity.enrolled_device(one.device_id).jwk),
        )


def _certificate(version: RecordVersion, keyring: custody.Keyring) -> ReleasedCertificate:
    box = keyring.open(version.certificate_box, box_context(version.record_sha256))
    certificate, salt = read_box(box)
    key = identity.enrolled_device(version.device_id).jwk
    return ReleasedCertificate(version.record_sha256, certificate, salt, dict(key))


def _keep(
    disclosure: Disclosure, opener: UUID, reason: str, certificates: list[ReleasedCertificate]
) -> None:
    disclosure.opened_by, disclosure.open_reason, disclosure.opened_at = opener, reason, now()
    disclosure.document = _document(disclosure)
    disclosure.sha256 = sha256_hex(jcs.canonical(disclosure.document))
    disclosure.released = [asdict(one) for one in certificates] or None
    db.session.flush()
    subject = disclosure.record_id or disclosure.inspector_id
    log.queue("disclosure", str(subject), disclosure.sha256)
    log.audit("disclosure.opened", "disclosure", disclosure.id)


def _document(disclosure: Disclosure) -> dict[str, Any]:
    record = disclosure.record_id
    return {
        "v": 1,
        "disclosure": str(disclosure.id),
        "record": None if record is None else str(record),
        "inspector": str(disclosure.inspector_id),
        "certificates": disclosure.with_certificates,
        "witnesses": disclosure.with_witnesses,
        "asked": {
            "by": str(disclosure.asked_by),
            "at": rfc3339(disclosure.asked_at),
            "reason": disclosure.reason,
        },
        "opened": {
            "by": str(disclosure.opened_by),
            "at": rfc3339(disclosure.opened_at or now()),
            "reason": disclosure.open_reason,
        },
    }
