"""The rules of retention: what something is used for decides how long it is kept. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Rule(StrEnum):
    """What a medium was used for; its days run from when that use ended.

    `unused`: its record was judged and no finding rests on it. `record`: a finding does, without a
    case. `case`: from the case's closing. `notice`: from the notice's publication. `pack`: a built
    pack's file, from when it was ready; it can be built again from what is kept. `informant`,
    `complaint`: who brought a complaint, and its words, from the last thing that happened to it.
    """

    UNUSED = "unused"
    RECORD = "record"
    CASE = "case"
    NOTICE = "notice"
    PACK = "pack"
    INFORMANT = "informant"
    COMPLAINT = "complaint"


class Keeper(StrEnum):
    """Why a medium is kept whatever its age."""

    HOLD = "legal-hold"
    REVIEW = "awaiting-review"
    CASE = "running-case"
    NOTICE = "running-notice"
    UNKNOWN = "unknown-owner"


@dataclass(frozen=True)
class Use:
    """One thing that a medium is or was used for: it ended at a moment, or it is still `kept`."""

    rule: Rule = Rule.UNUSED
    ended_at: datetime | None = None
    kept: Keeper | None = None


@dataclass(frozen=True)
class Verdict:
    """How long a medium lives: kept for a reason, or until a moment by a rule."""

    kept: Keeper | None
    rule: Rule
    until: datetime | None

    def is_due(self, at: datetime) -> bool:
        """Tell whether the time to be kept has run out."""
        return self.kept is None and self.until is not None and self.until <= at


def judge(uses: Iterable[Use], days: Mapping[str, int]) -> Verdict:
    """Return the longest life that any use gives; one that still runs keeps the medium.

    Args:
        days: how many days each rule keeps, by its name.
    """
    lives = []
    for use in uses:
        if use.kept is not None or use.ended_at is None:
            return Verdict(use.kept or Keeper.UNKNOWN, use.rule, None)
        lives.append((use.ended_at + timedelta(days=days[use.rule]), use.rule))
    if not lives:
        return Verdict(Keeper.UNKNOWN, Rule.UNUSED, None)
    until, rule = max(lives)
    return Verdict(None, rule, until)
