"""An independent phone: PROTOCOL §1–5 written from the page, with its own few lines of crypto use.

It shares nothing with the server but the wire.
"""

import base64
import hashlib
import json
import secrets
import uuid
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from anfang.identity import devices as office_devices
from anfang.identity import queries as office_queries
from anfang.identity import service as office_service
from anfang.kit.db import transaction

DISCLOSURES = (
    "day", "visit", "site", "subject", "private", "answers", "remarks", "place", "clock",
    "ride", "media_details", "origin", "note",
)  # fmt: skip


def b64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def jwk_of(key: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    numbers = key.public_key().public_numbers()
    return {
        "kty": "EC",
        "crv": "P-256",
        "x": b64url(numbers.x.to_bytes(32, "big")),
        "y": b64url(numbers.y.to_bytes(32, "big")),
    }


def thumbprint(jwk: dict[str, str]) -> str:
    members = {name: jwk[name] for name in ("crv", "kty", "x", "y")}
    return b64url(hashlib.sha256(json.dumps(members, separators=(",", ":")).encode()).digest())


def jws(key: ec.EllipticCurvePrivateKey, header: dict[str, Any], payload: dict[str, Any]) -> str:
    head = b64url(json.dumps({"alg": "ES256", **header}, separators=(",", ":")).encode())
    body = b64url(json.dumps(payload, separators=(",", ":"), ensure_ascii=False).encode())
    der = key.sign(f"{head}.{body}".encode(), ec.ECDSA(hashes.SHA256()))
    r, s = decode_dss_signature(der)
    return f"{head}.{body}.{b64url(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def payload_of(token: str) -> dict[str, Any]:
    part = token.split(".")[1]
    decoded: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return decoded


def embedded_key(token: str) -> dict[str, str]:
    """Return the public key in a token's own header."""
    key: dict[str, str] = json.loads(_unb64url(token.split(".")[0]))["jwk"]
    return key


def sha256(data: bytes | str) -> str:
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


@dataclass
class Phone:
    """One enrolled phone."""

    client: FlaskClient
    origin: str
    key: ec.EllipticCurvePrivateKey
    device: str = ""
    access_token: str = ""
    ticket: str = ""
    seq: int = 0
    last_link: str | None = None
    record_keys: dict[str, ec.EllipticCurvePrivateKey] = field(default_factory=dict)

    @classmethod
    def enrolled(cls, app: Flask, alias: str, *, origin: str, log_in: bool = True) -> "Phone":
        with transaction():
            inspector = office_queries.inspector_by_alias(alias)
            inspector = inspector or office_service.create_inspector(alias)
            token = office_devices.issue_enrolment(inspector, preconfirmed=True).token
        phone = cls(app.test_client(), origin, new_key())
        answer = phone.enrol(token)
        assert answer.status_code == 201, answer.json
        phone.device = answer.json["device"]
        if log_in:
            phone.log_in()
        return phone

    def enrol(self, token: str, **overrides: Any) -> TestResponse:
        claims = {"aud": self.origin, "token_sha256": sha256(token), "iat": 0, **overrides}
        proof = jws(self.key, {"typ": "enrolment+jwt"}, claims)
        body = {"token": token, "key": jwk_of(self.key), "proof": proof}
        return self.client.post("/api/v1/devices", json=body)

    def challenge(self) -> str:
        answer = self.client.post(f"/api/v1/devices/{self.device}/challenge")
        nonce: str = answer.json["nonce"]
        return nonce

    def login_proof(self, nonce: str) -> str:
        header = {"typ": "login+jwt", "kid": self.device}
        return jws(self.key, header, {"aud": self.origin, "nonce": nonce})

    def log_in(self) -> TestResponse:
        answer = self.client.post(
            f"/api/v1/devices/{self.device}/token",
            json={"proof": self.login_proof(self.challenge())},
        )
        if answer.status_code == 200:
            self.access_token = answer.json["access_token"]
            self.ticket = answer.json["ticket"]
        return answer

    def call(self, method: str, path: str, **options: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.access_token}", **options.pop("headers", {})}
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, **options)

    def bundle(self, **options: Any) -> TestResponse:
        return self.call("GET", "/field/bundle", **options)

    # --- records -----------------------------------------------------------------------

    def sd_jwt(
        self,
        clear: dict[str, Any],
        disclosures: dict[str, Any],
        key: ec.EllipticCurvePrivateKey | None = None,
    ) -> str:
        """Sign a record with its own key (fresh for a new id, the same for a new version)."""
        key = key or self.record_keys.setdefault(clear["id"], new_key())
        encoded = [
            b64url(
                json.dumps(
                    [b64url(secrets.token_bytes(16)), name, value], ensure_ascii=False
                ).encode()
            )
            for name, value in disclosures.items()
        ]
        digests = sorted(b64url(hashlib.sha256(part.encode()).digest()) for part in encoded)
        header = {"typ": "inspection+sd-jwt", "jwk": jwk_of(key)}
        token = jws(key, header, {**clear, "_sd": digests, "_sd_alg": "sha-256"})
        return "~".join([token, *encoded, ""])

    def certificate(self, record_id: str, key: ec.EllipticCurvePrivateKey) -> str:
        header = {"typ": "record-key+jwt", "kid": self.device}
        return jws(self.key, header, {"record": record_id, "jkt": thumbprint(jwk_of(key))})

    def link(self, certificate: str) -> str:
        claims = {
            "certificate_sha256": sha256(certificate),
            "seq": self.seq,
            "prev": sha256(self.last_link) if self.last_link else None,
        }
        link = jws(self.key, {"typ": "device-chain+jwt", "kid": self.device}, claims)
        self.seq, self.last_link = self.seq + 1, link
        return link

    def submission(
        self, clear: dict[str, Any], disclosures: dict[str, Any], **overrides: Any
    ) -> dict[str, Any]:
        """Build the body of POST /records."""
        record = self.sd_jwt(clear, disclosures)
        certificate = self.certificate(clear["id"], self.record_keys[clear["id"]])
        body = {"record": record, "certificate": certificate, "link": self.link(certificate)}
        return {**body, **overrides}

    def send(self, body: dict[str, Any]) -> TestResponse:
        return self.call("POST", "/records", json=body)

    def file(self, clear: dict[str, Any], disclosures: dict[str, Any]) -> TestResponse:
        """Sign a record and send it."""
        return self.send(self.submission(clear, disclosures))

    def witness(self, record_id: str, record_sha256: str, **overrides: Any) -> TestResponse:
        """Confirm another inspector's record with a fresh key."""
        key = new_key()
        claims = {"record": record_id, "record_sha256": record_sha256}
        statement = jws(key, {"typ": "witness+jwt", "jwk": jwk_of(key)}, claims)
        certificate = self.certificate(record_id, key)
        body = {
            "statement": statement,
            "certificate": certificate,
            "link": self.link(certificate),
            **overrides,
        }
        return self.call("POST", f"/records/{record_id}/witness", json=body)

    def state(self, record_id: str) -> TestResponse:
        return self.call("GET", f"/records/{record_id}")

    # --- media (tus 1.0.0) ---------------------------------------------------------------

    def create_upload(self, record_id: str, data: bytes, digest: str | None = None) -> TestResponse:
        metadata = {"sha256": digest or sha256(data), "record": record_id}
        return self.call("POST", "/uploads", headers=tus_headers(len(data), metadata))

    def upload(self, record_id: str, data: bytes, digest: str | None = None) -> TestResponse:
        """Send one photo whole; returns the last answer."""
        created = self.create_upload(record_id, data, digest)
        if created.status_code != 201 or int(created.headers.get("Upload-Offset", 0)) == len(data):
            return created
        return self.patch(created.headers["Location"], 0, data)

    def patch(self, location: str, offset: int, data: bytes) -> TestResponse:
        checksum = base64.b64encode(hashlib.sha256(data).digest()).decode()
        headers = {
            "Tus-Resumable": "1.0.0",
            "Upload-Offset": str(offset),
            "Content-Type": "application/offset+octet-stream",
            "Upload-Checksum": f"sha256 {checksum}",
        }
        return self.call("PATCH", location.removeprefix("/api/v1"), headers=headers, data=data)


