"""What review does when told of events."""

from uuid import UUID

from anfang.jobs.registry import answers
from anfang.review import service


@answers("record.replaced")
def look_again(record: str, record_sha256: str) -> None:  # noqa: ARG001 -- the event's members
    """Let nobody go on judging an older version than the one that has just completed."""
    service.drop_outdated_claim(UUID(record))
