"""Who answers for a case among its units: 主责, 次责, and the lead unit for all of it. Pure.

What is not in writing, or not clear, is the lead unit's alone (分不清的由牵头部门全部承担,
DOMAIN.md row 3): nobody can hide behind a split that was never made.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Carries = Literal["all", "primary", "secondary", "nothing"]


@dataclass(frozen=True)
class Share:
    """A supporting unit's part: `degree` primary, secondary or unresolved; `duty` in writing."""

    unit_id: UUID
    degree: str
    duty: str


@dataclass(frozen=True)
class Responsibility:
    """Who carries what; `resolved` is False where the split is not clear or not in writing."""

    resolved: bool
    lead: Carries
    support: dict[UUID, Carries]


def settle(shares: Sequence[Share]) -> Responsibility:
    """Return who carries what beside the lead unit.

    The lead unit carries the primary responsibility unless exactly one supporting unit does.
    """
    primary = [one for one in shares if one.degree == "primary"]
    unclear = any(one.degree == "unresolved" or not one.duty.strip() for one in shares)
    if unclear or len(primary) > 1:
        return Responsibility(False, "all", {one.unit_id: "nothing" for one in shares})
    support: dict[UUID, Carries] = {
        one.unit_id: "primary" if one in primary else "secondary" for one in shares
    }
    if not shares:
        return Responsibility(True, "all", {})
    return Responsibility(True, "secondary" if primary else "primary", support)
