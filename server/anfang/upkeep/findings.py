"""What an examination finds. Pure."""

from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """Whether something is broken now, or will be if nobody looks."""

    FAULT = "fault"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be.

    Attributes:
        code: `doctor-<code>` is the message that says what is wrong and what to do.
        where: the row, file or folder; empty where it is the installation as a whole.
        facts: values for the text.
    """

    code: str
    where: str = ""
    level: Level = Level.FAULT
    facts: dict[str, str | int] = field(default_factory=dict)


@dataclass
class Tally:
    """What was looked at, so that a clean answer can be told from an empty one.

    `bytes` were read again only by a deep examination.
    """

    objects: int = 0
    bytes: int = 0
    log_entries: int = 0
    unfinished_uploads: int = 0
    waiting_events: int = 0
