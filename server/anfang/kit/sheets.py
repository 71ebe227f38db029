"""Tables as Excel sheets: out with cells that stay text, in again by their headings. Pure."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO, Any, Final

import xlsxwriter

from anfang.kit.workbooks import Row, is_formula_like


@dataclass(frozen=True)
class SheetColumn:
    """A column: its name in the code, its heading, its width in characters.

    `also`: other headings by which it is recognised, such as those of other languages.
    """

    name: str
    heading: str
    width: int
    also: frozenset[str] = field(default=frozenset())


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


def write(
    file: IO[bytes], title: str, columns: Sequence[SheetColumn], rows: Iterable[Mapping[str, Any]]
) -> int:
    """Write rows as they come, without keeping them; returns how many there were.

    Cells are text, whole numbers or days, never formulas: what a spreadsheet might run gets its
    quote prefix.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    written = 0
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(title)
        styles = _Styles(book)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.heading, styles.bold)
        sheet.freeze_panes(1, 1)
        for written, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                styles.put(sheet, written, place, row[column.name])
        sheet.autofilter(0, 0, written, len(columns) - 1)
    return written


def read(
    rows: Sequence[Row], columns: Sequence[SheetColumn], required: Collection[str]
) -> tuple[list[SheetRow], list[Fault]]:
    """Read a sheet's rows by its headings, which may stand in any order.

    Formulas, merged cells and unknown or missing columns are faults, and so is an empty sheet.
    """
    if not rows:
        return [], [Fault(0, None, "sheet-empty")]
    placed, faults = _placed(rows[0], columns, required)
    sent = []
    for row in rows[1:]:
        cells = {}
        for place, name in placed.items():
            cell = row.cells[place] if place < len(row.cells) else None
            if cell is not None and cell.fault is not None:
                faults.append(Fault(row.number, name, f"cell-{cell.fault}"))
            cells[name] = text_of(cell.value if cell is not None else None)
        sent.append(SheetRow(row.number, cells))
    return sent, faults


def text_of(value: Any) -> str:
    """Write a cell's value as text: days as ISO 8601, whole numbers without a fraction."""
    if value is None:
        return ""
    return _READ.get(type(value), str)(value).strip()


class _Styles:
    def __init__(self, book: Any) -> None:
        self.bold = book.add_format({"bold": True, "bg_color": "#EBF1F7"})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._quoted = book.add_format({"quote_prefix": True})

    def put(self, sheet: Any, row: int, column: int, value: Any) -> None:
        if isinstance(value, date):
            sheet.write_datetime(row, column, value, self._day)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value)
        elif value:
            style = self._quoted if is_formula_like(value) else None
            sheet.write_string(row, column, value, style)


def _placed(
    first: Row, columns: Sequence[SheetColumn], required: Collection[str]
) -> tuple[dict[int, str], list[Fault]]:
    """Return the place of each column, by its heading."""
    names = {text: one.name for one in columns for text in (one.heading, *one.also)}
    found: dict[int, str] = {}
    faults = []
    for place, cell in enumerate(first.cells):
        text = text_of(cell.value)
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
        for name in required
        if name not in found.values()
    ]
    return found, faults


_READ: Final[Mapping[type, Callable[[Any], str]]] = {
    datetime: lambda value: str(value.date().isoformat()),
    date: lambda value: str(value.isoformat()),
    float: lambda value: str(int(value)) if value == int(value) else str(value),
}
