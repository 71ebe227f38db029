"""What evidence does when told of events, and by the clock."""

from anfang.evidence import service
from anfang.jobs.registry import answers


@answers("media.stored", own_transactions=True)
def decode_picture(sha256: str) -> None:
    """Decode an original that is new to storage."""
    service.decode(sha256)
