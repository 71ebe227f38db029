"""Verbs of identity for phones: enrolment, confirmation, login, revocation (PROTOCOL §1–2)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from flask import current_app
from sqlalchemy import delete

from anfang.identity import queries
from anfang.identity.errors import (
    DeviceKnown,
    DeviceRevoked,
    DeviceUnconfirmed,
    EnrolmentTokenSpent,
    LoginProofRefused,
    ProofInvalid,
    TokenInvalid,
)
from anfang.identity.models import (
    DeviceNonce,
    DeviceToken,
    EnrolledDevice,
    EnrolmentToken,
    Inspector,
)
from anfang.identity.office_keys import ensure_office_key, sign
from anfang.kit import jose
from anfang.kit.clock import local_day, now, rfc3339
from anfang.kit.db import db, lock_row
from anfang.kit.ids import new_secret, sha256_hex
from anfang.kit.principal import Device
from anfang.log import service as log

ENROLMENT_LIFETIME: Final = timedelta(minutes=10)
_NONCE_LIFETIME: Final = timedelta(minutes=5)
_TOKEN_LIFETIME: Final = timedelta(hours=12)
_DELIVERY_AFTER_REVOCATION: Final = timedelta(days=30)


@dataclass(frozen=True)
class Enrolment:
    """A fresh enrolment token; `url` carries it in the fragment, which no server ever sees."""

    token: str
    url: str
    expires_at: datetime


@dataclass(frozen=True)
class DeviceLogin:
    """What a phone gets for a good login; `expires_in` in seconds."""

    access_token: str
    expires_in: int
    ticket: str
    scope: str | None


def issue_enrolment(
    inspector: Inspector, *, preconfirmed: bool, lifetime: timedelta = ENROLMENT_LIFETIME
) -> Enrolment:
    """Make a single-use token for one phone of an inspector.

    Args:
        preconfirmed: the device needs no confirmation (command line, demonstration).
    """
    token = new_secret()
    expires_at = now() + lifetime
    db.session.add(
        EnrolmentToken(
            token_sha256=sha256_hex(token.encode()),
            inspector_id=inspector.id,
            preconfirmed=preconfirmed,
            expires_at=expires_at,
        )
    )
    log.audit("enrolment.issued", "inspector", inspector.id, preconfirmed=preconfirmed)
    url = f"{_origin()}/field#e={token}&k={ensure_office_key()}"
    return Enrolment(token, url, expires_at)


def enrol(token: str, jwk: dict[str, Any], proof: str) -> EnrolledDevice:
    """Redeem an enrolment token for a device key.

    Raises:
        EnrolmentTokenSpent: used, expired or unknown token.
        ProofInvalid: the key is no public P-256 JWK, or the proof was not made by it for this
            origin and token.
        DeviceKnown: the key has been enrolled before.
    """
    token_sha256 = sha256_hex(token.encode())
    permission = lock_row(EnrolmentToken, token_sha256)
    if permission is None or permission.spent_at is not None or permission.expires_at <= now():
        raise EnrolmentTokenSpent
    public = _check_enrolment_proof(jwk, proof, token_sha256)
    thumbprint = jose.jwk_thumbprint(public)
    if db.session.query(EnrolledDevice).filter_by(thumbprint=thumbprint).first() is not None:
        raise DeviceKnown
    permission.spent_at = now()
    device = EnrolledDevice(
        inspector_id=permission.inspector_id,
        jwk=public,
        thumbprint=thumbprint,
        confirmed_at=now() if permission.preconfirmed else None,
    )
    db.session.add(device)
    db.session.flush()
    log.audit("device.enrolled", "device", device.id)
    return device


def confirm(device: EnrolledDevice) -> None:
    """Confirm a phone after both sides compared the 20 digits."""
    if device.confirmed_at is None:
        device.confirmed_at = now()
        log.audit("device.confirmed", "device", device.id)


def revoke(device: EnrolledDevice) -> None:
    """Revoke a phone: for 30 days it may deliver into quarantine, then nothing."""
    if device.revoked_at is None:
        device.revoked_at = now()
        log.audit("device.revoked", "device", device.id)


def challenge(device_id: UUID) -> tuple[str, datetime]:
    """Return a login nonce and when it expires; raises NotFound for an unknown device."""
    device = queries.enrolled_device(device_id)
    db.session.execute(delete(DeviceNonce).where(DeviceNonce.expires_at <= now()))
    nonce, expires_at = new_secret(), now() + _NONCE_LIFETIME
    db.session.add(
        DeviceNonce(
            nonce_sha256=sha256_hex(nonce.encode()), device_id=device.id, expires_at=expires_at
        )
    )
    return nonce, expires_at


def log_in(device_id: UUID, proof: str) -> DeviceLogin:
    """Exchange a proof over a fresh nonce for a bearer token and a time ticket.

    Raises:
        NotFound: unknown device.
        LoginProofRefused: wrong key, audience or nonce, or the nonce has served already.
        DeviceUnconfirmed: the office has not confirmed the device.
        DeviceRevoked: revoked more than 30 days ago.
    """
    device = queries.enrolled_device(device_id)
    nonce = _spend_nonce(device, proof)
    if device.confirmed_at is None:
        raise DeviceUnconfirmed
    _require_delivery(device.revoked_at)
    access_token = new_secret()
    db.session.add(
        DeviceToken(
            token_sha256=sha256_hex(access_token.encode()),
            device_id=device.id,
            expires_at=now() + _TOKEN_LIFETIME,
        )
    )
    device.last_seen_on = _today()
    ticket = sign({"server_time": rfc3339(now()), "nonce": nonce}, typ="ticket+jwt")
    return DeviceLogin(
        access_token=access_token,
        expires_in=int(_TOKEN_LIFETIME.total_seconds()),
        ticket=ticket,
        scope="deliver" if device.revoked_at else None,
    )


def device_of_token(access_token: str) -> Device:
    """Return the phone behind a bearer token.

    Raises:
        TokenInvalid: unknown or expired.
        DeviceRevoked: revoked more than 30 days ago.
    """
    phone = queries.phone_of_token(sha256_hex(access_token.encode()))
    if phone is None:
        raise TokenInvalid
    _require_delivery(phone.revoked_at)
    return Device(
        id=phone.id, inspector=phone.inspector_id, deliver_only=phone.revoked_at is not None
    )


def _today() -> date:
    return local_day(now(), current_app.config["ZONE"])


def _check_enrolment_proof(jwk: dict[str, Any], proof: str, token_sha256: str) -> dict[str, str]:
    try:
        key = jose.key_from_jwk(jwk)
        payload = jose.verify(proof, typ="enrolment+jwt", key=key).payload
    except jose.JoseError as error:
        raise ProofInvalid(pointers={"/proof": error.reason}) from error
    if payload.get("aud") != _origin() or payload.get("token_sha256") != token_sha256:
        raise ProofInvalid(pointers={"/proof": "aud or token_sha256"})
    return jose.public_jwk(key)


def _spend_nonce(device: EnrolledDevice, proof: str) -> str:
    try:
        jws = jose.verify(proof, typ="login+jwt", key=jose.key_from_jwk(device.jwk))
    except jose.JoseError as error:
        raise LoginProofRefused from error
    nonce = jws.payload.get("nonce")
    if jws.header.get("kid") != str(device.id) or jws.payload.get("aud") != _origin():
        raise LoginProofRefused
    if not isinstance(nonce, str):
        raise LoginProofRefused
    spent = db.session.execute(
        delete(DeviceNonce).where(
            DeviceNonce.nonce_sha256 == sha256_hex(nonce.encode()),
            DeviceNonce.device_id == device.id,
            DeviceNonce.expires_at > now(),
        )
    )
    if spent.rowcount != 1:  # type: ignore[attr-defined]
        raise LoginProofRefused
    return nonce


def _require_delivery(revoked_at: datetime | None) -> None:
    if revoked_at is not None and revoked_at + _DELIVERY_AFTER_REVOCATION <= now():
        raise DeviceRevoked


def _origin() -> str:
    origin: str = current_app.config["ORIGIN"]
    return origin
