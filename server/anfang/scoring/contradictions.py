"""What a rulebook's section `scoring` must not contradict, beyond its schema. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from anfang.campaigns.rulebook_registry import SectionFault

Entry = Mapping[str, Any]
_Place = tuple[str | int, ...]
_WHOLE: Final = Decimal(100)
_RATED: Final = {"survey": "surveys", "ballot": "ballots"}
"""Sources whose groups of raters the rulebook declares, and the section where it does."""

VISIT_GROUPS: Final = frozenset({"finding", "veto", "case", "breach"})
"""What visits and cases come to that is counted (`visit_figures`)."""

_VERTICAL: Final = "vertical"
_LETTER: Final = "letter"


def faults(section: Entry, rulebook: Entry) -> Iterator[SectionFault]:
    """Yield weights that do not add up, and whatever is named and nowhere declared."""
    yield from _twice(section["schemes"], ("schemes",))
    actors = {one["code"] for one in rulebook.get("actors", ())}
    for index, scheme in enumerate(section["schemes"]):
        place: _Place = ("schemes", index)
        yield from _codes(scheme, place)
        yield from _unknown(scheme.get("parts", ()), actors, (*place, "parts"))
        for at, one in enumerate(scheme.get("exclude", ())):
            yield from _unknown(one["parts"], actors, (*place, "exclude", at, "parts"))
        yield from _weights(scheme, place)
        yield from _groups(scheme, rulebook, place)
        yield from _bands(scheme, place)
        yield from _consequences(scheme, rulebook.get("ladders", {}), place)
        if scheme.get("floor", 0) > scheme.get("ceiling", 100):
            yield SectionFault((*place, "floor"), "scoring-bounds")


def _codes(scheme: Entry, place: _Place) -> Iterator[SectionFault]:
    for member in ("components", "deductions", "vetoes", "bands", "consequences"):
        yield from _twice(scheme.get(member, ()), (*place, member))
    parts = {one["code"] for one in scheme.get("components", ())}
    for index, one in enumerate(scheme.get("deductions", ())):
        if one["code"] in parts:
            where = (*place, "deductions", index, "code")
            yield SectionFault(where, "code-twice", {"name": one["code"]})
    parts |= {one["code"] for one in scheme.get("deductions", ())}
    yield from _unknown(scheme.get("ties", {}).get("by", ()), parts, (*place, "ties", "by"))


def _weights(scheme: Entry, place: _Place) -> Iterator[SectionFault]:
    components = scheme.get("components", ())
    yield from _whole(components, "weight", (*place, "components"))
    for index, one in enumerate(components):
        for member, key in (("groups", "group"), ("items", "item")):
            where = (*place, "components", index, member)
            yield from _whole(one.get(member, ()), "weight", where)
            yield from _twice(one.get(member, ()), where, key=key)


def _whole(entries: Sequence[Entry], key: str, place: _Place) -> Iterator[SectionFault]:
    total = sum((Decimal(repr(one[key])) for one in entries), Decimal(0))
    if entries and total != _WHOLE:
        yield SectionFault(place, "scoring-weights", {"sum": f"{total.normalize():f}"})


def _groups(scheme: Entry, rulebook: Entry, place: _Place) -> Iterator[SectionFault]:
    for member in ("components", "deductions", "vetoes"):
        for index, one in enumerate(scheme.get(member, ())):
            named = [
                group["group"] if member == "components" else group
                for group in one.get("groups", ())
            ]
            where = (*place, member, index, "groups")
            known = _known_groups(one["source"], rulebook)
            if known is not None:
                yield from _unknown(named, known, where, code="scoring-group-unknown")


def _known_groups(source: str, rulebook: Entry) -> frozenset[str] | None:
    """Return the groups that a source may have; None where they are not the rulebook's to say."""
    if source == "visit":
        return VISIT_GROUPS
    if source not in _RATED:
        return None
    return frozenset(_declared(rulebook.get(_RATED[source], ())))


def _declared(section: Any) -> Iterator[str]:
    """Yield the codes of every list `groups` in a section."""
    if isinstance(section, Mapping):
        groups = section.get("groups", ())
        yield from (one["code"] for one in groups if isinstance(one, Mapping) and "code" in one)
        section = section.values()
    if isinstance(section, Iterable) and not isinstance(section, str):
        for one in section:
            yield from _declared(one)


def _bands(scheme: Entry, place: _Place) -> Iterator[SectionFault]:
    bands = scheme.get("bands", ())
    if not bands:
        return
    starts = [one["from"] for one in bands if "from" in one]
    if len(starts) not in (0, len(bands)):
        yield SectionFault((*place, "bands"), "scoring-bands-mixed")
    elif not starts:
        yield from _whole(bands, "share", (*place, "bands"))
    elif sorted(set(starts), reverse=True) != starts:
        yield SectionFault((*place, "bands"), "scoring-bands-order")


def _consequences(scheme: Entry, ladders: Entry, place: _Place) -> Iterator[SectionFault]:
    bands = {one["code"] for one in scheme.get("bands", ())}
    facts = {one["code"] for one in ladders.get("facts", ())}
    rewards = {one["code"] for one in ladders.get("rewards", ())}
    for index, one in enumerate(scheme.get("consequences", ())):
        where = (*place, "consequences", index)
        when, then = one["when"], one["then"]
        if when["among_at_least"] <= when.get("last", when.get("best", 0)):
            yield SectionFault((*where, "when", "among_at_least"), "scoring-place-of-all")
        yield from _one_unknown(when, "band", bands, (*where, "when"))
        yield from _one_unknown(one, "fact", facts, where)
        yield from _one_unknown(then, "reward", rewards, (*where, "then"))
        categories = one.get("categories", scheme["categories"])
        unranked = (*where, "categories")
        yield from _unknown(categories, set(scheme["categories"]), unranked)
        if "ladder" in then:
            yield from _step(then, categories, ladders, (*where, "then"))


def _step(
    then: Entry, categories: Sequence[str], ladders: Entry, place: _Place
) -> Iterator[SectionFault]:
    ladder = next((x for x in ladders.get("sequences", ()) if x["code"] == then["ladder"]), None)
    steps = {} if ladder is None else {one["code"]: one for one in ladder["steps"]}
    if ladder is None or then["step"] not in steps:
        yield SectionFault((*place, "step"), "ladder-step-unknown", {"name": then["step"]})
        return
    yield from _unknown(categories, set(ladder["categories"]), (*place, "ladder"), single=True)
    if _VERTICAL in categories and steps[then["step"]]["kind"] != _LETTER:
        yield SectionFault((*place, "step"), "scoring-vertical-sanction", {"name": then["step"]})


def _one_unknown(
    entry: Entry, member: str, known: set[str], place: _Place
) -> Iterator[SectionFault]:
    if member in entry:
        yield from _unknown([entry[member]], known, (*place, member), single=True)


def _unknown(
    named: Sequence[str],
    known: Any,
    place: _Place,
    *,
    single: bool = False,
    code: str = "code-unknown",
) -> Iterator[SectionFault]:
    for index, one in enumerate(named):
        if one not in known:
            yield SectionFault(place if single else (*place, index), code, {"name": one})


def _twice(entries: Iterable[Entry], place: _Place, *, key: str = "code") -> Iterator[SectionFault]:
    seen: set[str] = set()
    for index, one in enumerate(entries):
        if one[key] in seen:
            yield SectionFault((*place, index, key), "code-twice", {"name": one[key]})
        seen.add(one[key])
