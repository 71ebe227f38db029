"""A phone of the demonstration: keys and documents as PROTOCOL §1–4 has them, without a browser."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from anfang.evidence import service as evidence
from anfang.identity import devices
from anfang.identity.models import Inspector
from anfang.inspections import receiving
from anfang.kit import jose, sdjwt
from anfang.kit.db import transaction
from anfang.kit.ids import sha256_hex
from anfang.kit.principal import Device
from anfang.storage import service as storage


@dataclass
class DemoPhone:
    """An enrolled phone with its device key and the end of its chain."""

    device: Device
    key: jose.PrivateKey
    origin: str
    ticket: str = ""
    seq: int = 0
    last_link: str | None = None
    record_keys: dict[str, jose.PrivateKey] = field(default_factory=dict)

    @classmethod
    def enrol(cls, inspector: Inspector, origin: str) -> "DemoPhone":
        """Enrol a new phone for an inspector."""
        key = jose.generate_key()
        with transaction():
            token = devices.issue_enrolment(inspector, preconfirmed=True).token
            claims = {"aud": origin, "token_sha256": sha256_hex(token.encode()), "iat": 0}
            proof = jose.sign(key, claims, typ="enrolment+jwt")
            enrolled = devices.enrol(token, dict(jose.public_jwk(key)), proof)
        return cls(Device(enrolled.id, inspector.id), key, origin)

    def log_in(self) -> None:
        """Fetch a time ticket, as a phone does before its inspector sets out."""
        with transaction():
            nonce, _ = devices.challenge(self.device.id)
        claims = {"aud": self.origin, "nonce": nonce}
        proof = jose.sign(self.key, claims, typ="login+jwt", kid=str(self.device.id))
        with transaction():
            self.ticket = devices.log_in(self.device.id, proof).ticket

    def submit(self, clear: Mapping[str, Any], disclosures: Mapping[str, Any]) -> None:
        """Sign a record with a key of its own and hand it in."""
        key = self.record_keys.setdefault(clear["id"], jose.generate_key())
        record = sdjwt.issue(key, clear, disclosures)
        certificate = jose.sign(
            self.key,
            {"record": clear["id"], "jkt": jose.key_thumbprint(key)},
            typ="record-key+jwt",
            kid=str(self.device.id),
        )
        link = self._link(certificate)
        with transaction():
            receiving.receive(receiving.check(self.device, record, certificate, link))

    def deliver(self, record_id: UUID, pictures: Sequence[bytes]) -> None:
        """Hand in a record's pictures."""
        for picture in pictures:
            digest = sha256_hex(picture)
            storage.put_bytes(storage.media_key(digest), picture)
            with transaction():
                evidence.receive(record_id, self.device.inspector, digest, len(picture))

    def _link(self, certificate: str) -> str:
        claims = {
            "certificate_sha256": sha256_hex(certificate.encode()),
            "seq": self.seq,
            "prev": None if self.last_link is None else sha256_hex(self.last_link.encode()),
        }
        link = jose.sign(self.key, claims, typ="device-chain+jwt", kid=str(self.device.id))
        self.seq, self.last_link = self.seq + 1, link
        return link
