"""Time stamps of the checkpoint [RFC 3161], by the authority whose certificates are in the pack.

That authority's standing is for the reader to judge; the check shows that it stamped this
checkpoint.
"""

from collections.abc import Iterator

from anfang.kit.stamps import StampError, read_authority, verify_stamp
from anfang.packs.checks.reading import Reading, Refused, read_bytes
from anfang.packs.document import AUTHORITY_FILE, CHECKPOINT_FILE
from anfang.packs.verdict import Finding


def check_stamps(reading: Reading) -> Iterator[Finding]:
    """Verify every stamp over the checkpoint's bytes."""
    for path in reading.document["log"]["stamps"] if reading.document else []:
        try:
            authority = read_authority(read_bytes(reading, AUTHORITY_FILE))
            verify_stamp(read_bytes(reading, path), read_bytes(reading, CHECKPOINT_FILE), authority)
        except Refused as refused:
            yield refused.finding
        except StampError as error:
            yield Finding(path, "pack-stamp-invalid", str(error))
