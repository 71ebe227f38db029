"""What a pack is to be made of. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID


@dataclass(frozen=True)
class Selector:
    """Exactly one of: records by id, a case by id, a notice by number.

    Raises:
        ValueError: none of them, or more than one.
    """

    records: tuple[UUID, ...] = ()
    case: UUID | None = None
    notice: str | None = None

    def __post_init__(self) -> None:
        """Refuse what selects nothing or in two ways."""
        if [bool(self.records), self.case is not None, bool(self.notice)].count(True) != 1:
            raise ValueError("select records, a case or a notice")

    def as_json(self) -> dict[str, Any]:
        """Return the form that the database and the API hold."""
        if self.records:
            return {"records": [str(record) for record in self.records]}
        return {"notice": self.notice} if self.case is None else {"case": str(self.case)}

    @classmethod
    def from_json(cls, members: Mapping[str, Any]) -> Self:
        """Read `as_json`'s form; members of None say nothing."""
        case = members.get("case")
        return cls(
            records=tuple(UUID(str(record)) for record in members.get("records") or ()),
            case=None if case is None else UUID(str(case)),
            notice=members.get("notice"),
        )
