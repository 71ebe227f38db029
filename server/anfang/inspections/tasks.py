"""What inspections does when told of events, and by the clock."""

from uuid import UUID

from anfang.inspections import completion, promises
from anfang.jobs.registry import answers, by_clock


@answers("media.held")
def complete_record(owner: str, sha256: str, inspector: str) -> None:  # noqa: ARG001 -- the event's members
    """Issue the complete receipt when the last photo of a record is in."""
    completion.complete_versions(UUID(owner))


@by_clock(minute="47")
def alarm_missed_promises() -> None:
    """Report what the log should hold by now and does not."""
    promises.alarm_missed()
