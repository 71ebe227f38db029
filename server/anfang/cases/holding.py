"""Where a case stood how long, and where it stuck: counted from its steps. Pure.

倒查环节和人 (DOMAIN.md row 38): the stuck step is the one with the most working time; where two
have the same, the later one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from anfang.kit.working_time import working_minutes_between


@dataclass(frozen=True)
class Stretch:
    """A time in which one holder had the case; `ended_at` is None while it still does.

    Attributes:
        kind: the step, or the kind of a request that waited for its decision.
        holder: who, in words; empty where nobody of the list below is named yet.
    """

    kind: str
    holder: str
    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class Held:
    """A stretch with its length in minutes of working time."""

    stretch: Stretch
    working_minutes: int
    stuck: bool


def held(stretches: Sequence[Stretch], at: datetime, zone: tzinfo) -> list[Held]:
    """Measure stretches up to the moment `at` and mark the one where the case stuck."""
    minutes = [working_minutes_between(one.began_at, one.ended_at or at, zone) for one in stretches]
    longest = max(range(len(minutes)), key=lambda place: (minutes[place], place), default=None)
    return [
        Held(one, length, place == longest and length > 0)
        for place, (one, length) in enumerate(zip(stretches, minutes, strict=True))
    ]
