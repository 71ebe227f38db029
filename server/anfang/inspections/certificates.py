"""What goes with a record (PROTOCOL §4): record-key certificate, chain link, witness statement.

Pure, office-only. The certificate says which phone vouches for a record key; the link strings a
phone's certificates together, so that one left out or put in later shows.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from anfang.inspections.errors import CertificateInvalid, StatementMalformed
from anfang.kit import jose

CERTIFICATE_TYP: Final = "record-key+jwt"
LINK_TYP: Final = "device-chain+jwt"
STATEMENT_TYP: Final = "witness+jwt"
_HASH: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Link:
    """A verified chain link; `prev` is the hash of the link before, None at the beginning."""

    text: str
    sha256: str
    seq: int
    prev: str | None
    certificate_sha256: str


@dataclass(frozen=True)
class Statement:
    """A verified witness statement; `jkt` is the thumbprint of its fresh key."""

    text: str
    record_sha256: str
    jkt: str


def check_certificate(
    certificate: str, *, device_id: UUID, device_key: jose.PublicKey, record_id: UUID, jkt: str
) -> None:
    """Check that this phone certified this key for this record.

    Raises:
        CertificateInvalid: signature, `typ`, `kid`, `record` or `jkt` differ.
    """
    jws = _verified("/certificate", certificate, CERTIFICATE_TYP, device_key)
    if jws.header.get("kid") != str(device_id):
        raise CertificateInvalid(pointers={"/certificate": "kid"})
    if jws.payload.get("record") != str(record_id):
        raise CertificateInvalid(pointers={"/certificate": "record"})
    if jws.payload.get("jkt") != jkt:
        raise CertificateInvalid(pointers={"/certificate": "jkt"})


def box_text(certificate: str, salt: bytes) -> bytes:
    """Return what the custodians' box of a version holds: the certificate, the receipt's salt."""
    return json.dumps({"certificate": certificate, "salt": salt.hex()}).encode("ascii")


def read_box(box: bytes) -> tuple[str, str]:
    """Return certificate and salt (hex) of `box_text`'s form."""
    members = json.loads(box)
    return members["certificate"], members["salt"]


def box_context(subject: str) -> str:
    """Return what is bound into a certificate's box; `subject` is the certified version's hash."""
    return f"certificate {subject}"


def read_link(link: str, *, device_id: UUID, device_key: jose.PublicKey, certificate: str) -> Link:
    """Check that a link is this phone's and carries this certificate; its place is compared later.

    Raises:
        CertificateInvalid: signature, `typ`, `kid`, `certificate_sha256`, `seq` or `prev` are not
            what they must be.
    """
    jws = _verified("/link", link, LINK_TYP, device_key)
    if jws.header.get("kid", str(device_id)) != str(device_id):
        raise CertificateInvalid(pointers={"/link": "kid"})
    certificate_sha256 = hashlib.sha256(certificate.encode("ascii")).hexdigest()
    if jws.payload.get("certificate_sha256") != certificate_sha256:
        raise CertificateInvalid(pointers={"/link": "certificate_sha256"})
    seq, prev = jws.payload.get("seq"), jws.payload.get("prev")
    if not isinstance(seq, int) or isinstance(seq, bool) or seq < 0:
        raise CertificateInvalid(pointers={"/link": "seq"})
    if prev is not None and not _is_hash(prev):
        raise CertificateInvalid(pointers={"/link": "prev"})
    return Link(link, jws.sha256, seq, prev, certificate_sha256)


def read_statement(statement: str, *, record_id: UUID) -> Statement:
    """Verify a witness statement about a record by the fresh key in its own header.

    Raises:
        StatementMalformed: not a statement of this kind, or about another record.
        CertificateInvalid: the signature is not by the key in the header.
    """
    try:
        jws, key = jose.verify_embedded(statement, typ=STATEMENT_TYP)
    except jose.JoseError as error:
        problem = CertificateInvalid if error.reason == "signature" else StatementMalformed
        raise problem(pointers={"/statement": error.reason}) from error
    if jws.payload.get("record") != str(record_id):
        raise StatementMalformed(pointers={"/statement": "record"})
    if not _is_hash(record_sha256 := jws.payload.get("record_sha256")):
        raise StatementMalformed(pointers={"/statement": "record_sha256"})
    return Statement(statement, str(record_sha256), jose.key_thumbprint(key))


def _verified(pointer: str, token: str, typ: str, key: jose.PublicKey) -> jose.Jws:
    try:
        return jose.verify(token, typ=typ, key=key)
    except jose.JoseError as error:
        raise CertificateInvalid(pointers={pointer: error.reason}) from error


def _is_hash(value: Any) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value) is not None
