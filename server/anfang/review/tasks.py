"""What review does when told of events."""

from uuid import UUID

from anfang.jobs.registry import answers
from anfang.review import service


@answers("record.completed")
def look_again(record: str, record_sha256: str) -> None:
    """Let nobody go on judging an older version than the one that has just completed."""
    service.drop_claim_on_other_version(UUID(record), record_sha256)
