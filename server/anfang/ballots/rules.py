"""What a rulebook's `ballots` section means: who judges whom by which criteria and scale. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Grade:
    """A mark of the scale; `value` from 0 to 100."""

    code: str
    title: str
    value: float


@dataclass(frozen=True)
class Criterion:
    """What is judged of every unit."""

    code: str
    title: str
    about: str = ""


@dataclass(frozen=True)
class Group:
    """A group of raters; what its marks weigh is scoring's to say."""

    code: str
    title: str


@dataclass(frozen=True)
class Appraisal:
    """A sealed appraisal as its rulebook declares it.

    Attributes:
        parts: codes of the actors whose units are judged.
        threshold: so many witnesses open the box together.
        abstain: whether a rater may leave a mark out.
        fewest: marks by fewer raters are not told, for they could tell who gave them.
    """

    code: str
    title: str
    parts: tuple[str, ...]
    groups: tuple[Group, ...]
    criteria: tuple[Criterion, ...]
    scale: tuple[Grade, ...]
    threshold: int
    abstain: bool
    fewest: int
    about: str = ""


def parse(section: Sequence[Mapping[str, Any]]) -> dict[str, Appraisal]:
    """Return the appraisals of a section that its schema has accepted, by code."""
    return {one["code"]: _appraisal(one) for one in section}


def _appraisal(raw: Mapping[str, Any]) -> Appraisal:
    return Appraisal(
        code=raw["code"],
        title=raw["title"],
        about=raw.get("about", ""),
        parts=tuple(raw["parts"]),
        groups=tuple(Group(one["code"], one["title"]) for one in raw["groups"]),
        criteria=tuple(
            Criterion(one["code"], one["title"], one.get("about", "")) for one in raw["criteria"]
        ),
        scale=tuple(Grade(one["code"], one["title"], one["value"]) for one in raw["scale"]),
        threshold=raw["witnesses"],
        abstain=raw.get("abstain", False),
        fewest=raw["fewest"],
    )
