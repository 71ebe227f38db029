"""What a rulebook's `supervision` section means. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from anfang.kit.working_time import add_working_days


class Colour(StrEnum):
    """How far a matter is beyond its limits: 蓝 near, 黄 late, 红 later."""

    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"


RANKS: Final = {Colour.BLUE: 1, Colour.YELLOW: 2, Colour.RED: 3}


@dataclass(frozen=True)
class Turning:
    """When a matter turns a colour: so many working days after a last day, before if negative.

    Attributes:
        of: `promised` or `legal`.
        points: what the unit's card carries.
    """

    of: str
    working_days: int
    points: int


@dataclass(frozen=True)
class Joint:
    """What is asked of an approval that several departments examine."""

    refuses_serial: bool


@dataclass(frozen=True)
class Rules:
    """The share of the legal limit that may be promised, and when matters turn which colour.

    `joint` is None where the rulebook asks nothing of approvals by several departments.
    """

    promised_share_percent: int
    refuses_excess: bool
    colours: Mapping[Colour, Turning]
    joint: Joint | None

    def exceeds(self, legal_working_days: int, promised_working_days: int) -> bool:
        """Tell whether a promised limit is more than its share of the legal one."""
        return promised_working_days * 100 > self.promised_share_percent * legal_working_days


@dataclass(frozen=True)
class Limits:
    """The last days of a matter, both working days."""

    promised: date
    legal: date


def parse(section: Mapping[str, Any]) -> Rules:
    """Return the rules of a section that its schema has accepted."""
    return Rules(
        section["promised_share_percent"],
        section["on_excess"] == "refuse",
        {one: Turning(**section["colours"][one.value]) for one in Colour},
        Joint(section["joint"]["serial"] == "refuse") if "joint" in section else None,
    )


def limits_of(accepted_on: date, promised: int, legal: int, paused: int) -> Limits:
    """Return a matter's last days: working days after the day of acceptance, pauses added.

    Args:
        promised, legal, paused: working days.
    """
    return Limits(
        add_working_days(accepted_on, promised + paused),
        add_working_days(accepted_on, legal + paused),
    )


def colour_on(rules: Rules, limits: Limits, day: date) -> Colour | None:
    """Return the gravest colour that a matter has on a day; None while all is well."""
    found = [
        colour
        for colour, turning in rules.colours.items()
        if day >= add_working_days(getattr(limits, turning.of), turning.working_days)
    ]
    return max(found, key=RANKS.__getitem__, default=None)
