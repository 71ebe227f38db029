"""What a rulebook's `complaints` section means: channels, limits, clusters. Pure.

A campaign without a rulebook, or a rulebook without a member, gets the defaults that are named
here. That informants are sealed is no member: nothing here switches it off.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any, Final

from anfang.complaints.words import Channel, Step
from anfang.kit.working_time import deadline


@dataclass(frozen=True)
class Term:
    """How long a step may take: calendar days or working days, one of them; and who says so."""

    days: int | None = None
    working_days: int | None = None
    source: str = ""

    def end(self, began_at: datetime, zone: tzinfo) -> datetime:
        """Return, in UTC, when the term runs out that began at a moment.

        Both end when the office closes, on a working day (民法典 art. 203).
        """
        if self.working_days is not None:
            return deadline(began_at, self.working_days, zone)
        # Days are counted in the office's time zone, whose clocks are never put back.
        return deadline(began_at + timedelta(days=self.days or 0), 0, zone)


DEFAULT_TERMS: Final[Mapping[Step, Term]] = {
    Step.ACCEPT: Term(days=15, source="信访工作条例（2022）第二十二条、第二十三条"),
    Step.TRANSFER: Term(working_days=2, source="系统默认"),
    Step.UNIT_ACCEPT: Term(working_days=1, source="系统默认"),
    Step.UNIT_REPLY: Term(working_days=5, source="安阳市优化营商环境条例第五十条"),
    Step.FINISH: Term(days=60, source="信访工作条例（2022）第三十四条"),
}

DEFAULT_EXTENSION: Final = Term(days=30, source="信访工作条例（2022）第三十四条")


@dataclass(frozen=True)
class ClusterRule:
    """When many complaints become a matter of their own.

    Attributes:
        of: `received` or `verified`: which complaints count.
        by: `unit`, `site` or `topic`: what they must have in common.
        at_least: how many, within `days` calendar days.
        topics: which topics count; none means all.
    """

    code: str
    title: str
    of: str
    by: str
    at_least: int
    days: int
    topics: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ComplaintRules:
    """A campaign's rules about complaints.

    Attributes:
        channels: those that are open, with a title.
        extension: by how much a unit's term to answer is made longer, once.
    """

    channels: Mapping[Channel, str]
    terms: Mapping[Step, Term]
    extension: Term
    clusters: tuple[ClusterRule, ...]

    def end(self, step: Step, began_at: datetime, zone: tzinfo) -> datetime:
        """Return when a step's term runs out."""
        return self.terms[step].end(began_at, zone)


def complaint_rules(section: Mapping[str, Any] | None) -> ComplaintRules:
    """Read the section `complaints`; None gives the defaults."""
    told = section or {}
    named = {Channel(one["channel"]): one.get("title", "") for one in told.get("channels", ())}
    return ComplaintRules(
        channels=named or dict.fromkeys(Channel, ""),
        terms={
            **DEFAULT_TERMS,
            **{Step(step): _term(one) for step, one in told.get("limits", {}).items()},
        },
        extension=_term(told["extension"]) if "extension" in told else DEFAULT_EXTENSION,
        clusters=tuple(_cluster(one) for one in told.get("clusters", ())),
    )


def _term(raw: Mapping[str, Any]) -> Term:
    return Term(raw.get("days"), raw.get("working_days"), raw.get("source", ""))


def _cluster(raw: Mapping[str, Any]) -> ClusterRule:
    named = ("code", "title", "of", "by", "at_least", "days")
    return ClusterRule(
        **{name: raw[name] for name in named}, topics=frozenset(raw.get("topics", ()))
    )
