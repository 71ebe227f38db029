"""Figures of a register: how much of it is done, whether its quotas are met. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from anfang.registers.rules import Quota, Register
from anfang.registers.values import holds, words_of


@dataclass(frozen=True)
class Completed:
    """How many rows count, how many of them are done, and whether that is enough.

    Attributes:
        percent: whole per cent, rounded down: 49.9 is not 50. Of no rows: 0.
        reached: None where the rulebook asks for no share.
    """

    rows: int
    done: int
    percent: int
    reached: bool | None


@dataclass(frozen=True)
class QuotaFigure:
    """A quota beside what is there."""

    quota: Quota
    found: float
    met: bool


def completed(register: Register, by_state: Mapping[str, int]) -> Completed:
    """Return how far a register is, of the number of its rows in each state."""
    void, finished = register.states_with("void"), register.states_with("done")
    rows = sum(count for state, count in by_state.items() if state not in void)
    done = sum(count for state, count in by_state.items() if state in finished)
    percent = done * 100 // rows if rows else 0
    asked = register.completion
    reached = None if asked is None else rows > 0 and done * 100 >= asked.at_least_percent * rows
    return Completed(rows, done, percent, reached)


def quotas(register: Register, rows: Sequence[Mapping[str, Any]]) -> list[QuotaFigure]:
    """Return each quota beside what the values of the counting rows give."""
    return [_figure(one, rows) for one in register.quotas]


def _figure(quota: Quota, rows: Sequence[Mapping[str, Any]]) -> QuotaFigure:
    where = quota.where
    counted = [one for one in rows if where is None or holds(where, one)]
    found: float = len(counted)
    if quota.count == "values":
        found = len({words_of(one.get(quota.column or "")) for one in counted} - {""})
    elif quota.count == "sum":
        found = sum(one.get(quota.column or "") or 0 for one in counted)
    return QuotaFigure(quota, found, _met(quota, found))


def _met(quota: Quota, found: float) -> bool:
    if quota.exactly is not None:
        return found == quota.exactly
    above = quota.at_least is None or found >= quota.at_least
    return above and (quota.at_most is None or found <= quota.at_most)
