"""What a rulebook's `surveys` section means. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from anfang.surveys.form import SMALLEST_GROUP, Group, Option, Question


@dataclass(frozen=True)
class Judged:
    """Which parts of the campaign are judged by which groups."""

    actors: tuple[str, ...]
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """A round that the rulebook plans; days in the rulebook's notation, empty where it has none."""

    code: str
    title: str
    by: str
    from_day: str
    until_day: str
    judged: tuple[Judged, ...]
    quotas: Mapping[str, int]


@dataclass(frozen=True)
class Surveys:
    """The whole section."""

    questions: tuple[Question, ...]
    scale: tuple[Option, ...]
    groups: tuple[Group, ...]
    rounds: tuple[Plan, ...]
    smallest_group: int
    reopen_above_percent: int | None
    intro: str
    intro_en: str


def parse(section: Mapping[str, Any]) -> Surveys:
    """Return the rules of a section that its schema has accepted."""
    return Surveys(
        questions=tuple(Question(**_plain(one)) for one in section["questions"]),
        scale=tuple(Option(**_plain(one)) for one in section["scale"]),
        groups=tuple(Group(**_plain(one)) for one in section["groups"]),
        rounds=tuple(_plan(one) for one in section["rounds"]),
        smallest_group=section.get("smallest_group", SMALLEST_GROUP),
        reopen_above_percent=section.get("reopen", {}).get("above_percent"),
        intro=section.get("intro", ""),
        intro_en=section.get("intro_en", ""),
    )


def _plain(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name != "rows"}


def _plan(entry: Mapping[str, Any]) -> Plan:
    return Plan(
        code=entry["code"],
        title=entry["title"],
        by=entry.get("by", ""),
        from_day=entry.get("from", ""),
        until_day=entry.get("until", ""),
        judged=tuple(Judged(tuple(o["actors"]), tuple(o["groups"])) for o in entry["judged"]),
        quotas=entry.get("sample", {}),
    )
