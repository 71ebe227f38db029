"""A ballot paper: what it asks, what it says, its bytes of one length. Pure."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from anfang.kit import jcs

_STEP: Final = 256
"""Papers are padded to whole steps beyond the longest that the box's paper can become."""

ABSTAINED: Final = "-"
"""In place of a grade's code; no code begins with it."""

Marks = list[list[str]]
"""Grade codes by unit and criterion, in the paper's order."""


@dataclass(frozen=True)
class Paper:
    """What the papers of one box ask, frozen when it was set up.

    Attributes:
        units: `{"id", "name"}`; groups and criteria: `{"code", "title", …}`; scale with `value`.
    """

    about: str
    units: Sequence[Mapping[str, str]]
    groups: Sequence[Mapping[str, str]]
    criteria: Sequence[Mapping[str, str]]
    scale: Sequence[Mapping[str, Any]]
    abstain: bool
    fewest: int

    @classmethod
    def from_json(cls, members: Mapping[str, Any]) -> Self:
        """Read the form that the box keeps."""
        return cls(**members)

    @property
    def grades(self) -> frozenset[str]:
        """What may be marked: the scale, and abstention where it is allowed."""
        return frozenset([one["code"] for one in self.scale] + [ABSTAINED] * self.abstain)

    def fields(self) -> Iterator[tuple[int, int, str]]:
        """Yield unit, criterion and name of every field of the page."""
        for unit in range(len(self.units)):
            for criterion in range(len(self.criteria)):
                yield unit, criterion, f"m-{unit}-{criterion}"


def read(paper: Paper, said: Mapping[str, str]) -> tuple[Marks, list[str]]:
    """Return the marks of a filled-in page, and the names of the fields that do not hold.

    Abstaining is a mark as well: what was overlooked is asked for.
    """
    marks: Marks = [[ABSTAINED for _ in paper.criteria] for _ in paper.units]
    wrong = []
    for unit, criterion, name in paper.fields():
        grade = said.get(name, "")
        if grade in paper.grades:
            marks[unit][criterion] = grade
        else:
            wrong.append(name)
    return marks, wrong


def written(paper: Paper, group: str, marks: Marks) -> bytes:
    """Return a ballot as bytes; all of one box have one length, whatever they say."""
    return _json(group, marks).ljust(_length(paper))


def said(paper: Paper, plain: bytes) -> tuple[str, Marks]:
    """Return group and marks of an opened ballot.

    Raises:
        ValueError: these bytes are no ballot of this paper.
    """
    members = json.loads(plain)
    group, marks = members["group"], members["marks"]
    shape = [len(one) for one in marks] == [len(paper.criteria)] * len(paper.units)
    known = all(grade in paper.grades for one in marks for grade in one)
    if not shape or not known or group not in {one["code"] for one in paper.groups}:
        raise ValueError("no ballot of this box")
    return group, marks


def _length(paper: Paper) -> int:
    group = max((one["code"] for one in paper.groups), key=len)
    grade = max(paper.grades, key=len)
    longest = _json(group, [[grade for _ in paper.criteria] for _ in paper.units])
    return -(-len(longest) // _STEP) * _STEP


def _json(group: str, marks: Marks) -> bytes:
    return jcs.canonical({"group": group, "marks": marks})
