"""发文字号: organ code, year in 〔〕, serial; GB/T 9704-2012 §7.2.5.

The year has four digits and stands in hexagonal brackets; the serial has no 第 and no leading
zeros (不编虚位). Drawing the next serial without gaps belongs to the service; this file is pure.
"""

import re
import unicodedata
from dataclasses import dataclass

_WRITTEN = re.compile(r"(?P<organ>\S*?[^\s\d])\[(?P<year>\d{4})\](?:第)?(?P<serial>\d{1,9})号?")
# What people type instead of 〔 〕, after NFKC has made the full-width ones half-width.
_BRACKETS = str.maketrans("〔〕【】()〈〉{}", "[][][][][]")


@dataclass(frozen=True, slots=True, order=True)
class NoticeNumber:
    """One 发文字号, e.g. ``NoticeNumber("甲整办通", 2026, 3)`` for 甲整办通〔2026〕3号.

    Raises:
        ValueError: on making one whose organ is empty, holds digits, brackets or spaces, whose
            year has not four digits, or whose serial is below 1.
    """

    organ: str
    year: int
    serial: int

    def __post_init__(self) -> None:
        """Refuse what cannot be a number."""
        if not self.organ or re.search(r"[\s\d\[\](){}〔〕【】（）〈〉]", self.organ):
            raise ValueError(f"not an organ code: {self.organ!r}")
        if not 1000 <= self.year <= 9999:
            raise ValueError(f"a year has four digits: {self.year}")
        if self.serial < 1:
            raise ValueError(f"serials start at 1: {self.serial}")

    def __str__(self) -> str:
        """Write the number officially, e.g. 甲整办通〔2026〕3号."""
        return f"{self.organ}〔{self.year}〕{self.serial}号"


def format_number(organ: str, year: int, serial: int) -> str:
    """Write a 发文字号, e.g. ``format_number("甲整办通", 2026, 3) == "甲整办通〔2026〕3号"``.

    Raises:
        ValueError: see `NoticeNumber`.
    """
    return str(NoticeNumber(organ, year, serial))


def parse_number(text: str) -> NoticeNumber:
    """Read a 发文字号 as a person may have typed it: any brackets, full-width digits, spaces, 第.

    ``str(parse_number(text))`` is the one official way to write it, for looking notices up.

    Raises:
        ValueError: the text is not a 发文字号.
    """
    written = "".join(unicodedata.normalize("NFKC", text).split()).translate(_BRACKETS)
    found = _WRITTEN.fullmatch(written)
    if found is None:
        raise ValueError(f"not a notice number: {text!r}")
    return NoticeNumber(found["organ"], int(found["year"]), int(found["serial"]))
