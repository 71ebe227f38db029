"""A frame as a table: its columns, read and checked. Pure.

Raters stand under opaque numbers: what looks like a phone or an identity number, or has letters
other than a…z, is refused, so that nobody's name or number becomes one.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from anfang.kit import sheets
from anfang.kit.channel_addresses import AddressError, ChannelKind, read_address
from anfang.kit.config import NotifySettings
from anfang.kit.i18n import LOCALES, translate
from anfang.kit.sheets import Fault, SheetColumn
from anfang.kit.workbooks import Row
from anfang.surveys.form import Form

COLUMNS: Final = {"number": 14, "group": 18, "stratum": 18, "contact": 28}
"""Columns and their widths in characters; `group` is a group's title or code."""

_NEEDED: Final = ("number", "group")
_OPAQUE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,31}")
_TELLING: Final = re.compile(r"1\d{10}|\d{17}[\dXx]")
_UNPLACED: Final = frozenset({"sheet-empty", "column-missing"})
_LONGEST: Final = 80


@dataclass(frozen=True)
class RaterLine:
    """A rater as the sheet tells; `contact` is a mail address or empty."""

    number: str
    group: str
    stratum: str
    contact: str


def read(
    rows: Sequence[Row], form: Form, settings: NotifySettings
) -> tuple[list[RaterLine], list[Fault]]:
    """Read a frame's lines; faults name line and column."""
    lines, faults = sheets.read(rows, _columns(), _NEEDED)
    if any(one.code in _UNPLACED for one in faults):
        return [], faults
    groups = {text: one.code for one in form.groups for text in (one.title, one.code)}
    often = Counter(one.cells["number"] for one in lines)
    read_lines = []
    for line in lines:
        cells = {name: line.cells.get(name, "") for name in COLUMNS}
        found = list(_line_faults(cells, often, settings))
        if cells["group"] not in groups:
            found.append(("group", "group-unknown"))
        faults += [Fault(line.number, column, code, cells[column]) for column, code in found]
        group = groups.get(cells["group"], "")
        read_lines.append(RaterLine(cells["number"], group, cells["stratum"], cells["contact"]))
    return read_lines, faults


def heading(column: str, locale: str | None = None) -> str:
    """Return a column's heading."""
    return translate(f"survey-column-{column}", locale)


def _line_faults(
    cells: dict[str, str], often: Counter[str], settings: NotifySettings
) -> Iterator[tuple[str, str]]:
    number = cells["number"]
    if not _OPAQUE.fullmatch(number):
        yield "number", "number-faulty"
    elif _TELLING.fullmatch(number):
        yield "number", "number-telling"
    elif often[number] > 1:
        yield "number", "number-twice"
    if len(cells["stratum"]) > _LONGEST:
        yield "stratum", "stratum-long"
    if cells["contact"] and not _is_mail(cells["contact"], settings):
        yield "contact", "contact-faulty"


def _is_mail(text: str, settings: NotifySettings) -> bool:
    try:
        read_address(ChannelKind.MAIL, text, None, settings)
    except AddressError:
        return False
    return True


def _columns() -> list[SheetColumn]:
    return [
        SheetColumn(name, heading(name), width, frozenset(heading(name, one) for one in LOCALES))
        for name, width in COLUMNS.items()
    ]
