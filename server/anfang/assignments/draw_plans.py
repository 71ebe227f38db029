"""What the office asks of a draw, before its pools are frozen. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID


class Over(StrEnum):
    """What is drawn: sites, or units among whose sites the inspectors choose."""

    SITES = "sites"
    UNITS = "units"


@dataclass(frozen=True)
class StratumPlan:
    """A pool: sites of `kinds` or units of these categories, below a unit; empty means all."""

    code: str
    title: str
    take: int
    checklist_version_id: UUID
    kinds: Sequence[str] = ()
    unit_id: UUID | None = None


@dataclass(frozen=True)
class DrawPlan:
    """A draw to commit to.

    Args:
        entropy_source: where the public entropy will come from, so that nobody can choose it.
        weights: object → weight 1…1000; what is not named weighs 1.
        excluded: object → why it is left out; published with the result.
        rest_days: objects visited in the days before `from_day` rest; 0: none.
        per_object: how many inspectors go to an object.
        inspectors_rest_days: nobody is sent to a unit again within these days; 0: they may be.
        replaces, reason: the draw that this one replaces, and why.
    """

    campaign_id: UUID
    from_day: date
    to_day: date
    over: str
    entropy_source: str
    strata: Sequence[StratumPlan]
    weights: Mapping[UUID, int] = field(default_factory=dict)
    excluded: Mapping[UUID, str] = field(default_factory=dict)
    rest_days: int = 0
    per_object: int = 2
    inspectors_rest_days: int = 0
    replaces: UUID | None = None
    reason: str = ""
