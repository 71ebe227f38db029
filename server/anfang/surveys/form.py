"""What a round asks whom about which units: the form that is frozen with the frame. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final
from uuid import UUID

SMALLEST_GROUP: Final = 5
"""Below so many answers nothing is told of a group, whatever a rulebook says."""

Marks = dict[str, dict[str, str]]
"""A ballot: the option chosen, by unit id and question."""


class MarksFaultyError(ValueError):
    """A ballot holds what the form does not ask of this group; `reason` is a stable word.

    `unit`, `question`, `option`, or `empty`: nothing is marked.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Option:
    """A step of the scale.

    Attributes:
        points: on the scale from 0 to 100; None says nothing about the unit (不了解).
        dissatisfied: counts into the dissatisfied share.
    """

    code: str
    title: str
    title_en: str = ""
    points: int | None = None
    dissatisfied: bool = False


@dataclass(frozen=True)
class Question:
    """What is asked about each unit; `decides`: its answers make the dissatisfied share."""

    code: str
    title: str
    title_en: str = ""
    decides: bool = False


@dataclass(frozen=True)
class Group:
    """Raters of one kind; `quota` are drawn of them, None: everybody in the frame is asked."""

    code: str
    title: str
    title_en: str = ""
    quota: int | None = None


@dataclass(frozen=True)
class Panel:
    """Which groups judge which units."""

    groups: tuple[str, ...]
    units: tuple[UUID, ...]


@dataclass(frozen=True)
class Form:
    """The whole of it.

    Attributes:
        smallest_group: with fewer answers a figure is withheld.
        reopen_above_percent: a dissatisfied share above it reopens the unit's rectification; None
            where it does not.
    """

    questions: tuple[Question, ...]
    scale: tuple[Option, ...]
    groups: tuple[Group, ...]
    panels: tuple[Panel, ...]
    smallest_group: int = SMALLEST_GROUP
    reopen_above_percent: int | None = None
    intro: str = ""
    intro_en: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the form as the database holds it, ids as text."""
        members = asdict(self)
        members["panels"] = [
            {"groups": list(one.groups), "units": [str(unit) for unit in one.units]}
            for one in self.panels
        ]
        for name in ("questions", "scale", "groups"):
            members[name] = list(members[name])
        return members

    def units_for(self, group: str) -> list[UUID]:
        """Return the units that a group judges, each once, in the form's order."""
        found = (unit for one in self.panels if group in one.groups for unit in one.units)
        return list(dict.fromkeys(found))

    def units(self) -> list[UUID]:
        """Return every unit that is judged, each once."""
        return list(dict.fromkeys(unit for one in self.panels for unit in one.units))

    def groups_for(self, unit: UUID) -> list[str]:
        """Return the groups that judge a unit, in the form's order."""
        codes = {code for one in self.panels if unit in one.units for code in one.groups}
        return [one.code for one in self.groups if one.code in codes]

    def group(self, code: str) -> Group | None:
        """Return a group by its code."""
        return next((one for one in self.groups if one.code == code), None)

    def deciding(self) -> tuple[str, ...]:
        """Return the questions that make the dissatisfied share: all, where none is said to."""
        named = tuple(one.code for one in self.questions if one.decides)
        return named or tuple(one.code for one in self.questions)


def said(one: Option | Question | Group, *, english: bool) -> str:
    """Return what something is called in a language; what has no English title keeps its own."""
    return (english and one.title_en) or one.title


def read_form(members: Mapping[str, Any]) -> Form:
    """Read `Form.as_json`'s form."""
    return Form(
        questions=tuple(Question(**one) for one in members["questions"]),
        scale=tuple(Option(**one) for one in members["scale"]),
        groups=tuple(Group(**one) for one in members["groups"]),
        panels=tuple(
            Panel(tuple(one["groups"]), tuple(UUID(str(unit)) for unit in one["units"]))
            for one in members["panels"]
        ),
        smallest_group=members["smallest_group"],
        reopen_above_percent=members["reopen_above_percent"],
        intro=members["intro"],
        intro_en=members["intro_en"],
    )


def faults(form: Form) -> list[tuple[str, str]]:
    """Return why a form cannot be frozen: a place in it and a stable word for each fault."""
    found = []
    for name in ("questions", "scale", "groups"):
        codes = [one.code for one in getattr(form, name)]
        if not codes:
            found.append((f"/{name}", "empty"))
        if len(set(codes)) < len(codes):
            found.append((f"/{name}", "code-twice"))
    if not any(one.dissatisfied for one in form.scale):
        found.append(("/scale", "nobody-dissatisfied"))
    if sum(one.points is not None for one in form.scale) <= 1:
        found.append(("/scale", "no-points"))
    known = {one.code for one in form.groups}
    judging = {code for one in form.panels for code in one.groups}
    if not form.units():
        found.append(("/panels", "no-units"))
    if judging - known:
        found.append(("/panels", "group-unknown"))
    found += [("/groups", "group-idle") for code in known - judging if form.units()]
    return found


def checked_marks(form: Form, group: str, marks: Mapping[str, Mapping[str, str]]) -> Marks:
    """Return a ballot without its blanks; raises MarksFaultyError.

    A unit or a question may be left out; a whole ballot without a mark is none.
    """
    units = {str(one) for one in form.units_for(group)}
    questions = {one.code for one in form.questions}
    options = {one.code for one in form.scale}
    kept: Marks = {}
    for unit, chosen in marks.items():
        said = {question: option for question, option in chosen.items() if option}
        if unit not in units:
            raise MarksFaultyError("unit")
        if said.keys() - questions:
            raise MarksFaultyError("question")
        if set(said.values()) - options:
            raise MarksFaultyError("option")
        if said:
            kept[unit] = said
    if not kept:
        raise MarksFaultyError("empty")
    return kept
