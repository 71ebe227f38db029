"""SD-JWT envelopes [RFC 9901] as PROTOCOL §4 uses them for records.

`<jws>~<disclosure>~…~`: flat (no disclosure inside a disclosure), no decoys, no key binding,
signed by the key in its own header. What the members *mean* is the inspections room's
affair; here only the envelope is made and checked.
"""

import hashlib
import itertools
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from anfang.kit import jcs, jose

RECORD_TYP = "inspection+sd-jwt"

_SALT_BYTES = 16
_RESERVED = frozenset({"_sd", "_sd_alg", "..."})


class SdJwtError(jose.JoseError):
    """An SD-JWT is refused.

    Reasons beside those of `JoseError`: `form` (no trailing `~`, an empty part), `sd-alg`,
    `sd-list` (`_sd` missing, not hashes, not ascending, doubled), `disclosure` (not
    `[salt, name, value]`), `disclosure-name` (reserved, or doubled, or already in clear),
    `disclosure-foreign` (digest not in `_sd`), `disclosure-missing` (only where all are
    required), `nested` (`_sd` below the top, `...` anywhere).
    """


@dataclass(frozen=True)
class Disclosure:
    """One disclosed member: `encoded` is what stands between the tildes."""

    encoded: str
    salt: str
    name: str
    value: Any

    @property
    def digest(self) -> str:
        """Base64url SHA-256 of the encoded disclosure [RFC 9901 §4.2.3]."""
        return _digest(self.encoded)


@dataclass(frozen=True)
class SdJwt:
    """A verified SD-JWT: members in clear, disclosed members, and the key that signed."""

    jws: jose.Jws
    key: jose.PublicKey
    clear: dict[str, Any]
    disclosed: dict[str, Any]

    @property
    def record_sha256(self) -> str:
        """Hex SHA-256 of the JWS part: the same whichever disclosures go with it."""
        return self.jws.sha256


def issue(
    key: jose.PrivateKey,
    clear: Mapping[str, Any],
    disclosures: Mapping[str, Any],
    *,
    typ: str = RECORD_TYP,
    salts: Mapping[str, bytes] | None = None,
) -> str:
    """Sign `clear` with all `disclosures` attached; salts are random unless given (tests).

    The public half of `key` goes into the header.
    """
    made = [
        _make(name, value, (salts or {}).get(name) or secrets.token_bytes(_SALT_BYTES))
        for name, value in disclosures.items()
    ]
    payload = {
        **clear,
        "_sd": sorted(disclosure.digest for disclosure in made),
        "_sd_alg": "sha-256",
    }
    token = jose.sign(key, payload, typ=typ, jwk=jose.public_jwk(key))
    return "~".join([token, *(disclosure.encoded for disclosure in made), ""])


def split(text: str) -> tuple[str, list[str]]:
    """Cut into JWS and encoded disclosures. Raises `SdJwtError` (`form`)."""
    token, *encoded = text.split("~")
    if not encoded or encoded.pop() != "":
        raise SdJwtError("form", "must end with a tilde (no key binding)")
    if not token or "" in encoded:
        raise SdJwtError("form", "an empty part")
    return token, encoded


def parse_disclosure(encoded: str) -> Disclosure:
    """Decode one disclosure. Raises `JoseError` or `SdJwtError` with the reason."""
    try:
        parts = jcs.loads(jose.b64url_decode(encoded))
    except jcs.StrictJsonError as error:
        raise SdJwtError(error.reason, str(error)) from error
    if not isinstance(parts, list) or len(parts) != 3:
        raise SdJwtError("disclosure", "not an array of three")
    salt, name, value = parts
    if not isinstance(salt, str) or not isinstance(name, str):
        raise SdJwtError("disclosure", "salt and name must be strings")
    if name in _RESERVED:
        raise SdJwtError("disclosure-name", f"{name} is reserved")
    if _holds_reserved(value):
        raise SdJwtError("nested", "a disclosure inside a disclosure")
    return Disclosure(encoded, salt, name, value)


def verify(text: str, *, typ: str = RECORD_TYP, complete: bool) -> SdJwt:
    """Verify signature and disclosures.

    `complete`: every digest of `_sd` must be disclosed (a phone's submission, where a digest
    without disclosure would be a decoy); otherwise some may be withheld (a presentation).
    Raises `JoseError` or `SdJwtError` with the reason.
    """
    token, encoded = split(text)
    jws, key = jose.verify_embedded(token, typ=typ)
    if "..." in jws.payload:
        raise SdJwtError("nested", "an array's placeholder at the top")
    digests = _digests(jws.payload)
    disclosed = _disclosed(jws.payload, [parse_disclosure(part) for part in encoded], digests)
    if complete and len(disclosed) != len(digests):
        raise SdJwtError("disclosure-missing", "not every digest has its disclosure")
    clear = {name: value for name, value in jws.payload.items() if name not in _RESERVED}
    if _holds_reserved(clear):
        raise SdJwtError("nested", "_sd below the top")
    return SdJwt(jws, key, clear, disclosed)


def present(text: str, names: Collection[str]) -> str:
    """Keep the JWS and only the disclosures of these names, in the order they came.

    An allow-list: what is not named does not pass. Raises like `verify`, which it does not
    replace: the signature is not looked at.
    """
    token, encoded = split(text)
    kept = [part for part in encoded if parse_disclosure(part).name in names]
    return "~".join([token, *kept, ""])


def record_sha256(text: str) -> str:
    """Hex SHA-256 of the JWS part of an SD-JWT, unverified. Raises `SdJwtError` (`form`)."""
    token, _ = split(text)
    return hashlib.sha256(token.encode("utf-8")).hexdigest()


def _make(name: str, value: object, salt: bytes) -> Disclosure:
    text = jose.b64url_encode(salt)
    return Disclosure(jose.b64url_encode(jcs.canonical([text, name, value])), text, name, value)


def _digest(encoded: str) -> str:
    return jose.b64url_encode(hashlib.sha256(encoded.encode("ascii")).digest())


def _digests(payload: Mapping[str, Any]) -> list[str]:
    if payload.get("_sd_alg") != "sha-256":
        raise SdJwtError("sd-alg", "only sha-256")
    digests = payload.get("_sd")
    if not isinstance(digests, list) or not all(_is_digest(entry) for entry in digests):
        raise SdJwtError("sd-list", "not a list of digests")
    if any(later <= earlier for earlier, later in itertools.pairwise(digests)):
        raise SdJwtError("sd-list", "not ascending")
    return digests


def _is_digest(entry: object) -> bool:
    if not isinstance(entry, str):
        return False
    try:
        return len(jose.b64url_decode(entry)) == hashlib.sha256().digest_size
    except jose.JoseError:
        return False


def _disclosed(
    payload: Mapping[str, Any], disclosures: list[Disclosure], digests: list[str]
) -> dict[str, Any]:
    known = set(digests)
    members: dict[str, Any] = {}
    for disclosure in disclosures:
        if disclosure.digest not in known:
            raise SdJwtError("disclosure-foreign", f"{disclosure.name} is not of this document")
        if disclosure.name in members or disclosure.name in payload:
            raise SdJwtError("disclosure-name", f"{disclosure.name} stands twice")
        members[disclosure.name] = disclosure.value
    return members


def _holds_reserved(value: object) -> bool:
    """Whether `_sd` or `...` stands anywhere in this value; without recursion."""
    pending: list[object] = [value]
    while pending:
        current = pending.pop()
        if isinstance(current, dict):
            if not _RESERVED.isdisjoint(current):
                return True
            pending.extend(current.values())
        elif isinstance(current, list):
            pending.extend(current)
    return False
