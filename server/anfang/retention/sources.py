"""Where things that end come from: rooms above name theirs here, like handlers of events. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID


@dataclass(frozen=True)
class Due:
    """A file, or a row's content, whose time has run out, by which rule and since when.

    Attributes:
        bytes: its size.
        row_id: the row that holds it, where its hash does not find it.
    """

    kind: str
    sha256: str
    bytes: int
    rule: str
    since: datetime
    row_id: UUID | None = None


@dataclass(frozen=True)
class Source:
    """One kind of file that ends by a rule.

    Attributes:
        kind: as `evidence.models.DeletedKind` names it.
        due: the files whose time has run out, inside a reading transaction.
        certify: look again with the rows locked, mark and certify; False if it is no longer due.
            Called inside a writing transaction.
        is_kept: whether a file of this hash is (again) one that the office keeps.
    """

    kind: str
    due: Callable[[], Iterator[Due]]
    certify: Callable[[Due], bool]
    is_kept: Callable[[str], bool]


SOURCES: Final[dict[str, Source]] = {}


def add_source(source: Source) -> None:
    """Name a kind of file that ends; once for each kind."""
    SOURCES[source.kind] = source
