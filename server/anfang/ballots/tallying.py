"""Counting opened ballots: how many marks of each grade each unit got, by group. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from anfang.ballots.paper import Marks, Paper


@dataclass(frozen=True)
class Line:
    """What one group said of one unit in one thing.

    Attributes:
        count: marks without abstentions.
        grades: marks by the code of their grade; empty where too few judged.
        mean: on the scale's 0 to 100; None where too few judged to be told.
    """

    unit: str
    group: str
    criterion: str
    count: int
    grades: Mapping[str, int]
    mean: float | None


def tally(paper: Paper, ballots: Iterable[tuple[str, Marks]]) -> dict[str, Any]:
    """Count ballots: how many there are by group, and a line for each unit, criterion and group.

    All of them stand in the paper's order; a line of fewer than `paper.fewest` marks keeps its
    count alone.
    """
    cast: Counter[str] = Counter()
    marks: Counter[tuple[str, int, int, str]] = Counter()
    for group, said in ballots:
        cast[group] += 1
        marks.update(
            (group, unit, criterion, grade)
            for unit, row in enumerate(said)
            for criterion, grade in enumerate(row)
        )
    lines = [
        _line(paper, group["code"], unit, criterion, marks)
        for unit in range(len(paper.units))
        for criterion in range(len(paper.criteria))
        for group in paper.groups
    ]
    return {
        "groups": [{"code": one["code"], "ballots": cast[one["code"]]} for one in paper.groups],
        "lines": [asdict(one) for one in lines],
    }


def _line(
    paper: Paper,
    group: str,
    unit: int,
    criterion: int,
    marks: Counter[tuple[str, int, int, str]],
) -> Line:
    grades = {one["code"]: marks[group, unit, criterion, one["code"]] for one in paper.scale}
    count = sum(grades.values())
    told = count >= paper.fewest
    total = sum(grades[one["code"]] * one["value"] for one in paper.scale)
    return Line(
        unit=paper.units[unit]["id"],
        group=group,
        criterion=paper.criteria[criterion]["code"],
        count=count,
        grades=grades if told else {},
        mean=total / count if told else None,
    )
