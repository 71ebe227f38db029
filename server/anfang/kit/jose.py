"""ES256 signatures [RFC 7515, 7518], keys [RFC 7517] and thumbprints [RFC 7638].

PROTOCOL §1: verifiers refuse another `alg`, another `typ` than the one named, `crit`, and
private members in a JWK. The office signs deterministically [RFC 6979]. Pure: no clock, no
storage.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from anfang.kit import jcs

PrivateKey = ec.EllipticCurvePrivateKey
PublicKey = ec.EllipticCurvePublicKey
Jwk = Mapping[str, Any]

_ALGORITHM = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
_COORDINATE_BYTES = 32
_PRIVATE_MEMBERS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"})


class JoseError(ValueError):
    """A token, key or signature is refused. `reason` is stable and machine-readable.

    Reasons: `base64url`, `compact`, `json`, `json-duplicate`, `json-number`,
    `alg`, `typ`, `crit`, `kid`, `jwk`, `jwk-private`, `key`, `signature`.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason


@dataclass(frozen=True)
class Jws:
    """One compact JWS, taken apart. `payload` is trustworthy only if `verify…` returned it."""

    token: str
    header: dict[str, Any]
    payload: dict[str, Any]
    signing_input: bytes
    signature: bytes

    @property
    def sha256(self) -> str:
        """Lower-case hex SHA-256 of the compact serialisation, as PROTOCOL names documents."""
        return hashlib.sha256(self.token.encode("ascii")).hexdigest()


# --- base64url -------------------------------------------------------------------------


def b64url_encode(data: bytes) -> str:
    """Encode without padding [RFC 7515 §2]."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def b64url_decode(text: str) -> bytes:
    """Decode unpadded base64url; refuses padding, foreign characters, and second spellings.

    Raises `JoseError` (`base64url`): two spellings of the same bytes would give one document
    two hashes.
    """
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise JoseError("base64url", str(error)) from error
    if b64url_encode(data) != text:
        raise JoseError("base64url", "not the canonical spelling")
    return data


# --- keys ------------------------------------------------------------------------------


def generate_key() -> PrivateKey:
    """Make a fresh P-256 key from the system's randomness."""
    return ec.generate_private_key(ec.SECP256R1())


