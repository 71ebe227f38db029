"""Time stamps of the checkpoint [RFC 3161], by the authority whose certificates are in the pack.

That authority's standing is for the reader to judge; the check shows that it stamped this
checkpoint.
"""

from collections.abc import Iterator

from cryptography import x509
from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

from anfang.packs.checks.reading import Reading, Refused, read_bytes
from anfang.packs.document import AUTHORITY_FILE, CHECKPOINT_FILE
from anfang.packs.verdict import Finding


def check_stamps(reading: Reading) -> Iterator[Finding]:
    """Verify every stamp over the checkpoint's bytes."""
    for path in reading.document["log"]["stamps"] if reading.document else []:
        try:
            _verify(reading, path)
        except Refused as refused:
            yield refused.finding
        # The library raises ValueError for bytes that are no stamp, and cryptography its own.
        except (VerificationError, ValueError, x509.InvalidVersion) as error:
            yield Finding(path, "pack-stamp-invalid", str(error).split("\n", 1)[0][:120])


def _verify(reading: Reading, path: str) -> None:
    certificates = x509.load_pem_x509_certificates(read_bytes(reading, AUTHORITY_FILE))
    response = decode_timestamp_response(read_bytes(reading, path))
    verifier = VerifierBuilder(
        roots=[c for c in certificates if c.issuer == c.subject],
        intermediates=[c for c in certificates if c.issuer != c.subject],
    ).build()
    verifier.verify_message(response, read_bytes(reading, CHECKPOINT_FILE))
