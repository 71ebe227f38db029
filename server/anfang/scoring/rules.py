"""What a rulebook says about scores: formulas, ties, bands, what follows from a place. Pure.

The mapping is the section `scoring`, valid by `scoring.schema.json` and `contradictions`. Numbers
are read from their decimal digits (0.1 is a tenth) and kept exact as fractions.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, Literal, TypeAlias, get_args

from anfang.kit.figures import Figure, Source

TooFew: TypeAlias = Literal["leave_out", "zero", "unranked"]
"""What becomes of marks that too few gave: their weight goes to the others; they are 0; no rank."""

Place: TypeAlias = Literal["last", "best", "band", "every"]

WHOLE: Final = Fraction(100)
"""A full mark, and the sum of any weights that stand beside each other."""

_BOUNDS: Final = ("from", "share")

NOT_A_MARK: Final = frozenset({"dissatisfied"})
"""Items of marks that are shares: used only by a component that names them."""


@dataclass(frozen=True)
class Weighted:
    """A group of raters or an item, and its weight in percent; an empty code takes them all."""

    code: str
    title: str
    weight: Fraction


@dataclass(frozen=True)
class Trim:
    """How many marks are left out at either end, where there are `among_at_least` marks."""

    highest: int = 0
    lowest: int = 0
    among_at_least: int = 1


@dataclass(frozen=True)
class Component:
    """A part of the score that is a mean of marks.

    Attributes:
        groups, items: who marked, and what; one that takes all where the rulebook names none.
        least: how many must have judged before a mark is used.
        reversed: what is marked is bad (a share of dissatisfied): 100 less the mark counts.
    """

    code: str
    title: str
    source: Source
    weight: Fraction
    groups: tuple[Weighted, ...]
    items: tuple[Weighted, ...]
    least: int
    too_few: TooFew
    trim: Trim
    reversed: bool


@dataclass(frozen=True)
class Counted:
    """Which figures are counted; empty sets take every group, every item."""

    source: Source
    groups: frozenset[str]
    items: frozenset[str]

    def takes(self, figure: Figure) -> bool:
        """Tell whether a figure is counted."""
        return (
            figure.source == self.source
            and (not self.groups or figure.group in self.groups)
            and (not self.items or figure.item in self.items)
        )


@dataclass(frozen=True)
class Deduction:
    """Points off for each thing counted beyond `free` ones, never more than `at_most`."""

    code: str
    title: str
    counted: Counted
    each: Fraction
    free: int
    at_most: Fraction | None


@dataclass(frozen=True)
class Veto:
    """From `at_least` things counted on, the score is at most `cap`."""

    code: str
    title: str
    counted: Counted
    at_least: int
    cap: Fraction


@dataclass(frozen=True)
class Band:
    """A word for a score: from so many points on, or for so large a share of the ranked units."""

    code: str
    title: str
    start: Fraction | None
    share: Fraction | None


@dataclass(frozen=True)
class Exclusion:
    """Units of some parts that are scored, and not ranked."""

    parts: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Consequence:
    """What follows for a unit from its place.

    Attributes:
        place, count, band: the last or best so many, a band, or every ranked unit.
        categories: of units that it is for.
        among_at_least: how many units must be ranked before a place means anything.
        times, in_a_row: in how many published runs, and whether one after the other.
        from_run: the first published run of the scheme (counted from 1) that counts.
        ladder, step: of the rulebook's ladders; or `reward`.
        fact: what the office thereby attests about the unit; empty for nothing.
    """

    code: str
    title: str
    categories: frozenset[str]
    place: Place
    count: int
    band: str
    among_at_least: int
    times: int
    in_a_row: bool
    from_run: int
    ladder: str
    step: str
    reward: str
    fact: str


@dataclass(frozen=True)
class Scheme:
    """A formula and what is made of its scores.

    Attributes:
        places: decimals of a score; it is rounded half up (四舍五入).
        categories: each ranked for itself.
        parts: whose units are scored; none for every unit in service of the categories.
        base: points that every unit begins with.
        tie_breakers: codes of components and deductions that separate equal scores, in this order;
            what they leave equal shares a rank (1, 1, 3).
        published: whether the rulebook has the ranking published.
    """

    code: str
    title: str
    places: int
    categories: tuple[str, ...]
    parts: tuple[str, ...]
    exclusions: tuple[Exclusion, ...]
    base: Fraction
    components: tuple[Component, ...]
    deductions: tuple[Deduction, ...]
    vetoes: tuple[Veto, ...]
    floor: Fraction
    ceiling: Fraction
    tie_breakers: tuple[str, ...]
    bands: tuple[Band, ...]
    consequences: tuple[Consequence, ...]
    published: bool


def schemes_of(section: Mapping[str, Any] | None) -> dict[str, Scheme]:
    """Read the section `scoring` by code; None gives none."""
    return {one["code"]: _scheme(one) for one in (section or {}).get("schemes", ())}


def exact(number: float) -> Fraction:
    """Return the fraction that a number's shortest decimal digits say: 0.1 is a tenth."""
    return Fraction(repr(number))


