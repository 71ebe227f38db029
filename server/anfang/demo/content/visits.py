"""The demonstration's visits, and what a reviewer decided about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from anfang.demo.content.errors import ContentError
from anfang.demo.content.reading import read

_YES: Final = "yes"


@dataclass(frozen=True)
class Rectangle:
    """Pixels of the upright picture."""

    x: int
    y: int
    w: int
    h: int


@dataclass(frozen=True)
class PictureEntry:
    """A picture to draw (`pictures.scene(kind, seed, …)`), its item and what a reviewer masks."""

    kind: str
    seed: int
    item: str
    redact: tuple[Rectangle, ...] = ()


@dataclass(frozen=True)
class ItemText:
    """A sentence at an item: an inspector's remark, a finding, a reviewer's remark."""

    item: str
    text: str


@dataclass(frozen=True)
class Review:
    """What the reviewer decided: `accepted` with findings or `returned` with remarks."""

    decision: str
    findings: tuple[ItemText, ...] = ()
    remarks: tuple[ItemText, ...] = ()


@dataclass(frozen=True)
class Visit:
    """A finished visit; without `review` its record waits in the queue.

    `place`, `subject`, `ride`, `private` are members of PROTOCOL §4's disclosures; `not_possible`
    is the reason of a visit that could not be made.
    """

    key: str
    inspector: str
    site: str
    checklist: str
    days_ago: int
    starts_at: str
    minutes: int
    subject: Mapping[str, str]
    place: Mapping[str, int]
    given: Mapping[str, Any]
    usual_grade: int
    remarks: tuple[ItemText, ...] = ()
    pictures: tuple[PictureEntry, ...] = ()
    ride: Mapping[str, Any] | None = None
    private: Mapping[str, str] | None = None
    note: str | None = None
    not_possible: str | None = None
    review: Review | None = None

    def answers(self, items: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Return PROTOCOL §4's `answers` to a checklist's items; none where no visit was made.

        Raises:
            ContentError: an item that is neither `yes_no` nor `grade` has no answer, or an answer
                has no item.
        """
        if self.not_possible is not None:
            return []
        unknown = self.given.keys() - {item["id"] for item in items}
        if unknown:
            raise ContentError(f"visit {self.key}: no items {sorted(unknown)}")
        return [{"item": item["id"], "value": self._value(item)} for item in items]

    def _value(self, item: Mapping[str, Any]) -> Any:
        usual = {"yes_no": _YES, "grade": self.usual_grade}
        value = self.given.get(item["id"], usual.get(item["kind"]))
        if value is None:
            raise ContentError(f"visit {self.key}: no answer to {item['id']}")
        return value


def visit_of(entry: Mapping[str, Any], usual_grade: int) -> Visit:
    """Read a visit; its file writes `answers` for what is `given` here."""
    members = dict(entry)
    given = members.pop("answers", {})
    return read(Visit, {**members, "given": given, "usual_grade": usual_grade})
