"""The ledger as an Excel sheet: its columns, their words, cells that stay text. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any, Final

import xlsxwriter

from anfang.kit.i18n import LOCALES, translate
from anfang.kit.workbooks import Row, is_formula_like

ID, REVISION = "id", "revision"

OFFICE_COLUMNS: Final[Mapping[str, int]] = {
    "number": 12, "unit": 24, "title": 36, "class": 14, "state": 14, "opened_on": 12,
    "due_on": 12, "deadline": 18, "theme": 18, "source": 12, "owner": 12, "responsible": 16,
    "summary": 40, "public_explanation": 30, "reminded_on": 12, "closed_on": 12,
    ID: 38, REVISION: 8,
}  # fmt: skip
"""Columns of the office's sheet and their widths in characters."""

DESK_COLUMNS: Final[Mapping[str, int]] = {
    name: OFFICE_COLUMNS[name]
    for name in ("number", "unit", "title", "class", "state", "opened_on", "due_on", "deadline",
                 "summary", "public_explanation", "closed_on")
}  # fmt: skip
"""Columns of a unit's sheet: what its own list and cases show."""

CHANGEABLE: Final = frozenset(
    {"title", "class", "due_on", "theme", "source", "owner", "responsible", "summary",
     "public_explanation"}
)  # fmt: skip
"""Columns that an import may change; every other one says which row it is."""

WORDED: Final = frozenset({"class", "state", "source"})
"""Columns of closed lists: a value's word is `case-<column>-<value>` in the catalogue."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row: a stable code, and the column where there is one.

    `row` is Excel's own number, 0 for the sheet as a whole.
    """

    row: int
    column: str | None
    code: str
    value: str = ""


@dataclass(frozen=True)
class SheetRow:
    """A row as it was sent: text by column, days as ISO 8601."""

    number: int
    cells: Mapping[str, str]


def write(file: IO[bytes], columns: Mapping[str, int], rows: Iterable[Mapping[str, Any]]) -> int:
    """Write rows as they come, without keeping them; returns how many there were.

    Cells are text or days, never formulas: what a spreadsheet might run gets its quote prefix.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    written = 0
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(translate("case-sheet"))
        styles = _Styles(book)
        for place, (name, width) in enumerate(columns.items()):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, heading(name), styles.bold)
        sheet.freeze_panes(1, 1)
        for written, row in enumerate(rows, start=1):
            for place, name in enumerate(columns):
                styles.put(sheet, written, place, row[name])
        sheet.autofilter(0, 0, written, len(columns) - 1)
    return written


def read(rows: Sequence[Row]) -> tuple[list[SheetRow], list[Fault]]:
    """Read a sheet's rows by its headings, which may stand in either language and any order.

    Formulas, merged cells and unknown or missing columns are faults, and so is an empty sheet.
    """
    if not rows:
        return [], [Fault(0, None, "sheet-empty")]
    columns, faults = _columns(rows[0])
    sent = []
    for row in rows[1:]:
        cells = {}
        for place, name in columns.items():
            cell = row.cells[place] if place < len(row.cells) else None
            if cell is not None and cell.fault is not None:
                faults.append(Fault(row.number, name, f"cell-{cell.fault}"))
            cells[name] = _text(cell.value if cell is not None else None)
        sent.append(SheetRow(row.number, cells))
    return sent, faults


def heading(column: str, locale: str | None = None) -> str:
    """Return a column's heading in the reader's language."""
    return translate(f"case-column-{column}", locale)


def word(column: str, value: str) -> str:
    """Return the word for a value of a closed list."""
    return translate(f"case-{column}-{value}")


def value_of(column: str, text: str, values: Iterable[str]) -> str | None:
    """Return which of a closed list's values a word stands for, in either language; else None."""
    for value in values:
        if text in {translate(f"case-{column}-{value}", locale) for locale in LOCALES}:
            return value
    return None


class _Styles:
    def __init__(self, book: Any) -> None:
        self.bold = book.add_format({"bold": True, "bg_color": "#EBF1F7"})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._quoted = book.add_format({"quote_prefix": True})

    def put(self, sheet: Any, row: int, column: int, value: Any) -> None:
        if isinstance(value, date):
            sheet.write_datetime(row, column, value, self._day)
        elif isinstance(value, int):
            sheet.write_number(row, column, value)
        elif value:
            style = self._quoted if is_formula_like(value) else None
            sheet.write_string(row, column, value, style)


def _columns(first: Row) -> tuple[dict[int, str], list[Fault]]:
    """Return the place of each column, by its heading."""
    names = {heading(name, locale): name for name in OFFICE_COLUMNS for locale in LOCALES}
    found: dict[int, str] = {}
    faults = []
    for place, cell in enumerate(first.cells):
        text = _text(cell.value)
        name = names.get(text)
        if cell.fault is not None:
            faults.append(Fault(first.number, None, f"cell-{cell.fault}"))
        elif name is not None and name not in found.values():
            found[place] = name
        elif text:
            code = "column-unknown" if name is None else "column-twice"
            faults.append(Fault(first.number, None, code, text))
    faults += [
        Fault(first.number, name, "column-missing")
        for name in (ID, REVISION)
        if name not in found.values()
    ]
    return found, faults


_READ: Final[Mapping[type, Callable[[Any], str]]] = {
    datetime: lambda value: str(value.date().isoformat()),
    date: lambda value: str(value.isoformat()),
    float: lambda value: str(int(value)) if value == int(value) else str(value),
}


def _text(value: Any) -> str:
    if value is None:
        return ""
    return _READ.get(type(value), str)(value).strip()
