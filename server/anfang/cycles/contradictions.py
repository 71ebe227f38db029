"""Contradictions of a `cycles` section that its schema cannot say. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from anfang.campaigns.days import is_day
from anfang.campaigns.rulebook_registry import SectionFault


def faults(section: Any, rulebook: Mapping[str, Any]) -> Iterator[SectionFault]:
    """Yield what contradicts itself: doubled codes, unknown stages, parts, registers, no days."""
    known = {
        name: {one["code"] for one in rulebook.get(name, ())}
        for name in ("stages", "actors", "registers")
    }
    for list_name in ("duties", "pace"):
        codes: set[str] = set()
        for place, one in enumerate(section.get(list_name, ())):
            at = (list_name, place)
            if one["code"] in codes:
                yield SectionFault((*at, "code"), "code-twice", {"name": one["code"]})
            codes.add(one["code"])
            for name in ("from", "until"):
                if name in one and not is_day(one[name]):
                    yield SectionFault((*at, name), "no-such-day", {"name": one[name]})
            for name, code in _named(one):
                if code not in known[name]:
                    yield SectionFault(at, "code-unknown", {"name": code})


def _named(one: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what an entry names of other sections."""
    if "stage" in one:
        yield "stages", one["stage"]
    if "register" in one:
        yield "registers", one["register"]
    for code in one.get("parts", ()):
        yield "actors", code
