"""What the log does when told of events, and by the clock."""

from anfang.jobs.registry import answers, by_clock
from anfang.log import service, stamping


@by_clock(hour="18", minute="10")
def seal_daily() -> None:
    """Seal the day's entries (02:10 in China)."""
    service.seal()


@answers("log.sealed", own_transactions=True)
def stamp_checkpoints(size: int) -> None:  # noqa: ARG001 -- the event's members
    """Have the new checkpoint stamped, and those that still wait; a failure comes again."""
    stamping.stamp_waiting()
