"""What a room found out about a unit, in the one form that scoring reads. Pure."""

from dataclasses import dataclass
from typing import Literal, TypeAlias
from uuid import UUID

Source: TypeAlias = Literal["visit", "survey", "ballot", "complaint", "claim"]
"""The engine that a figure comes from."""


@dataclass(frozen=True)
class Figure:
    """One number about one unit, with what it can be followed to.

    Attributes:
        unit_id: whom it is about; never a person.
        source: the engine that it comes from.
        group: the code of the raters' group or of the channel; empty where there is none.
        item: the code of the question, the criterion or the kind of matter.
        value: a mark from 0 to 100, or 1.0 for each thing that is counted.
        count: how many judged; 1 for each thing that is counted.
        object_kind: what the number can be followed to, as the audit trail names it.
        object_id: that record's, round's, box's or complaint's identifier.
    """

    unit_id: UUID
    source: Source
    group: str
    item: str
    value: float
    count: int
    object_kind: str
    object_id: UUID
