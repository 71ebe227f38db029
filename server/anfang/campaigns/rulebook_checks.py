"""What the campaigns' own sections must not contradict, beyond their schemas."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from anfang.campaigns.days import is_day
from anfang.campaigns.rulebook_registry import GATES, SectionFault, section_check

Entries = Sequence[Mapping[str, Any]]
Rulebook = Mapping[str, Any]


@section_check("goals")
def check_goals(goals: Entries, _rulebook: Rulebook) -> Iterator[SectionFault]:
    """Codes once; an indicator's bounds leave room between them."""
    yield from _twice(goals, ())
    for index, goal in enumerate(goals):
        indicators = goal.get("indicators", ())
        yield from _twice(indicators, (index, "indicators"))
        for place, one in enumerate(indicators):
            if one.get("at_least", 0) > one.get("at_most", float("inf")):
                yield SectionFault((index, "indicators", place), "bounds-reversed")


@section_check("themes")
def check_themes(themes: Entries, rulebook: Rulebook) -> Iterator[SectionFault]:
    """Codes once; parties are known, and none both leads and supports."""
    yield from _twice(themes, ())
    actors = _codes(rulebook.get("actors", ()))
    for index, theme in enumerate(themes):
        for member in ("lead", "support"):
            yield from _unknown(theme.get(member, ()), actors, (index, member))
        for place, code in enumerate(theme.get("support", ())):
            if code in theme.get("lead", ()):
                yield SectionFault((index, "support", place), "leads-and-supports", {"name": code})


@section_check("actors")
def check_actors(actors: Entries, _rulebook: Rulebook) -> Iterator[SectionFault]:
    """Codes once; whoever stands below somebody does not stand below itself."""
    yield from _twice(actors, ())
    above = {actor["code"]: actor.get("below") for actor in actors}
    for index, actor in enumerate(actors):
        if "below" in actor:
            yield from _unknown([actor["below"]], above.keys(), (index, "below"), single=True)
            if _circular(actor["code"], above):
                yield SectionFault((index, "below"), "below-itself", {"name": actor["code"]})


@section_check("stages")
def check_stages(stages: Entries, rulebook: Rulebook) -> Iterator[SectionFault]:
    """Codes once; days exist, gates are answered by somebody, parties are known."""
    yield from _twice(stages, ())
    actors = _codes(rulebook.get("actors", ()))
    for index, stage in enumerate(stages):
        yield from _days(stage, ("from", "to"), (index,))
        yield from _twice(stage.get("points", ()), (index, "points"))
        yield from _twice(stage.get("gates", ()), (index, "gates"))
        for place, point in enumerate(stage.get("points", ())):
            here = (index, "points", place)
            yield from _days(point, ("due",), here)
            if "by" in point:
                yield from _unknown([point["by"]], actors, (*here, "by"), single=True)
        for place, gate in enumerate(stage.get("gates", ())):
            if gate["kind"] not in GATES:
                where = (index, "gates", place, "kind")
                yield SectionFault(where, "gate-unknown", {"name": gate["kind"]})


@section_check("rule_sets")
def check_rule_sets(rule_sets: Entries, _rulebook: Rulebook) -> Iterator[SectionFault]:
    """Codes once; a verdict follows from a veto alone."""
    yield from _twice(rule_sets, ())
    for index, one in enumerate(rule_sets):
        yield from _twice(one["rules"], (index, "rules"))
        if "verdict" in one and not one["veto"]:
            yield SectionFault((index, "verdict"), "verdict-without-veto")


@section_check("visits")
def check_visits(visits: Rulebook, rulebook: Rulebook) -> Iterator[SectionFault]:
    """Themes are known and weighed once; quotas ask for ways of visiting that are allowed."""
    themes = _codes(rulebook.get("themes", ()))
    for member in ("quotas", "checklists"):
        yield from _twice(visits.get(member, ()), (member,))
    yield from _twice(visits.get("weights", ()), ("weights",), key="theme")
    for member in ("weights", "quotas"):
        for index, one in enumerate(visits.get(member, ())):
            if "theme" in one:
                yield from _unknown([one["theme"]], themes, (member, index, "theme"), single=True)
    for index, one in enumerate(visits.get("checklists", ())):
        yield from _unknown(one.get("themes", ()), themes, ("checklists", index, "themes"))
    for index, quota in enumerate(visits.get("quotas", ())):
        if not any(_fits(quota, kind) for kind in visits["kinds"]):
            yield SectionFault(("quotas", index), "quota-of-no-kind", {"name": quota["code"]})


def _fits(quota: Mapping[str, Any], kind: Mapping[str, Any]) -> bool:
    return all(quota.get(member, kind[member]) == kind[member] for member in ("mode", "kind"))


def _codes(entries: Entries) -> set[str]:
    return {entry["code"] for entry in entries}


def _twice(
    entries: Entries, place: tuple[str | int, ...], *, key: str = "code"
) -> Iterator[SectionFault]:
    seen: set[str] = set()
    for index, entry in enumerate(entries):
        if entry[key] in seen:
            yield SectionFault((*place, index, key), "code-twice", {"name": entry[key]})
        seen.add(entry[key])


def _unknown(
    named: Sequence[str], known: Any, place: tuple[str | int, ...], *, single: bool = False
) -> Iterator[SectionFault]:
    for index, code in enumerate(named):
        if code not in known:
            yield SectionFault(place if single else (*place, index), "code-unknown", {"name": code})


def _days(
    entry: Mapping[str, Any], members: Sequence[str], place: tuple[str | int, ...]
) -> Iterator[SectionFault]:
    for member in members:
        if member in entry and not is_day(entry[member]):
            yield SectionFault((*place, member), "no-such-day", {"name": entry[member]})


def _circular(code: str, above: Mapping[str, str | None]) -> bool:
    seen: set[str] = set()
    at: str | None = code
    while at is not None:
        if at in seen:
            return True
        seen.add(at)
        at = above.get(at)
    return False
