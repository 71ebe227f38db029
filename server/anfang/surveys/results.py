"""Results of a round: counts, means, shares by unit, question and group; what is withheld. Pure.

[Note: Withheld groups] a group with fewer answers than the form's smallest is not told. Where the
rest of a unit's groups are told, the total less those gives the withheld ones away; so the next
smallest groups are withheld too, until what is withheld together is no smaller than the smallest.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from anfang.kit.intervals import Share, share
from anfang.surveys.form import Form, Option

Answer: TypeAlias = tuple[UUID, str, Mapping[str, str]]
"""A unit, the group of whoever answered, and the option chosen by question."""
Counts: TypeAlias = dict[tuple[UUID, str, str], "Counter[str]"]
"""How often each option was chosen, by unit, question and group."""


class Standing(StrEnum):
    """Whether there is a figure: nobody answered (无样本), too few did, or it is told."""

    NONE = "none"
    WITHHELD = "withheld"
    TOLD = "told"


@dataclass(frozen=True)
class Cell:
    """What was answered to one question about one unit, by one group or by all.

    Attributes:
        count: answers, those that say nothing about the unit (不了解) among them.
        rated: answers with points.
        mean: of the points, 0 to 100; None unless told and rated: no sample never reads as good.
        options: how often each option was chosen; empty unless told.
        dissatisfied: their share of the rated answers, with Wilson's 95 % interval; None as `mean`.
    """

    standing: Standing
    count: int
    rated: int = 0
    mean: float | None = None
    options: Mapping[str, int] = field(default_factory=dict)
    dissatisfied: Share | None = None


@dataclass(frozen=True)
class QuestionResult:
    """A question's figures about a unit: of all groups together, and of each."""

    question: str
    total: Cell
    groups: Mapping[str, Cell]


@dataclass(frozen=True)
class UnitResult:
    """A unit's figures; `deciding` puts the deciding questions' answers of all groups together."""

    unit: UUID
    ballots: int
    deciding: Cell
    questions: tuple[QuestionResult, ...]


def tally(answers: Iterable[Answer]) -> tuple[Counts, Counter[UUID]]:
    """Count answers; returns the counts, and how many ballots speak of each unit."""
    counts: Counts = defaultdict(Counter)
    ballots: Counter[UUID] = Counter()
    for unit, group, marks in answers:
        ballots[unit] += 1
        for question, option in marks.items():
            counts[unit, question, group][option] += 1
    return counts, ballots


def results(form: Form, answers: Iterable[Answer]) -> list[UnitResult]:
    """Return the figures of every unit that the form asks about, answered or not."""
    counts, ballots = tally(answers)
    return [_unit(form, one, counts, ballots[one]) for one in form.units()]


def is_reopened(form: Form, result: UnitResult) -> bool:
    """Tell whether more than the rulebook's share of those who judged a unit are dissatisfied."""
    share_of = result.deciding.dissatisfied
    if form.reopen_above_percent is None or share_of is None:
        return False
    return share_of.count * 100 > form.reopen_above_percent * share_of.of


def withheld(counts: Mapping[str, int], smallest: int) -> frozenset[str]:
    """Return which groups are withheld [Note: Withheld groups]; those without answers are none."""
    ordered = sorted((count, code) for code, count in counts.items() if count)
    hidden: list[str] = []
    total = 0
    for count, code in ordered:
        if count >= smallest and (not hidden or total >= smallest):
            break
        hidden.append(code)
        total += count
    return frozenset(hidden)


def _unit(form: Form, unit: UUID, counts: Counts, ballots: int) -> UnitResult:
    groups = form.groups_for(unit)
    questions = tuple(_question(form, unit, one.code, groups, counts) for one in form.questions)
    pooled: Counter[str] = Counter()
    for question in form.deciding():
        for group in groups:
            pooled += counts.get((unit, question, group), Counter())
    enough = ballots >= form.smallest_group
    return UnitResult(unit, ballots, _cell(form, pooled, told=enough), questions)


def _question(
    form: Form, unit: UUID, question: str, groups: list[str], counts: Counts
) -> QuestionResult:
    by_group = {group: counts.get((unit, question, group), Counter()) for group in groups}
    sizes = {group: one.total() for group, one in by_group.items()}
    hidden = withheld(sizes, form.smallest_group)
    whole: Counter[str] = Counter()
    for one in by_group.values():
        whole += one
    return QuestionResult(
        question,
        _cell(form, whole, told=whole.total() >= form.smallest_group),
        {group: _cell(form, one, told=group not in hidden) for group, one in by_group.items()},
    )


def _cell(form: Form, chosen: Counter[str], *, told: bool) -> Cell:
    count = chosen.total()
    if not count:
        return Cell(Standing.NONE, 0)
    if not told:
        return Cell(Standing.WITHHELD, count)
    rated = [one for one in form.scale if one.points is not None]
    judged = sum(chosen[one.code] for one in rated)
    return Cell(
        Standing.TOLD,
        count,
        judged,
        _mean(rated, chosen, judged),
        {one.code: chosen[one.code] for one in form.scale},
        share(sum(chosen[o.code] for o in rated if o.dissatisfied), judged) if judged else None,
    )


def _mean(rated: list[Option], chosen: Counter[str], judged: int) -> float | None:
    if not judged:
        return None
    return sum((one.points or 0) * chosen[one.code] for one in rated) / judged
