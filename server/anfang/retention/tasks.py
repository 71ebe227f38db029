"""What retention does when told of events, and by the clock."""

from anfang.jobs import service as jobs
from anfang.jobs.registry import answers, by_clock
from anfang.retention import complaints, originals, redactions, service
from anfang.retention.sources import add_source

add_source(originals.SOURCE)
add_source(redactions.SOURCE)
add_source(complaints.INFORMANTS)
add_source(complaints.WORDS)


@by_clock(hour="19", minute="20")
def ask_for_deletion() -> None:
    """Have what is due deleted (03:20 in China), after the day was sealed."""
    jobs.emit("retention.due")


@answers("retention.due", own_transactions=True)
def delete_due() -> None:
    """Delete what is due; a process that dies begins again."""
    service.delete_due()