def private_pem(key: PrivateKey) -> bytes:
    """Serialise a private key as unencrypted PKCS #8 PEM."""
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def public_pem(key: PrivateKey | PublicKey) -> bytes:
    """Serialise the public half as SubjectPublicKeyInfo PEM, as `openssl` reads it."""
    return _public(key).public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def load_private_pem(pem: bytes) -> PrivateKey:
    """Read a P-256 private key from PEM. Raises `JoseError` (`key`)."""
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise JoseError("key", "not an unencrypted private key in PEM") from error
    if not isinstance(key, PrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise JoseError("key", "not a P-256 key")
    return key


def load_public_pem(pem: bytes) -> PublicKey:
    """Read a P-256 public key from PEM. Raises `JoseError` (`key`)."""
    try:
        key = serialization.load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise JoseError("key", "not a public key in PEM") from error
    if not isinstance(key, PublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise JoseError("key", "not a P-256 key")
    return key


def public_jwk(key: PrivateKey | PublicKey) -> dict[str, str]:
    """Give the public half as JWK, only the members that RFC 7638 hashes."""
    numbers = _public(key).public_numbers()
    return {
        "crv": "P-256",
        "kty": "EC",
        "x": b64url_encode(numbers.x.to_bytes(_COORDINATE_BYTES, "big")),
        "y": b64url_encode(numbers.y.to_bytes(_COORDINATE_BYTES, "big")),
    }


def key_from_jwk(jwk: object) -> PublicKey:
    """Read a public P-256 JWK; members without meaning here (`ext`, `key_ops`) are ignored.

    Raises `JoseError`: `jwk-private` if a private member is present, `jwk` if it is not an
    EC P-256 key, a coordinate is not 32 bytes, or the point is not on the curve.
    """
    if not isinstance(jwk, Mapping):
        raise JoseError("jwk", "not an object")
    if not _PRIVATE_MEMBERS.isdisjoint(jwk):
        raise JoseError("jwk-private", "a private member is present")
    if jwk.get("kty") != "EC" or jwk.get("crv") != "P-256":
        raise JoseError("jwk", "not an EC key on P-256")
    try:
        numbers = ec.EllipticCurvePublicNumbers(
            _coordinate(jwk, "x"), _coordinate(jwk, "y"), ec.SECP256R1()
        )
        return numbers.public_key()
    except ValueError as error:
        raise JoseError("jwk", "the point is not on the curve") from error


def jwk_thumbprint(jwk: Jwk) -> str:
    """Base64url SHA-256 thumbprint of an EC P-256 JWK [RFC 7638]. Raises `JoseError`."""
    return b64url_encode(_thumbprint(jwk))


def key_thumbprint(key: PrivateKey | PublicKey) -> str:
    """`jwk_thumbprint` of a key object: the `kid` of office keys."""
    return jwk_thumbprint(public_jwk(key))


def comparison_number(jwk: Jwk) -> str:
    """Give the 20 digits that two people read to each other (PROTOCOL §2).

    The thumbprint as a big-endian integer, modulo 10^20, with leading zeros.
    """
    return f"{int.from_bytes(_thumbprint(jwk), 'big') % 10**20:020d}"


# --- signatures ------------------------------------------------------------------------


def sign(
    key: PrivateKey,
    payload: Mapping[str, Any],
    *,
    typ: str,
    kid: str | None = None,
    jwk: Jwk | None = None,
) -> str:
    """Sign a payload as compact JWS, ES256, deterministic; header and payload in JCS.

    `typ` names the kind of document; `kid` and `jwk` go into the protected header if given.
    """
    header: dict[str, Any] = {"alg": "ES256", "typ": typ}
    if kid is not None:
        header["kid"] = kid
    if jwk is not None:
        header["jwk"] = dict(jwk)
    signing_input = (
        f"{b64url_encode(jcs.canonical(header))}.{b64url_encode(jcs.canonical(dict(payload)))}"
    )
    signature = _sign_p1363(key, signing_input.encode("ascii"))
    return f"{signing_input}.{b64url_encode(signature)}"


def parse(token: str, *, typ: str) -> Jws:
    """Take a compact JWS apart and check its header, but *not* its signature.

    For finding the key that must then verify it. Raises `JoseError` with the reason.
    """
    parts = token.split(".")
    if len(parts) != 3:
        raise JoseError("compact", "not three parts")
    header_bytes, payload_bytes, signature = (b64url_decode(part) for part in parts)
    try:
        header = jcs.loads_object(header_bytes)
        payload = jcs.loads_object(payload_bytes)
    except jcs.StrictJsonError as error:
        raise JoseError(error.reason, str(error)) from error
    if header.get("alg") != "ES256":
        raise JoseError("alg", "only ES256 is accepted")
    if header.get("typ") != typ:
        raise JoseError("typ", f"expected {typ}")
    if _holds_private_members(header.get("jwk")):
        raise JoseError("jwk-private", "a private key stands in the header")
    if "crit" in header:
        raise JoseError("crit", "critical extensions are not understood")
    signing_input = token.rpartition(".")[0].encode("ascii")
    return Jws(token, header, payload, signing_input, signature)


def verify(token: str, *, typ: str, key: PublicKey) -> Jws:
    """Verify a compact JWS of kind `typ` by `key`. Raises `JoseError` with the reason."""
    jws = parse(token, typ=typ)
    check_signature(jws, key)
    return jws


def verify_embedded(token: str, *, typ: str) -> tuple[Jws, PublicKey]:
    """Verify a JWS by the public `jwk` in its own header: who that is, the caller must know.

    Raises `JoseError` with the reason.
    """
    jws = parse(token, typ=typ)
    key = key_from_jwk(jws.header.get("jwk"))
    check_signature(jws, key)
    return jws, key


def verify_by_kid(token: str, *, typ: str, keys: Mapping[str, PublicKey]) -> Jws:
    """Verify a JWS by the one of `keys` that its `kid` names.

    Raises `JoseError`: `kid` if the header names none of them.
    """
    jws = parse(token, typ=typ)
    kid = jws.header.get("kid")
    if not isinstance(kid, str) or kid not in keys:
        raise JoseError("kid", "unknown key")
    check_signature(jws, keys[kid])
    return jws


def check_signature(jws: Jws, key: PublicKey) -> None:
    """Check an already parsed JWS against `key`. Raises `JoseError` (`signature`)."""
    if len(jws.signature) != 2 * _COORDINATE_BYTES:
        raise JoseError("signature", "not 64 bytes")
    r = int.from_bytes(jws.signature[:_COORDINATE_BYTES], "big")
    s = int.from_bytes(jws.signature[_COORDINATE_BYTES:], "big")
    verify_der(key, jws.signing_input, encode_dss_signature(r, s))


def sign_der(key: PrivateKey, data: bytes) -> bytes:
    """Sign bytes deterministically; the DER form that `openssl dgst -verify` reads."""
    return key.sign(data, _ALGORITHM)


def verify_der(key: PublicKey, data: bytes, signature: bytes) -> None:
    """Check a DER ECDSA-SHA-256 signature over `data`. Raises `JoseError` (`signature`)."""
    try:
        key.verify(signature, data, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as error:
        raise JoseError("signature", "does not verify") from error


def _holds_private_members(jwk: object) -> bool:
    return isinstance(jwk, Mapping) and not _PRIVATE_MEMBERS.isdisjoint(jwk)


def _sign_p1363(key: PrivateKey, data: bytes) -> bytes:
    r, s = decode_dss_signature(sign_der(key, data))
    return r.to_bytes(_COORDINATE_BYTES, "big") + s.to_bytes(_COORDINATE_BYTES, "big")


def _public(key: PrivateKey | PublicKey) -> PublicKey:
    return key.public_key() if isinstance(key, PrivateKey) else key


def _thumbprint(jwk: Jwk) -> bytes:
    # Through the key, so that only a valid key and only its required members are hashed.
    return hashlib.sha256(jcs.canonical(public_jwk(key_from_jwk(jwk)))).digest()


def _coordinate(jwk: Jwk, name: str) -> int:
    value = jwk.get(name)
    if not isinstance(value, str):
        raise JoseError("jwk", f"{name} is missing")
    data = b64url_decode(value)
    if len(data) != _COORDINATE_BYTES:
        raise JoseError("jwk", f"{name} is not 32 bytes")
    return int.from_bytes(data, "big")
