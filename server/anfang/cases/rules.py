"""What a rulebook says about cases: terms, words, recurrence, requests, closing. Pure.

The mapping is the section `cases` of a rulebook, valid by `cases.schema.json`. A campaign without a
rulebook, or a rulebook without a member, gets the defaults that are named here. The right of reply
is no member: nothing here switches it off.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

RECTIFICATION_WORKING_DAYS: Final = 10
DEFENCE_WORKING_DAYS: Final = 5
RECURRENCE_DAYS: Final = 180
STALL_WORKING_DAYS: Final = 20
REQUEST_WORKING_DAYS: Final = 1
MOST_EXTENSIONS: Final = 1
MOST_EXTENSION_WORKING_DAYS: Final = 5
REVISIT_WORKING_DAYS: Final = 10

ALL: Final = "all"


class Matter(Protocol):
    """What the rules look at in a case."""

    case_class: str
    source: str
    horizon: str
    key_item: bool
    fast_track: bool


@dataclass(frozen=True)
class Field:
    """A text that a case must have before it is exposed, or before it is closed."""

    code: str
    title: str
    needed_for: str


@dataclass(frozen=True)
class CaseRules:
    """A campaign's rules about cases.

    Attributes:
        terms: working days to put a matter right, by tag (see `tags`).
        topics, channels: titles by code; a case names codes of these only.
        sources, levels: a matter that somebody brings in, and a subtask, is of these only; all are
            free where none is listed.
        classes: the same of classes; the document's words by class.
        fields: texts that a case has beside its own.
        recurrence_days: calendar days within which the same item at the same unit is a repetition.
        stall_working_days: working days without a step after which a case is told to have stalled.
        request_working_days: working days to decide a request, by its kind.
        most_extensions, most_extension_working_days: how often, and by how much at a time.
        revisit, outcome: tags of the cases that close only after a matching re-visit, only with
            what became of whoever was responsible.
    """

    terms: Mapping[str, int]
    defence_working_days: int
    topics: Mapping[str, str]
    channels: Mapping[str, str]
    sources: frozenset[str]
    levels: frozenset[str]
    classes: Mapping[str, str]
    fields: tuple[Field, ...]
    recurrence_days: int
    stall_working_days: int
    request_working_days: Mapping[str, int]
    most_extensions: int
    most_extension_working_days: int
    revisit: frozenset[str]
    revisit_working_days: int
    outcome: frozenset[str]

    def working_days(self, matter: Matter) -> int:
        """Return the term of a case: the shortest of those named for any of its tags."""
        named = [self.terms[tag] for tag in tags(matter) if tag in self.terms]
        return min(named, default=RECTIFICATION_WORKING_DAYS)

    def needs_revisit(self, matter: Matter) -> bool:
        """Tell whether a case closes only after a re-visit that matches."""
        return bool(self.revisit & tags(matter))

    def needs_outcome(self, matter: Matter) -> bool:
        """Tell whether a case closes only with what became of whoever was responsible."""
        return bool(self.outcome & tags(matter))

    def missing(self, fields: Mapping[str, str], needed_for: str) -> list[str]:
        """Return the titles of the texts that a case lacks for `exposure` or `closing`."""
        return [
            one.title
            for one in self.fields
            if one.needed_for == needed_for and not fields.get(one.code, "").strip()
        ]


def tags(matter: Matter) -> frozenset[str]:
    """Return what rules call a case by: its class, source, horizon, flags, and `all`."""
    flags = {"key_item": matter.key_item, "fast_track": matter.fast_track}
    named = {matter.case_class, matter.source, matter.horizon, ALL}
    return frozenset(named | {name for name, raised in flags.items() if raised})


def case_rules(section: Mapping[str, Any] | None) -> CaseRules:
    """Read the section `cases`; None gives the defaults."""
    told = section or {}
    requests: Mapping[str, Any] = told.get("requests", {})
    extension = requests.get("extension", {})
    closing = told.get("closing", {})
    return CaseRules(
        terms={one["of"]: one["working_days"] for one in told.get("terms", [])},
        defence_working_days=told.get("defence", {}).get("working_days", DEFENCE_WORKING_DAYS),
        topics=_titles(told.get("topics", [])),
        channels=_titles(told.get("channels", [])),
        sources=frozenset(one["source"] for one in told.get("sources", [])),
        levels=frozenset(one["level"] for one in told.get("breakdown", [])),
        classes=_titles(told.get("classes", []), by="class"),
        fields=tuple(
            Field(one["code"], one["title"], one["needed_for"]) for one in told.get("fields", [])
        ),
        recurrence_days=told.get("recurrence", {}).get("days", RECURRENCE_DAYS),
        stall_working_days=told.get("stall", {}).get("working_days", STALL_WORKING_DAYS),
        request_working_days={
            kind: one.get("decide_working_days", REQUEST_WORKING_DAYS)
            for kind, one in requests.items()
        },
        most_extensions=extension.get("most_times", MOST_EXTENSIONS),
        most_extension_working_days=extension.get("most_working_days", MOST_EXTENSION_WORKING_DAYS),
        revisit=frozenset(closing.get("revisit", {}).get("of", [])),
        revisit_working_days=closing.get("revisit", {}).get("working_days", REVISIT_WORKING_DAYS),
        outcome=frozenset(closing.get("outcome", {}).get("of", [])),
    )


def _titles(entries: Iterable[Mapping[str, Any]], by: str = "code") -> dict[str, str]:
    return {one[by]: one["title"] for one in entries}
