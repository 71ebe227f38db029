"""What a rulebook's `cycles` section means. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Count:
    """What a duty counts: numbers that are typed in and add up within a period."""

    title: str
    unit: str
    at_least: int
    at_most_each: int | None = None


@dataclass(frozen=True)
class Duty:
    """What must come again and again.

    Attributes:
        every: `month`, `quarter`, `year`, `stage` or `once`.
        from_day, until: days as rulebooks write them; None is the campaign's first and last.
        due_working_days: after the period's last day, before it if negative.
        by: `office` or `unit`; of units those of `categories` or `parts`, else all.
        fulfilled_by: `document`, `report` or `count`.
    """

    code: str
    title: str
    every: str
    by: str
    fulfilled_by: str
    due_working_days: int
    note: str = ""
    stage: str | None = None
    from_day: str | None = None
    until: str | None = None
    remind_working_days: int | None = None
    categories: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    count: Count | None = None


@dataclass(frozen=True)
class Bulletin:
    """Problems are at least this share, in per cent, of what a bulletin tells."""

    title: str
    problems_at_least_percent: int


@dataclass(frozen=True)
class Pace:
    """A measure of work that is held beside the time that has passed."""

    code: str
    title: str
    measure: str
    register: str | None = None
    from_day: str | None = None
    until: str | None = None


@dataclass(frozen=True)
class Cycles:
    """Everything that a campaign's rulebook says of cycles."""

    duties: Mapping[str, Duty]
    bulletin: Bulletin | None
    pace: tuple[Pace, ...]


def parse(section: Mapping[str, Any]) -> Cycles:
    """Return the rules of a section that its schema has accepted."""
    bulletin = section.get("bulletin")
    return Cycles(
        {one["code"]: _duty(one) for one in section.get("duties", ())},
        bulletin and Bulletin(bulletin["title"], bulletin["problems_at_least_percent"]),
        tuple(Pace(**_renamed(one)) for one in section.get("pace", ())),
    )


def _duty(raw: Mapping[str, Any]) -> Duty:
    members = _renamed(raw)
    count = raw.get("count")
    members["count"] = count and Count(**count)
    for name in ("categories", "parts"):
        members[name] = tuple(raw.get(name, ()))
    return Duty(**members)


def _renamed(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry's members without its rows; `from` is a keyword of the language."""
    names = {"from": "from_day"}
    return {names.get(name, name): value for name, value in raw.items() if name != "rows"}
