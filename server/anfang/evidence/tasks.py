"""What evidence does when told of events, and by the clock."""

from anfang.evidence import service, uploads
from anfang.jobs.registry import answers, by_clock


@answers("media.stored", own_transactions=True)
def decode_picture(sha256: str) -> None:
    """Decode an original that is new to storage."""
    service.decode(sha256)


@by_clock(minute="17")
def remove_expired_uploads() -> None:
    """Forget uploads that were not finished within seven days, and what dead processes left."""
    uploads.remove_expired()
