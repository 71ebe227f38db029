"""Verbs of witnessing: a second inspector who was present confirms a record (PROTOCOL §4)."""

from uuid import UUID

from anfang.campaigns import queries as campaigns
from anfang.identity import custody
from anfang.inspections import certificates, chains, queries
from anfang.inspections.errors import OwnRecord, StatementMalformed
from anfang.inspections.models import Record, Witness
from anfang.kit.db import db
from anfang.kit.errors import NotFound, required
from anfang.kit.principal import Device
from anfang.log import service as log


def confirm(device: Device, record_id: UUID, statement: str, certificate: str, link: str) -> bool:
    """Keep an inspector's confirmation of a version; False if it was here before.

    Raises:
        NotFound: no such record in a running campaign.
        OwnRecord: it is the caller's own.
        StatementMalformed: the statement is none, or names no version of this record.
        CertificateInvalid: signatures do not hold together.
    """
    record = required(queries.record_for_update(record_id))
    if record.inspector_id == device.inspector:
        raise OwnRecord
    _require_running(record)
    stated = certificates.read_statement(statement, record_id=record_id)
    checked = chains.check(device, record_id, stated.jkt, certificate, link)
    version = queries.version(stated.record_sha256)
    if version is None or version.record_id != record_id:
        raise StatementMalformed(pointers={"/statement": "record_sha256"})
    chains.keep(device, checked)
    if queries.witness(stated.record_sha256, device.inspector) is not None:
        return False
    db.session.add(
        Witness(
            record_id=record_id,
            record_sha256=stated.record_sha256,
            inspector_id=device.inspector,
            device_id=device.id,
            statement=statement,
            jkt=stated.jkt,
            certificate_box=custody.seal(
                certificate.encode("ascii"), certificates.box_context(stated.record_sha256)
            ),
            link_sha256=checked.sha256,
            quarantined=device.deliver_only,
        )
    )
    db.session.flush()
    log.audit("record.witnessed", "record", record_id)
    return True


def _require_running(record: Record) -> None:
    """A record outside running campaigns looks absent: nobody may feel for foreign records."""
    if record.campaign_id not in {campaign.id for campaign in campaigns.running()}:
        raise NotFound
