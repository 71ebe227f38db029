"""What the log does by the clock."""

from anfang.jobs.registry import by_clock
from anfang.log import service


@by_clock(hour="18", minute="10")
def seal_daily() -> None:
    """Seal the day's entries (02:10 in China)."""
    service.seal()
