"""What inspections does when told of events, and by the clock."""

from uuid import UUID

from anfang.evidence import queries as evidence
from anfang.inspections import completion, flagging, promises
from anfang.jobs.registry import answers, by_clock


@answers("media.held")
def complete_record(owner: str, sha256: str, inspector: str) -> None:  # noqa: ARG001 -- the event's members
    """Issue the complete receipt when the last photo of a record is in."""
    completion.complete_versions(UUID(owner))


@answers("media.held")
def look_at_delivered_picture(owner: str, sha256: str, inspector: str) -> None:  # noqa: ARG001 -- the event's members
    """Compare a record's pictures again if this one was decoded for another record before."""
    if not evidence.is_waiting(sha256):
        flagging.flag_pictures(UUID(owner))


@answers("media.decoded")
def look_at_decoded_picture(sha256: str) -> None:
    """Compare the records of a picture, and of those that look like it, with what it shows."""
    flagging.flag_lookalikes(sha256)


@answers("record.received")
def look_at_visit(record: str, record_sha256: str) -> None:  # noqa: ARG001 -- the event's members
    """Compare a new version with the inspector's other visits, its pictures with its words."""
    flagging.flag_received(UUID(record))


@by_clock(minute="47")
def alarm_missed_promises() -> None:
    """Report what the log should hold by now and does not."""
    promises.alarm_missed()
