"""How the demonstration's campaigns run by their rulebooks: parts, topics, stages."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class TopicEntry:
    """A problem brought in under a theme; `approved` None leaves it to the approver."""

    theme: str
    title: str
    raised_by: str
    days_ago: int
    detail: str = ""
    approved: bool | None = None
    reason: str = ""


@dataclass(frozen=True)
class PointEntry:
    """A key point that was carried out, and what shows it."""

    code: str
    note: str
    count: int | None = None


@dataclass(frozen=True)
class StageEntry:
    """A stage that was entered: the gates that the approver confirmed, then its points."""

    code: str
    days_ago: int
    confirmed: tuple[str, ...] = ()
    points: tuple[PointEntry, ...] = ()


@dataclass(frozen=True)
class Ruled:
    """A shipped rulebook as an office fills it in.

    `parts`: actor → codes of units. `rule_texts`: rule set → rule → its decided wording. `undated`:
    the document's own days are taken out of the stages, for they are of another year. `counts`:
    actor → how many units play it, where the document's number is another place's.
    """

    rulebook: str
    parts: Mapping[str, list[str]]
    rule_texts: Mapping[str, Mapping[str, str]]
    topics: tuple[TopicEntry, ...]
    stages: tuple[StageEntry, ...]
    undated: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)
