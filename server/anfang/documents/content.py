"""What a notice consists of, apart from its looks; the typesetter (and later Word) reads this.

All text is plain: no markup is interpreted anywhere. Newlines inside a text start a new paragraph.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

_LEVELS = 4
_DIGITS = "〇一二三四五六七八九"


class NoticeKind(StrEnum):
    """Kinds of documents the office issues; `kinds.py` says what follows from each."""

    EXPOSURE = "exposure"
    RECTIFICATION = "rectification"
    SUPERVISION = "supervision"
    BULLETIN = "bulletin"
    REPLY = "reply"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"


class Layout(StrEnum):
    """How a document is set: 公文, 信函格式 (both GB/T 9704-2012) or 简报."""

    OFFICIAL = "official"
    LETTER = "letter"
    BULLETIN = "bulletin"


class Seal(StrEnum):
    """Whether the signature leaves room for a seal (`AREA`) or the document goes unsealed."""

    NONE = "none"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; at levels 1 to 4 (一、 （一） 1. （1）) with a heading that text may follow.

    `level` 0 is plain text. `number` is the heading's number; `number_headings` fills it in.

    Raises:
        ValueError: the level is unknown, or heading and level contradict each other.
    """

    text: str = ""
    heading: str = ""
    level: int = 0
    number: str = ""

    def __post_init__(self) -> None:
        """Refuse a heading without a level and a level without a heading."""
        if not 0 <= self.level <= _LEVELS:
            raise ValueError(f"levels go from 0 to {_LEVELS}: {self.level}")
        if (self.level > 0) != bool(self.heading):
            raise ValueError("a heading needs a level from 1, and a level from 1 a heading")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its title, its share of the width, whether cells are centred."""

    title: str
    share: float = 1.0
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has as many cells as there are columns (else ValueError)."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        """Refuse ragged rows."""
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a row has another number of cells than the table has columns")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that may be published: the bytes of a redacted (or expressly cleared) PNG or JPEG.

    The caption says what is seen, where and on which day; it names no person.
    """

    image: bytes
    caption: str


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex (附件): begins a page of its own; its title also stands in the 附件说明."""

    title: str
    body: tuple[Paragraph, ...] = ()
    table: Table | None = None
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """The office's contact, printed as 附注."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Distribution:
    """版记: who gets copies (抄送), which office printed it (印发机关) and on which day."""

    printed_by: str
    printed_on: date
    copies_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeDocument:
    """A notice, complete and ready for typesetting.

    `mark` is the red masthead (发文机关标志): usually the issuing office with 文件 behind it, in
    the letter format the office alone, on a bulletin its name; `signatory` the office at the end
    (署名). `number` is the whole 发文字号, or a placeholder while drafting. A newline in `title`
    forces a line break. `verification_url` becomes text and QR code; `key_thumbprint` is the RFC
    7638 thumbprint of the office key (PROTOCOL §1). With neither, nothing is printed (drafts, and
    documents that have no public page).
    """

    layout: Layout
    mark: str
    signatory: str
    number: str
    title: str
    issued_on: date
    body: tuple[Paragraph, ...]
    distribution: Distribution
    addressees: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    contact: Contact | None = None
    seal: Seal = Seal.AREA
    verification_url: str = ""
    key_thumbprint: str = ""

    @property
    def number_under_mark(self) -> str:
        """The number as it stands under the masthead: a bulletin's without the name above it."""
        return (
            self.number.removeprefix(self.mark) if self.layout is Layout.BULLETIN else self.number
        )


def chinese_date(day: date) -> str:
    """Write a date as documents do, e.g. 2026年11月2日: Arabic figures, no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_numeral(n: int) -> str:
    """Write 1 to 99 in Chinese figures, e.g. 12 → 十二. Raises ValueError outside that range."""
    if not 1 <= n <= 99:
        raise ValueError(f"headings are numbered from 1 to 99: {n}")
    tens, ones = divmod(n, 10)
    return (
        ("" if tens <= 1 else _DIGITS[tens])
        + ("十" if tens else "")
        + (_DIGITS[ones] if ones else "")
    )


def heading_number(level: int, n: int) -> str:
    """Write the `n`-th number of a heading level: 一、 （一） 1. （1） (GB/T 9704-2012 §7.3.3)."""
    if level == 1:
        return f"{chinese_numeral(n)}、"
    if level == 2:
        return f"（{chinese_numeral(n)}）"
    return f"{n}." if level == 3 else f"（{n}）"


def number_headings(paragraphs: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """Give every heading its number; a heading restarts the count of the levels beneath it."""
    counts = [0] * (_LEVELS + 1)
    numbered: list[Paragraph] = []
    for paragraph in paragraphs:
        if paragraph.level:
            counts[paragraph.level] += 1
            counts[paragraph.level + 1 :] = [0] * (_LEVELS - paragraph.level)
            number = heading_number(paragraph.level, counts[paragraph.level])
            numbered.append(replace(paragraph, number=number))
        else:
            numbered.append(paragraph)
    return tuple(numbered)
