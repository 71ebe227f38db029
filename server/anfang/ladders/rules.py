"""What a rulebook says about ladders: steps in order, conditions, rewards, referral. Pure.

The mapping is the section `ladders`, valid by `ladders.schema.json`. What the law fixes is no
member: the right of reply, the second person, the times of a review.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

REVIEW_DAYS: Final = 30
"""Days to ask for a review, and days to decide it (政府督查工作条例 art. 17)."""

PUBLIC_KINDS: Final = frozenset({"exposure"})
"""Kinds of steps that the public sees: taking one back needs a correction in public."""

Facts = Mapping[str, int | frozenset[str]]


@dataclass(frozen=True)
class Condition:
    """A fact that must hold: a number of at least so much, or one of some words among it."""

    fact: str
    title: str
    at_least: int
    one_of: frozenset[str]

    def met(self, facts: Facts) -> bool:
        """Tell whether the condition holds; a fact that is not known does not."""
        known = facts.get(self.fact, 0)
        if isinstance(known, frozenset):
            return bool(known & self.one_of)
        return known >= self.at_least


@dataclass(frozen=True)
class Step:
    """A step of a ladder; `position` 1 is the lowest. All of `when` must hold."""

    code: str
    kind: str
    title: str
    position: int
    when: tuple[Condition, ...]
    working_days: int | None

    def missing(self, facts: Facts) -> list[str]:
        """Return the titles of the conditions that do not hold."""
        return [one.title for one in self.when if not one.met(facts)]


@dataclass(frozen=True)
class Ladder:
    """Steps in order, for units of some categories."""

    code: str
    title: str
    categories: frozenset[str]
    steps: tuple[Step, ...]

    def step(self, code: str) -> Step | None:
        """Return a step by its code."""
        return next((one for one in self.steps if one.code == code), None)

    def missing(self, target: Step, following: int, facts: Facts) -> list[str]:
        """Return the titles of the conditions that a step lacks where `following` comes next.

        Who skips a step does not skip its conditions.
        """
        steps = self.steps[min(following, target.position) - 1 : target.position]
        return [title for one in steps for title in one.missing(facts)]


@dataclass(frozen=True)
class Accountability:
    """A rule of the whole campaign: what leads at least to which step."""

    code: str
    title: str
    ladder: str
    step: str


@dataclass(frozen=True)
class LadderRules:
    """A campaign's ladders, rewards, attested facts, competent bodies and rules, by code."""

    ladders: Mapping[str, Ladder]
    rewards: Mapping[str, Step]
    facts: Mapping[str, str]
    bodies: Mapping[str, str]
    accountability: Mapping[str, Accountability]


def ladder_rules(section: Mapping[str, Any] | None) -> LadderRules:
    """Read the section `ladders`; None gives none of anything."""
    told = section or {}
    facts = {one["code"]: one["title"] for one in told.get("facts", [])}
    return LadderRules(
        ladders={one["code"]: _ladder(one, facts) for one in told.get("sequences", [])},
        rewards={
            one["code"]: _step({**one, "kind": "reward"}, 0, facts)
            for one in told.get("rewards", [])
        },
        facts=facts,
        bodies={one["code"]: one["title"] for one in told.get("referral", {}).get("bodies", [])},
        accountability={
            one["code"]: Accountability(one["code"], one["title"], one["ladder"], one["step"])
            for one in told.get("accountability", [])
        },
    )


def next_position(reached: Iterable[int]) -> int:
    """Return the lowest step that comes next for several cases: none of them skips one."""
    return min(reached, default=0) + 1


def _ladder(told: Mapping[str, Any], facts: Mapping[str, str]) -> Ladder:
    steps = tuple(_step(one, place, facts) for place, one in enumerate(told["steps"], start=1))
    return Ladder(told["code"], told["title"], frozenset(told["categories"]), steps)


def _step(told: Mapping[str, Any], position: int, facts: Mapping[str, str]) -> Step:
    return Step(
        code=told["code"],
        kind=told["kind"],
        title=told["title"],
        position=position,
        when=_conditions(told.get("when", []), facts),
        working_days=told.get("working_days"),
    )


def _conditions(
    told: Sequence[Mapping[str, Any]], facts: Mapping[str, str]
) -> tuple[Condition, ...]:
    return tuple(
        Condition(
            fact=one["fact"],
            title=one.get("title") or facts.get(one["fact"].removeprefix("attested."), one["fact"]),
            at_least=one.get("at_least", 1),
            one_of=frozenset(one.get("one_of", [])),
        )
        for one in told
    )
