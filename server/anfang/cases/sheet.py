"""The ledger as an Excel sheet: its columns, their words, cells that stay text. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any, Final

from anfang.kit import sheets
from anfang.kit.i18n import LOCALES, translate
from anfang.kit.sheets import Fault, SheetColumn, SheetRow
from anfang.kit.workbooks import Row

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


def write(file: IO[bytes], columns: Mapping[str, int], rows: Iterable[Mapping[str, Any]]) -> int:
    """Write rows as they come, without keeping them; returns how many there were."""
    return sheets.write(file, translate("case-sheet"), _columns(columns), rows)


def read(rows: Sequence[Row]) -> tuple[list[SheetRow], list[Fault]]:
    """Read a sheet's rows by its headings, in either language; what cannot be read is a fault."""
    return sheets.read(rows, _columns(OFFICE_COLUMNS), (ID, REVISION))


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


def _columns(widths: Mapping[str, int]) -> list[SheetColumn]:
    return [
        SheetColumn(name, heading(name), width, frozenset(heading(name, one) for one in LOCALES))
        for name, width in widths.items()
    ]
