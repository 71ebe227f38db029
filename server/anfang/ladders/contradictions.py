"""What a rulebook's section `ladders` must not contradict, beyond its schema. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from anfang.campaigns.rulebook_registry import SectionFault

_Place = tuple[str | int, ...]
_ATTESTED: Final = "attested."
_WORDS: Final = "cases.topics"


def faults(section: Mapping[str, Any], rulebook: Mapping[str, Any]) -> Iterator[SectionFault]:
    """Yield codes that stand twice, and facts, steps and topics that nobody has declared."""
    for member in ("facts", "sequences", "rewards", "accountability"):
        yield from _twice(section.get(member, ()), (member,))
    attested = {one["code"] for one in section.get("facts", ())}
    topics = {one["code"] for one in rulebook.get("cases", {}).get("topics", ())}
    for place, when in _conditions(section):
        yield from _condition_faults(when, attested, topics, place)
    for index, ladder in enumerate(section.get("sequences", ())):
        yield from _twice(ladder["steps"], ("sequences", index, "steps"))
    yield from _rule_faults(section)


def _conditions(section: Mapping[str, Any]) -> Iterator[tuple[_Place, Mapping[str, Any]]]:
    for index, ladder in enumerate(section.get("sequences", ())):
        for step, one in enumerate(ladder["steps"]):
            for place, when in enumerate(one.get("when", ())):
                yield ("sequences", index, "steps", step, "when", place), when
    for index, one in enumerate(section.get("rewards", ())):
        for place, when in enumerate(one.get("when", ())):
            yield ("rewards", index, "when", place), when


def _condition_faults(
    when: Mapping[str, Any], attested: set[str], topics: set[str], place: _Place
) -> Iterator[SectionFault]:
    fact = when["fact"]
    code = fact.removeprefix(_ATTESTED)
    if fact.startswith(_ATTESTED) and code not in attested:
        yield SectionFault((*place, "fact"), "ladder-fact-unknown", {"name": code})
    if fact == _WORDS and not when.get("one_of"):
        yield SectionFault(place, "ladder-words-missing", {"name": fact})
    for one in when.get("one_of", ()):
        if topics and one not in topics:
            yield SectionFault((*place, "one_of"), "ladder-topic-unknown", {"name": one})


def _rule_faults(section: Mapping[str, Any]) -> Iterator[SectionFault]:
    steps = {
        one["code"]: {step["code"] for step in one["steps"]} for one in section.get("sequences", ())
    }
    for index, rule in enumerate(section.get("accountability", ())):
        if rule["step"] not in steps.get(rule["ladder"], set()):
            where = ("accountability", index, "step")
            yield SectionFault(where, "ladder-step-unknown", {"name": rule["step"]})


def _twice(entries: Iterable[Mapping[str, Any]], place: _Place) -> Iterator[SectionFault]:
    seen: set[str] = set()
    for index, one in enumerate(entries):
        if one["code"] in seen:
            yield SectionFault((*place, index, "code"), "code-twice", {"name": one["code"]})
        seen.add(one["code"])
