"""What a rulebook's `claims` section means: terms, thresholds, calls for self-reports. Pure.

A campaign whose rulebook has no such section gets the defaults that are named here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

WORKING_DAYS: Final = 10
HEARING_WORKING_DAYS: Final = 5


@dataclass(frozen=True)
class Thresholds:
    """When a difference is worth a person's look.

    Attributes:
        least_visits: with fewer judgements of an item nothing is said of it.
        tolerance_points: a smaller difference, in percentage points, is not flagged.
        claimed_good_percent: from here on a unit has claimed that all is well.
        seen_bad_percent: up to here visits have seen that it is not.
    """

    least_visits: int = 8
    tolerance_points: int = 10
    claimed_good_percent: int = 90
    seen_bad_percent: int = 60


@dataclass(frozen=True)
class Call:
    """A self-report that the office asks for by name; no items: all that can be met or missed."""

    code: str
    title: str
    checklist: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClaimRules:
    """A campaign's rules about self-reports; both terms are working days.

    `concealment_topic`: a word of the rulebook for the case that a verdict opens, or empty.
    """

    working_days: int = WORKING_DAYS
    hearing_working_days: int = HEARING_WORKING_DAYS
    thresholds: Thresholds = Thresholds()
    concealment_topic: str = ""
    calls: Mapping[str, Call] = field(default_factory=dict)


def parse(section: Mapping[str, Any] | None) -> ClaimRules:
    """Return the rules of a section that its schema has accepted; None gives the defaults."""
    if section is None:
        return ClaimRules()
    return ClaimRules(
        section["working_days"],
        section["hearing_working_days"],
        Thresholds(
            section["least_visits"],
            section["tolerance_points"],
            section["claimed_good_percent"],
            section["seen_bad_percent"],
        ),
        section.get("concealment_topic", ""),
        {one["code"]: _call(one) for one in section.get("calls", ())},
    )


def _call(raw: Mapping[str, Any]) -> Call:
    return Call(raw["code"], raw["title"], raw["checklist"], tuple(raw.get("items", ())))