def _scheme(told: Mapping[str, Any]) -> Scheme:
    return Scheme(
        code=told["code"],
        title=told["title"],
        places=told.get("places", 2),
        categories=tuple(told["categories"]),
        parts=tuple(told.get("parts", ())),
        exclusions=tuple(
            Exclusion(tuple(one["parts"]), one["why"]) for one in told.get("exclude", ())
        ),
        base=exact(told.get("base", 0)),
        components=tuple(_component(one) for one in told.get("components", ())),
        deductions=tuple(_deduction(one) for one in told.get("deductions", ())),
        vetoes=tuple(_veto(one) for one in told.get("vetoes", ())),
        floor=exact(told.get("floor", 0)),
        ceiling=exact(told.get("ceiling", 100)),
        tie_breakers=tuple(told.get("ties", {}).get("by", ())),
        bands=tuple(_band(one) for one in told.get("bands", ())),
        consequences=tuple(_consequence(one, told) for one in told.get("consequences", ())),
        published=told.get("published", False),
    )


def _component(told: Mapping[str, Any]) -> Component:
    trim = told.get("trim", {})
    return Component(
        code=told["code"],
        title=told["title"],
        source=told["source"],
        weight=exact(told["weight"]),
        groups=_weighted(told.get("groups", ()), "group"),
        items=_weighted(told.get("items", ()), "item"),
        least=told["least"],
        too_few=told["too_few"],
        trim=Trim(trim.get("highest", 0), trim.get("lowest", 0), trim.get("among_at_least", 1)),
        reversed=told.get("reversed", False),
    )


def _weighted(told: Iterable[Mapping[str, Any]], name: str) -> tuple[Weighted, ...]:
    named = tuple(Weighted(one[name], one.get("title", ""), exact(one["weight"])) for one in told)
    return named or (Weighted("", "", WHOLE),)


def _counted(told: Mapping[str, Any]) -> Counted:
    groups, items = told.get("groups", ()), told.get("items", ())
    return Counted(told["source"], frozenset(groups), frozenset(items))


def _deduction(told: Mapping[str, Any]) -> Deduction:
    return Deduction(
        code=told["code"],
        title=told["title"],
        counted=_counted(told),
        each=exact(told["each"]),
        free=told.get("free", 0),
        at_most=_optional(told.get("at_most")),
    )


def _veto(told: Mapping[str, Any]) -> Veto:
    least, cap = told.get("at_least", 1), exact(told["cap"])
    return Veto(told["code"], told["title"], _counted(told), least, cap)


def _band(told: Mapping[str, Any]) -> Band:
    return Band(told["code"], told["title"], *(_optional(told.get(one)) for one in _BOUNDS))


def _optional(number: float | None) -> Fraction | None:
    return None if number is None else exact(number)


def _consequence(told: Mapping[str, Any], scheme: Mapping[str, Any]) -> Consequence:
    when, then = told["when"], told["then"]
    place: Place = next(one for one in get_args(Place) if one in when)
    return Consequence(
        code=told["code"],
        title=told["title"],
        categories=frozenset(told.get("categories", scheme["categories"])),
        place=place,
        count=when[place] if place in ("last", "best") else 0,
        band=when["band"] if place == "band" else "",
        among_at_least=when.get("among_at_least", 1),
        times=when.get("times", 1),
        in_a_row=when.get("in_a_row", True),
        from_run=when.get("from_run", 1),
        ladder=then.get("ladder", ""),
        step=then.get("step", ""),
        reward=then.get("reward", ""),
        fact=told.get("fact", ""),
    )
