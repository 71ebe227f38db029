"""Excel workbooks (ECMA-376) that come from outside, and cells that go out. Pure.

What comes in is hostile until read: a workbook is a ZIP of XML. Sizes are bounded before anything
is unpacked, XML with entities is refused (`defusedxml`, through openpyxl), formulas are never run
and merged cells never guessed at: both are reported by their cell.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from xml.etree.ElementTree import ParseError

import openpyxl
import openpyxl.utils.cell
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl.utils.exceptions import InvalidFileException

from anfang.kit.errors import WorkbookHostile, WorkbookTooLarge, WorkbookUnreadable

LARGEST_FILE: Final = 10 << 20
LARGEST_UNPACKED: Final = 120 << 20
MOST_PARTS: Final = 500
MOST_SHEETS: Final = 20
MOST_ROWS: Final = 10_000
MOST_COLUMNS: Final = 100
MOST_MERGES: Final = 500

FORMULA: Final = "formula"
MERGED: Final = "merged"

_SPACE: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW, _CELL, _MERGED_CELL = f"{_SPACE}row", f"{_SPACE}c", f"{_SPACE}mergeCell"
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
_UNREADABLE: Final = (
    InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError,
    IndexError, ParseError, EOFError, NotImplementedError, RuntimeError, OverflowError,
)  # fmt: skip
"""What openpyxl and zipfile raise on a file that is none, or is none of theirs."""

assert openpyxl.DEFUSEDXML, "openpyxl reads XML through defusedxml"


@dataclass(frozen=True)
class Cell:
    """A cell's value as Excel has it (text, number, bool, datetime, None), or why it has none.

    Attributes:
        fault: `FORMULA` or `MERGED`; the value is then None.
    """

    value: Any
    fault: str | None = None


@dataclass(frozen=True)
class Row:
    """A row that is not empty; `number` is Excel's own, the first row being 1."""

    number: int
    cells: tuple[Cell, ...]


def read_rows(data: bytes) -> list[Row]:
    """Return the rows of a workbook's first sheet that are not empty; raises like `read_sheets`."""
    return next(iter(read_sheets(data, first=True).values()))


def read_sheets(data: bytes, *, first: bool = False) -> dict[str, list[Row]]:
    """Return the rows that are not empty of every sheet, or of the first alone, by sheet name.

    Raises:
        WorkbookUnreadable: this is no XLSX file, or it has no sheet.
        WorkbookTooLarge: too many bytes, parts, rows or columns, packed or unpacked.
        WorkbookHostile: its XML declares entities.
    """
    if len(data) > LARGEST_FILE:
        raise WorkbookTooLarge
    try:
        _require_modest_archive(data)
        _require_no_entities(data)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        try:
            sheets = [book.worksheets[0]] if first else book.worksheets[:MOST_SHEETS]
            return {
                one.title: list(_rows(one, _extent(data, one._worksheet_path))) for one in sheets
            }
        finally:
            book.close()
    except _UNREADABLE as error:
        raise (WorkbookHostile if _is_hostile(error) else WorkbookUnreadable) from error


def is_formula_like(text: str) -> bool:
    """Tell whether a spreadsheet might run a text once it is typed or saved as CSV.

    Such a cell is written as text *and* marked with Excel's quote prefix, so that it stays text.
    """
    return text.startswith(_FORMULA_STARTS)


def _require_modest_archive(data: bytes) -> None:
    """Sum what the archive declares; `zipfile` unpacks no part beyond what it declares."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > LARGEST_UNPACKED:
            raise WorkbookTooLarge


def _require_no_entities(data: bytes) -> None:
    """Read every part up to its first element: whatever it declares stands before that.

    openpyxl leaves this to `defusedxml` only where lxml is not installed.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.infolist():
            with archive.open(part) as file:
                try:
                    next(iter(iterparse(file, events=("start",))), None)
                except ParseError:
                    continue  # a picture, or XML that openpyxl refuses itself


@dataclass
class _Extent:
    """How far the cells of a sheet reach that say something, and which are merged, by row."""

    rows: int = 0
    columns: int = 0
    merges: int = 0
    merged: dict[int, list[range]] = field(default_factory=dict)


def _extent(data: bytes, part: str) -> _Extent:
    """Look through a sheet once, before its rows are laid out.

    openpyxl fills the space before a lone cell at the sheet's far corner, which would take minutes;
    and its stream of rows leaves out what is merged.
    """
    found, row = _Extent(), 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(part.lstrip("/")) as file:
        for event, element in iterparse(file, events=("start", "end")):
            if event == "start":
                if element.tag == _ROW:
                    row = int(element.get("r", row + 1))
            elif element.tag == _CELL and len(element):
                column = _column(element)
                if row > MOST_ROWS or column > MOST_COLUMNS:
                    raise WorkbookTooLarge
                found.rows, found.columns = max(found.rows, row), max(found.columns, column)
            elif element.tag == _MERGED_CELL:
                _note_merged(found, element.get("ref"))
            elif element.tag == _ROW:
                element.clear()
    return found


def _column(cell: Any) -> int:
    """Return a cell's column; one without a reference cannot be laid out by others either."""
    return int(openpyxl.utils.cell.coordinate_to_tuple(cell.attrib["r"])[1])


def _note_merged(found: _Extent, reference: str) -> None:
    found.merges += 1
    if found.merges > MOST_MERGES:
        raise WorkbookTooLarge
    left, top, right, bottom = openpyxl.utils.range_boundaries(reference)
    for row in range(top, min(bottom, MOST_ROWS) + 1):
        found.merged.setdefault(row, []).append(range(left, right + 1))


def _is_hostile(error: BaseException | None) -> bool:
    """Tell whether a refusal by `defusedxml` stands behind an error: openpyxl wraps it."""
    while error is not None:
        if isinstance(error, DefusedXmlException):
            return True
        error = error.__cause__
    return False


def _rows(sheet: Any, extent: _Extent) -> Iterator[Row]:
    if extent.rows == 0:
        return
    laid_out = sheet.iter_rows(max_row=extent.rows, max_col=extent.columns)
    for number, cells in enumerate(laid_out, start=1):
        spans = extent.merged.get(number, [])
        read = tuple(_cell(one, place, spans) for place, one in enumerate(cells, start=1))
        if any(cell.value is not None or cell.fault is not None for cell in read):
            yield Row(number, read)


def _cell(cell: Any, place: int, merged: list[range]) -> Cell:
    if any(place in span for span in merged):
        return Cell(None, MERGED)
    if cell.data_type == "f":
        return Cell(None, FORMULA)
    value = cell.value
    if isinstance(value, str):
        value = value.strip() or None
    return Cell(value)
