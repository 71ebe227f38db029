"""Contradictions of a `surveys` section that its schema cannot say. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from anfang.campaigns.days import is_day
from anfang.campaigns.rulebook_registry import SectionFault

_Place = tuple[str | int, ...]


def faults(section: Mapping[str, Any], rulebook: Mapping[str, Any]) -> Iterator[SectionFault]:
    """Yield codes that stand twice, parts and groups that nobody declared, scales of no use."""
    for name in ("questions", "scale", "groups", "rounds"):
        yield from _twice(section[name], (name,))
    if not any(one.get("dissatisfied") for one in section["scale"]):
        yield SectionFault(("scale",), "survey-nobody-dissatisfied", {})
    if sum("points" in one for one in section["scale"]) <= 1:
        yield SectionFault(("scale",), "survey-no-points", {})
    actors = {one["code"] for one in rulebook.get("actors", ())}
    groups = {one["code"] for one in section["groups"]}
    for index, one in enumerate(section["rounds"]):
        yield from _round_faults(one, ("rounds", index), actors, groups)


def _round_faults(
    one: Mapping[str, Any], at: _Place, actors: set[str], groups: set[str]
) -> Iterator[SectionFault]:
    for place, judged in enumerate(one["judged"]):
        yield from _unknown(judged["actors"], actors, (*at, "judged", place, "actors"))
        yield from _unknown(judged["groups"], groups, (*at, "judged", place, "groups"))
    yield from _unknown([one["by"]] if "by" in one else [], actors, (*at, "by"))
    yield from _unknown(list(one.get("sample", {})), groups, (*at, "sample"))
    for name in ("from", "until"):
        if name in one and not is_day(one[name]):
            yield SectionFault((*at, name), "no-such-day", {"name": one[name]})


def _unknown(codes: Sequence[str], known: set[str], at: _Place) -> Iterator[SectionFault]:
    for code in codes:
        if code not in known:
            yield SectionFault(at, "code-unknown", {"name": code})


def _twice(entries: Sequence[Mapping[str, Any]], at: _Place) -> Iterator[SectionFault]:
    seen: set[str] = set()
    for index, one in enumerate(entries):
        if one["code"] in seen:
            yield SectionFault((*at, index, "code"), "code-twice", {"name": one["code"]})
        seen.add(one["code"])
