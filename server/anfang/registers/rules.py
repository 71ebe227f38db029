"""What a rulebook's `registers` section means: columns, states, transitions, figures. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

UNIT: Final = "unit"
"""In `unique` and the Excel sheet: the unit that a row belongs to."""
YES, NO = "是", "否"


class ColumnType(StrEnum):
    """What a column holds; there is none for a person's whereabouts or times."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"
    UNIT = "unit"
    SITE = "site"
    DAYS = "days"
    POST = "post"
    PERSON = "person"


@dataclass(frozen=True)
class Condition:
    """A column says one of these words."""

    column: str
    among: frozenset[str]


@dataclass(frozen=True)
class Need:
    """What a row must say before it goes on; without words, anything but nothing and 否."""

    column: str
    among: frozenset[str] | None
    when: Condition | None


@dataclass(frozen=True)
class Column:
    """A column of a register."""

    code: str
    title: str
    type: ColumnType
    note: str = ""
    required: bool = False
    public: bool = False
    choices: tuple[str, ...] = ()
    refused: frozenset[str] = frozenset()
    at_least: float | None = None
    at_most: float | None = None
    unit: str = ""


@dataclass(frozen=True)
class Due:
    """When a row must have left a state; one of the four is set."""

    working_days: int | None = None
    days: int | None = None
    day: str | None = None
    column: str | None = None


@dataclass(frozen=True)
class State:
    """A state of a row; `outcome` is `done`, `void` or empty."""

    code: str
    title: str
    due: Due | None = None
    remind_working_days: int | None = None
    edit: frozenset[str] = frozenset()
    public: bool = False
    outcome: str = ""


@dataclass(frozen=True)
class Transition:
    """A way from states to a state; `by` are roles."""

    origins: frozenset[str]
    to: str
    title: str
    by: frozenset[str]
    reason: bool = False
    second_person: bool = False
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True)
class Completion:
    """What share of the rows must be done; `by` is a day as rulebooks write it."""

    at_least_percent: int
    by: str | None


@dataclass(frozen=True)
class Quota:
    """How many rows, different values or how large a sum there must be."""

    title: str
    count: str
    column: str | None
    where: Condition | None
    exactly: int | None
    at_least: int | None
    at_most: int | None


@dataclass(frozen=True)
class Register:
    """A typed list as its rulebook declares it."""

    code: str
    title: str
    filed_by: frozenset[str]
    visibility: str
    columns: tuple[Column, ...]
    states: tuple[State, ...]
    transitions: tuple[Transition, ...] = ()
    note: str = ""
    unique: tuple[str, ...] = ()
    distinct: tuple[str, ...] = ()
    draw_weight: str | None = None
    completion: Completion | None = None
    quotas: tuple[Quota, ...] = field(default=())

    @property
    def first(self) -> State:
        """The state in which rows begin."""
        return self.states[0]

    def column(self, code: str) -> Column | None:
        """Return a column by its code."""
        return next((one for one in self.columns if one.code == code), None)

    def state(self, code: str) -> State:
        """Return a state; one that a newer rulebook dropped is a dead end of that name."""
        return next((one for one in self.states if one.code == code), State(code, code))

    def states_with(self, outcome: str) -> tuple[str, ...]:
        """Return the codes of the states with an outcome."""
        return tuple(one.code for one in self.states if one.outcome == outcome)

    def public_states(self) -> tuple[str, ...]:
        """Return the codes of the states whose rows stand on the public page."""
        return tuple(one.code for one in self.states if one.public)

    def ways_from(self, state: str) -> tuple[Transition, ...]:
        """Return the transitions that leave a state."""
        return tuple(one for one in self.transitions if state in one.origins)

    def editors(self, state: str) -> frozenset[str]:
        """Return the roles that may change a row in a state."""
        found = self.state(state)
        return found.edit or (self.filed_by if found is self.first else frozenset())


def parse(section: Sequence[Mapping[str, Any]]) -> dict[str, Register]:
    """Return the registers of a section that its schema has accepted, by code."""
    return {one["code"]: _register(one) for one in section}


def _register(raw: Mapping[str, Any]) -> Register:
    completion = raw.get("completion")
    return Register(
        code=raw["code"],
        title=raw["title"],
        note=raw.get("note", ""),
        filed_by=frozenset(raw["filed_by"]),
        visibility=raw["visibility"],
        columns=tuple(_column(one) for one in raw["columns"]),
        unique=tuple(raw.get("unique", ())),
        distinct=tuple(raw.get("distinct", ())),
        states=tuple(_state(one) for one in raw["states"]),
        transitions=tuple(_transition(one) for one in raw.get("transitions", ())),
        draw_weight=raw.get("draw_weight"),
        completion=completion and Completion(completion["at_least_percent"], completion.get("by")),
        quotas=tuple(_quota(one) for one in raw.get("quotas", ())),
    )


def _column(raw: Mapping[str, Any]) -> Column:
    members = {
        **raw,
        "type": ColumnType(raw["type"]),
        "choices": tuple(raw.get("choices", ())),
        "refused": frozenset(raw.get("refused", ())),
    }
    return Column(**members)


def _state(raw: Mapping[str, Any]) -> State:
    due = raw.get("due")
    return State(**{**raw, "due": due and Due(**due), "edit": frozenset(raw.get("edit", ()))})


def _transition(raw: Mapping[str, Any]) -> Transition:
    return Transition(
        origins=frozenset(raw["from"]),
        to=raw["to"],
        title=raw["title"],
        by=frozenset(raw["by"]),
        reason=raw.get("reason", False),
        second_person=raw.get("second_person", False),
        needs=tuple(_need(one) for one in raw.get("needs", ())),
    )


def _need(raw: Mapping[str, Any]) -> Need:
    among = raw.get("among")
    return Need(raw["column"], among and frozenset(among), _condition(raw.get("when")))


def _condition(raw: Mapping[str, Any] | None) -> Condition | None:
    return raw and Condition(raw["column"], frozenset(raw["among"]))  # type: ignore[return-value]


def _quota(raw: Mapping[str, Any]) -> Quota:
    return Quota(
        title=raw["title"],
        count=raw["count"],
        column=raw.get("column"),
        where=_condition(raw.get("where")),
        exactly=raw.get("exactly"),
        at_least=raw.get("at_least"),
        at_most=raw.get("at_most"),
    )
