"""Verbs of chains: check what a phone sends beside a record, and keep its chain of certificates."""

from uuid import UUID

from sqlalchemy import delete, select

from anfang.identity import queries as identity
from anfang.inspections import certificates, queries
from anfang.inspections.certificates import Link
from anfang.inspections.errors import CertificateInvalid
from anfang.inspections.flags import chain
from anfang.inspections.flags.flag import Flag
from anfang.inspections.models import ChainLink, RecordFlag, RecordVersion
from anfang.kit import jose
from anfang.kit.db import db
from anfang.kit.principal import Device


def check(device: Device, record_id: UUID, jkt: str, certificate: str, link: str) -> Link:
    """Check that the calling phone vouches for a key of a record, and that the link is its own.

    Raises:
        CertificateInvalid: certificate or link do not hold.
    """
    key = identity.device_key(device.id)
    if jose.key_thumbprint(key) == jkt:
        # A record key serves one record (PROTOCOL §1): the phone's own would tie all it files.
        raise CertificateInvalid(pointers={"/record": "jwk"})
    certificates.check_certificate(
        certificate, device_id=device.id, device_key=key, record_id=record_id, jkt=jkt
    )
    return certificates.read_link(
        link, device_id=device.id, device_key=key, certificate=certificate
    )


def keep(device: Device, link: Link) -> list[Flag]:
    """Put a link into the phone's chain and return what is odd about its place.

    Links may arrive in another order than they were made: one that fills a gap takes back what was
    said of the link behind it. A link that is there already is not odd.
    """
    near = queries.links_near(device.id, link.sha256, link.seq, link.prev)
    if any(one.link_sha256 == link.sha256 for one in near):
        return []
    own = [one for one in near if one.device_id == device.id]
    found = chain.compare_chain(
        link.seq,
        has_prev=link.prev is not None,
        prev_seq=next((one.seq for one in own if one.link_sha256 == link.prev), None),
        rivals=sum(one.seq == link.seq or one.prev == link.prev for one in own),
    )
    flags = list(found)
    db.session.add(
        ChainLink(
            link_sha256=link.sha256,
            device_id=device.id,
            seq=link.seq,
            prev=link.prev,
            certificate_sha256=link.certificate_sha256,
            link=link.text,
        )
    )
    _close_gap(
        [one.link_sha256 for one in own if one.prev == link.sha256 and one.seq == link.seq + 1]
    )
    return flags


def _close_gap(closed: list[str]) -> None:
    """Take back what was said of links behind a gap, now that the gap is filled."""
    if not closed:
        return
    versions = select(RecordVersion.record_sha256).where(RecordVersion.link_sha256.in_(closed))
    db.session.execute(
        delete(RecordFlag).where(
            RecordFlag.code == chain.GAP, RecordFlag.record_sha256.in_(versions)
        )
    )
