"""CSV tables (RFC 4180) that come from outside, read as rows of a workbook. Pure.

Encodings that office systems write: UTF-8 with or without a byte order mark, else GB 18030.
"""

import csv
import io
from typing import Final

from anfang.kit.errors import WorkbookTooLarge, WorkbookUnreadable
from anfang.kit.workbooks import FORMULA, LARGEST_FILE, MOST_COLUMNS, MOST_ROWS, Cell, Row
from anfang.kit.workbooks import read_rows as read_workbook

_ENCODINGS: Final = ("utf-8-sig", "gb18030")
_ZIP: Final = b"PK\x03\x04"


def read_table(data: bytes) -> list[Row]:
    """Return the rows of a workbook's first sheet or of a CSV table, whichever this is.

    Raises:
        WorkbookUnreadable, WorkbookTooLarge, WorkbookHostile: as `workbooks.read_rows`.
    """
    return read_workbook(data) if data.startswith(_ZIP) else read_csv(data)


def read_csv(data: bytes) -> list[Row]:
    """Return the rows that are not empty; a cell that begins with `=` is a formula, and a fault.

    Raises:
        WorkbookUnreadable: this is no text in a known encoding, or no CSV.
        WorkbookTooLarge: too many bytes, rows or columns.
    """
    if len(data) > LARGEST_FILE:
        raise WorkbookTooLarge
    found: list[Row] = []
    try:
        lines = csv.reader(io.StringIO(_decoded(data), newline=""), strict=True)
        for number, line in enumerate(lines, start=1):
            if number > MOST_ROWS or len(line) > MOST_COLUMNS:
                raise WorkbookTooLarge
            cells = tuple(_cell(one) for one in line)
            if any(cell.value is not None or cell.fault is not None for cell in cells):
                found.append(Row(number, cells))
    except csv.Error as error:
        raise WorkbookUnreadable from error
    return found


def _decoded(data: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise WorkbookUnreadable


def _cell(text: str) -> Cell:
    said = text.strip()
    if said.startswith("="):
        return Cell(None, FORMULA)
    return Cell(said or None)
