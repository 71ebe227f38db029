"""What follows from the kind of a document: its layout, series of numbers, readers and checks.

A correction or withdrawal follows the document that it is about: same layout, series and readers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from anfang.documents.content import Layout, NoticeKind


class Audience(StrEnum):
    """Who reads an issued document.

    `PUBLIC`: everybody, on the public pages. `UNIT`: one unit, at its desk, against a signature.
    `LIST`: the distribution list, on paper or by the office's own mail. `RAISER`: who raised the
    matter, who has no account here.
    """

    PUBLIC = "public"
    UNIT = "unit"
    LIST = "list"
    RAISER = "raiser"


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind: `mark` and `issue` fill masthead and number, `heard` asks for the defence first."""

    layout: Layout
    audience: Audience
    heard: bool
    mark: str = ""
    issue: str = "{organ}〔{year}〕{serial}号"


_LETTER_MARK: Final = "{office}"
_OFFICIAL_MARK: Final = "{office}文件"

RULES: Final[Mapping[NoticeKind, Rule]] = {
    NoticeKind.EXPOSURE: Rule(Layout.OFFICIAL, Audience.PUBLIC, heard=True, mark=_OFFICIAL_MARK),
    # The order itself opens the defence: it names the term (政务处分法 art. 43).
    NoticeKind.RECTIFICATION: Rule(
        Layout.OFFICIAL, Audience.UNIT, heard=False, mark=_OFFICIAL_MARK
    ),
    NoticeKind.SUPERVISION: Rule(Layout.LETTER, Audience.UNIT, heard=False, mark=_LETTER_MARK),
    NoticeKind.BULLETIN: Rule(
        Layout.BULLETIN,
        Audience.LIST,
        heard=True,
        mark="{organ}",
        issue="{organ}{year}年第{serial}期",
    ),
    NoticeKind.REPLY: Rule(Layout.LETTER, Audience.UNIT, heard=False, mark=_LETTER_MARK),
}
"""The kinds that stand for themselves; each has a series of numbers of its own."""


def rule(series: str) -> Rule:
    """Return the rule of a series, which is named after the kind that it numbers."""
    return RULES[NoticeKind(series)]


def number(series: str, organ: str, year: int, serial: int | str) -> str:
    """Write the number of a document of a series: 甲整办改〔2026〕3号, 整风简报2026年第3期."""
    return rule(series).issue.format(organ=organ, year=year, serial=serial)


def mark(series: str, office: str, organ: str) -> str:
    """Return the masthead that a document of a series begins with; people may change it."""
    return rule(series).mark.format(office=office, organ=organ)
