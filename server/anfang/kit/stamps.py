"""Time stamps [RFC 3161] over bytes: who stamped them, and when. Pure.

A stamp is the authority's whole answer (DER `TimeStampResp`), as `openssl ts -reply` writes it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response


class StampError(ValueError):
    """A stamp, or the certificates to check it with, are not what they must be."""


@dataclass(frozen=True)
class Authority:
    """Certificates of a stamping authority: its roots and what stands between them and it."""

    roots: Sequence[x509.Certificate]
    intermediates: Sequence[x509.Certificate]


def read_authority(pem: bytes) -> Authority:
    """Read an authority's certificates; raises `StampError` unless a self-signed one is there."""
    try:
        certificates = x509.load_pem_x509_certificates(pem)
        roots = [one for one in certificates if one.issuer == one.subject]
    except ValueError as error:
        raise StampError("no PEM certificates") from error
    if not roots:
        raise StampError("no self-signed certificate among them")
    return Authority(roots, [one for one in certificates if one.issuer != one.subject])


def verify_stamp(
    stamp: bytes, data: bytes, authority: Authority, *, nonce: int | None = None
) -> datetime:
    """Return the moment (UTC) at which the authority saw these bytes.

    Certificates need to have been valid at that moment only.

    Args:
        nonce: of the request, where the stamp has just been asked for.

    Raises:
        StampError: not a granted stamp of these bytes by this authority.
    """
    verifier = VerifierBuilder(
        roots=list(authority.roots), intermediates=list(authority.intermediates), nonce=nonce
    ).build()
    try:
        response = decode_timestamp_response(stamp)
        verifier.verify_message(response, data)
        return response.tst_info.gen_time.astimezone(UTC)
    # The library raises ValueError for bytes that are no stamp, and cryptography its own.
    except (VerificationError, ValueError, x509.InvalidVersion) as error:
        raise StampError(str(error).split("\n", 1)[0][:120]) from error
