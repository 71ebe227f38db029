"""What the public and the units themselves say in the demonstration, and what is made of it.

Days are counted back from the day of loading. `leaning`: unit → how many of a hundred choose the
best option; of the rest as many choose the next one, and so on down the scale.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ComplaintStep:
    """What happens to a complaint; `do` names a step of `demo.complaining`.

    `text` is what is written or said with it, `unit` whom it is given to or who does it, `into` the
    complaint that takes it over.
    """

    do: str
    days_ago: int
    text: str = ""
    unit: str = ""
    into: str = ""


@dataclass(frozen=True)
class ComplaintEntry:
    """A complaint; without `informant` it is anonymous."""

    key: str
    channel: str
    kind: str
    topic: str
    days_ago: int
    text: str
    about: str = ""
    informant: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[ComplaintStep, ...] = ()


@dataclass(frozen=True)
class ProposalEntry:
    """A special action that the lead proposes about the complaints of a cluster's rule."""

    rule: str
    unit: str
    days_ago: int
    title: str
    text: str


@dataclass(frozen=True)
class RoundEntry:
    """A round of a survey, with as many raters in each group of its form.

    `like` another round of the campaign, under a `title` of its own, or as the rulebook plans it.
    `closes_days_ago` is below zero for what is still open; `answered` of each group did so by
    link; `paper` ballots were handed out to each group, and one of them was entered once.
    """

    code: str
    days_ago: int
    closes_days_ago: int
    raters: int
    answered: int
    leaning: Mapping[str, int]
    paper: int = 0
    title: str = ""
    like: str = ""
    published_days_ago: int | None = None


@dataclass(frozen=True)
class WitnessEntry:
    """A witness of an appraisal, in what office."""

    username: str
    office: str


@dataclass(frozen=True)
class BoxEntry:
    """A box of a sealed appraisal on its day; without witnesses it waits for them.

    `papers`: group → how many slips are used; one more is declared spoilt.
    """

    appraisal: str
    days_ago: int
    witnesses: tuple[WitnessEntry, ...] = ()
    papers: Mapping[str, int] = field(default_factory=dict)
    leaning: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class SheetEntry:
    """What a unit claims: a share of every item, or `counted` ones: item → good, checked."""

    unit: str
    days_ago: int
    percent: int
    signatory: str
    counted: Mapping[str, list[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class DifferenceEntry:
    """A difference that the unit was asked about and explained; it waits for a verdict."""

    unit: str
    item: str
    days_ago: int
    note: str
    answered_days_ago: int
    answer: str


@dataclass(frozen=True)
class CallEntry:
    """A call of the rulebook for self-reports about the visits of some days."""

    call: str
    units: tuple[str, ...]
    days_ago: int
    from_days_ago: int
    to_days_ago: int
    sheets: tuple[SheetEntry, ...] = ()
    differences: tuple[DifferenceEntry, ...] = ()


@dataclass(frozen=True)
class RunEntry:
    """A ranking computed over some days; `published_days_ago` None leaves it a draft."""

    scheme: str
    title: str
    days_ago: int
    from_days_ago: int
    to_days_ago: int
    published_days_ago: int | None = None


@dataclass(frozen=True)
class LotsEntry:
    """A double-random draw of sites of `kinds`, published when its days are over."""

    title: str
    checklist: str
    kinds: tuple[str, ...]
    take: int
    days_ago: int
    from_days_ago: int
    to_days_ago: int
    entropy_source: str
    entropy: str
    witness: str
