"""What the rooms above add to rulebooks: facts that gates ask for, and checks of their sections.

Filled when the application is put together, by the rooms' `tasks.py` (twin of `jobs.registry`):

    @gate("cases.short_closed")
    def short_closed(asked: GateAsked) -> list[Lack]: …

    @section_check("ladders")
    def check(section, rulebook) -> Iterator[SectionFault]: …
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

Details = Mapping[str, str | int]


@dataclass(frozen=True)
class GateAsked:
    """One gate of a stage that is to be entered.

    Attributes:
        stage: the rulebook's code of the stage to enter.
        gate: the gate's entry in the rulebook (`kind`, `title`, `of`, `at_least` …).
    """

    campaign_id: UUID
    stage: str
    gate: Mapping[str, Any]


@dataclass(frozen=True)
class Lack:
    """What keeps a gate shut: the text `stage-lacks-<code>` of the catalogues, with its figures."""

    code: str
    details: Details = field(default_factory=dict)


@dataclass(frozen=True)
class SectionFault:
    """A contradiction that no schema can say: the text `rulebook-fault-<code>`, with its figures.

    `place`: keys and indices within the section.
    """

    place: tuple[str | int, ...]
    code: str
    details: Details = field(default_factory=dict)


GateAnswer = Callable[[GateAsked], Iterable[Lack]]
SectionCheck = Callable[[Any, Mapping[str, Any]], Iterable[SectionFault]]

GATES: Final[dict[str, GateAnswer]] = {}
SECTION_CHECKS: Final[dict[str, list[SectionCheck]]] = {}


def gate(kind: str) -> Callable[[GateAnswer], GateAnswer]:
    """Register who answers a kind of gate: nothing lacking opens it.

    Each kind has a text `stage-gate-<kind with dashes>` in the catalogues.
    """

    def register(answer: GateAnswer) -> GateAnswer:
        GATES[kind] = answer
        return answer

    return register


def section_check(section: str) -> Callable[[SectionCheck], SectionCheck]:
    """Register a check of a section; it gets the section and the whole rulebook, both by schema."""

    def register(check: SectionCheck) -> SectionCheck:
        SECTION_CHECKS.setdefault(section, []).append(check)
        return check

    return register
