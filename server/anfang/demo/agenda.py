"""The agenda of the demonstration: what is done when, in the order of its days."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from anfang.kit.clock import local_day


@dataclass(frozen=True)
class Days:
    """Days counted from the moment of loading, in the office's time zone."""

    today: datetime
    zone: ZoneInfo

    def ago(self, days: int) -> datetime:
        """Return the moment so many days before the loading."""
        return self.today - timedelta(days=days)

    def iso(self, ahead: int) -> str:
        """Return the calendar day so many days after the loading, or before it."""
        return local_day(self.ago(-ahead), self.zone).isoformat()


@dataclass(frozen=True)
class Deed:
    """Something that somebody does at a moment; `what` is told while it is played."""

    at: datetime
    what: str
    do: Callable[[datetime], None]


def play(deeds: Iterable[Deed], progress: Callable[[str], None]) -> None:
    """Do everything in the order of its moments; tell of everything once, when it begins."""
    told: set[str] = set()
    for deed in sorted(deeds, key=lambda one: one.at):
        if deed.what not in told:
            progress(deed.what)
        deed.do(deed.at)
        told.add(deed.what)
