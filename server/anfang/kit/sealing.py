"""Sealing to a key that nobody holds alone: HPKE boxes, a private key in two wrapped halves. Pure.

A box is sealed to a public key and opened only by its private half [RFC 9180, base mode:
DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM]. The private half is split in two by XOR, so
that one half says nothing of it, and each half is wrapped under a passphrase by argon2id [RFC 9106]
and AES-256-GCM. A context (what is sealed, for whom) is bound into every box and every wrapping.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from typing import Any, Final, Self

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from anfang.kit.ids import sha256_hex

_SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_KEY_BYTES: Final = 32
_SALT_BYTES: Final = 16
_NONCE_BYTES: Final = 12


class SealingError(Exception):
    """A box, a wrapping or a key is not what it must be; `reason` is a stable word.

    `not-a-box`, `other-key`, `not-opened` (wrong key or context, or changed), `passphrase`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Cost:
    """What one guess of a passphrase costs: argon2id passes, memory in KiB, lanes."""

    passes: int
    memory_kib: int
    lanes: int


COST: Final = Cost(passes=4, memory_kib=256 * 1024, lanes=4)
"""Four times the memory of RFC 9106's second choice: a release is rare and may take a second."""


@dataclass(frozen=True)
class WrappedHalf:
    """Half of a private key under a passphrase; salt, nonce and box as base64url."""

    cost: Cost
    salt: str
    nonce: str
    box: str

    def as_json(self) -> dict[str, Any]:
        """Return the form that the database holds."""
        cost = {"passes": self.cost.passes, "memory_kib": self.cost.memory_kib}
        return {
            "v": 1,
            "kdf": {"name": "argon2id", **cost, "lanes": self.cost.lanes},
            "salt": self.salt,
            "nonce": self.nonce,
            "box": self.box,
        }

    @classmethod
    def from_json(cls, members: dict[str, Any]) -> Self:
        """Read `as_json`'s form."""
        kdf = members["kdf"]
        cost = Cost(kdf["passes"], kdf["memory_kib"], kdf["lanes"])
        return cls(cost, members["salt"], members["nonce"], members["box"])


def generate_key() -> X25519PrivateKey:
    """Make a private key to which boxes will be sealed."""
    return X25519PrivateKey.generate()


def key_id(key: X25519PublicKey) -> str:
    """Return the first 32 hex digits of SHA-256 over the raw public key."""
    return sha256_hex(key.public_bytes_raw())[:32]


def public_key(raw_hex: str) -> X25519PublicKey:
    """Read a public key from the hex of its 32 bytes."""
    return X25519PublicKey.from_public_bytes(bytes.fromhex(raw_hex))


def private_pem(key: X25519PrivateKey) -> bytes:
    """Write a private key that is not yet in custody as PKCS #8 PEM."""
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def load_private_pem(pem: bytes) -> X25519PrivateKey:
    """Read `private_pem`'s form; raises SealingError for another kind of key."""
    key = serialization.load_pem_private_key(pem, password=None)
    if not isinstance(key, X25519PrivateKey):
        raise SealingError("other-key")
    return key


def seal(key: X25519PublicKey, plain: bytes, context: str) -> str:
    """Seal bytes to a key; the text names it: `<key id>.<base64url of encapsulation ‖ box>`."""
    return f"{key_id(key)}.{_text(_SUITE.encrypt(plain, key, info=context.encode()))}"


def sealed_to(box: str) -> str:
    """Return the id of the key that opens a box; raises SealingError(`not-a-box`)."""
    kid, dot, _ = box.partition(".")
    if not dot or len(kid) != _KEY_BYTES:
        raise SealingError("not-a-box")
    return kid


def unseal(key: X25519PrivateKey, box: str, context: str) -> bytes:
    """Open a box.

    Raises:
        SealingError: `not-a-box`, `other-key`, `not-opened`.
    """
    if sealed_to(box) != key_id(key.public_key()):
        raise SealingError("other-key")
    try:
        return bytes(_SUITE.decrypt(_bytes(box.partition(".")[2]), key, info=context.encode()))
    except (InvalidTag, ValueError) as error:
        raise SealingError("not-opened") from error


def split(key: X25519PrivateKey) -> tuple[bytes, bytes]:
    """Split a private key so that each half alone is a random number."""
    whole = key.private_bytes_raw()
    one = secrets.token_bytes(_KEY_BYTES)
    return one, _xor(whole, one)


def join(one: bytes, other: bytes) -> X25519PrivateKey:
    """Put the two halves of a private key together."""
    return X25519PrivateKey.from_private_bytes(_xor(one, other))


def wrap(half: bytes, passphrase: str, context: str, cost: Cost) -> WrappedHalf:
    """Wrap half a key under a passphrase."""
    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    box = AESGCM(_stretch(passphrase, salt, cost)).encrypt(nonce, half, context.encode())
    return WrappedHalf(cost, _text(salt), _text(nonce), _text(box))


def unwrap(wrapped: WrappedHalf, passphrase: str, context: str) -> bytes:
    """Unwrap half a key; raises SealingError(`passphrase`), also where the wrapping was changed."""
    key = _stretch(passphrase, _bytes(wrapped.salt), wrapped.cost)
    try:
        return AESGCM(key).decrypt(_bytes(wrapped.nonce), _bytes(wrapped.box), context.encode())
    except InvalidTag as error:
        raise SealingError("passphrase") from error


def _stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    return hash_secret_raw(
        passphrase.encode(),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=_KEY_BYTES,
        type=Type.ID,
    )


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _bytes(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (Base64Error, ValueError) as error:
        raise SealingError("not-a-box") from error