def record_sha256(record: str) -> str:
    """Name of a version: the hash of its JWS, whatever disclosures go with it."""
    return sha256(record.split("~")[0])


def verified(token: str, jwk: dict[str, str], typ: str) -> dict[str, Any]:
    """Return the payload of an office's JWS; raises InvalidSignature or AssertionError."""
    assert json.loads(_unb64url(token.split(".")[0]))["kid"] == thumbprint(jwk)
    return signed_by(token, jwk, typ)


def signed_by(token: str, jwk: dict[str, str], typ: str) -> dict[str, Any]:
    """Return the payload of an ES256 JWS; raises InvalidSignature or AssertionError."""
    head, body, signature = token.split(".")
    header = json.loads(_unb64url(head))
    assert (header["alg"], header["typ"]) == ("ES256", typ)
    x, y = (int.from_bytes(_unb64url(jwk[name]), "big") for name in ("x", "y"))
    raw = _unb64url(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    key.verify(der, f"{head}.{body}".encode(), ec.ECDSA(hashes.SHA256()))
    return payload_of(token)


def _unb64url(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def tus_headers(length: int, metadata: dict[str, str]) -> dict[str, str]:
    pairs = (
        f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in metadata.items()
    )
    return {
        "Tus-Resumable": "1.0.0",
        "Upload-Length": str(length),
        "Upload-Metadata": ",".join(pairs),
    }


def new_id() -> str:
    return str(uuid.uuid4())


def minimal_record(
    campaign: str, checklist: str, *, media: list[bytes] | None = None, **disclosed: Any
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the clear members and disclosures of a plain record."""
    pictures = media or []
    clear = {
        "v": 1,
        "id": new_id(),
        "campaign": campaign,
        "checklist": checklist,
        "unit": None,
        "supersedes": None,
        "media": sorted({sha256(picture) for picture in pictures}),
    }
    disclosures: dict[str, Any] = dict.fromkeys(DISCLOSURES)
    disclosures["day"] = "2026-11-21"
    disclosures["visit"] = {"outcome": "done", "reason": None}
    disclosures["answers"] = []
    disclosures["media_details"] = [
        {"sha256": sha256(picture), "bytes": len(picture), "mime": "image/jpeg", "source": "file"}
        for picture in pictures
    ]
    disclosures.update(disclosed)
    return clear, disclosures
