"""A register as an Excel sheet: its columns, cells as values, values as cells. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import IO, Any, Final

from anfang.kit import sheets
from anfang.kit.i18n import LOCALES, translate
from anfang.kit.sheets import Fault, SheetColumn, SheetRow
from anfang.kit.workbooks import Row
from anfang.registers.rules import UNIT, ColumnType, Register
from anfang.registers.values import ValueRefused, read_word, words_of

ID, REVISION, STATE = "id", "revision", "state"
_OWN_WIDTHS: Final = {UNIT: 24, STATE: 14, ID: 38, REVISION: 8}
_PREFIX: Final = "="
"""Before a declared column's code, so that none is mistaken for one of the sheet's own."""


def write(file: IO[bytes], register: Register, rows: Sequence[Mapping[str, Any]]) -> int:
    """Write rows (`cells_of`); returns how many there were."""
    return sheets.write(file, translate("register-sheet"), columns(register), rows)


def read(register: Register, rows: Sequence[Row]) -> tuple[list[SheetRow], list[Fault]]:
    """Read a sheet's rows by its headings; the unit's column must be there."""
    return sheets.read(rows, columns(register), (UNIT,))


def columns(register: Register) -> list[SheetColumn]:
    """Return the sheet's columns: unit, state, what is declared, then id and revision."""
    declared = [SheetColumn(_PREFIX + one.code, one.title, 20) for one in register.columns]
    own = {name: _own(name) for name in _OWN_WIDTHS}
    return [own[UNIT], own[STATE], *declared, own[ID], own[REVISION]]


def cells_of(
    register: Register, values: Mapping[str, Any], names: Mapping[str, str]
) -> dict[str, Any]:
    """Return the cells of the declared columns; `names` are those of units and sites."""
    return {
        _PREFIX + one.code: _cell(one.type, values.get(one.code), names) for one in register.columns
    }


def shown(value: Any) -> str:
    """Return a cell as it is compared and shown."""
    return sheets.text_of(value)


def values_of(
    register: Register, row: SheetRow, references: Mapping[str, str]
) -> tuple[dict[str, Any], list[Fault]]:
    """Read a row's declared columns as values; `references` are ids of units and sites by name."""
    found: dict[str, Any] = {}
    faults = []
    for column in register.columns:
        text = row.cells.get(_PREFIX + column.code, "")
        if not text:
            continue
        if column.type in {ColumnType.UNIT, ColumnType.SITE}:
            found[column.code] = references.get(text, text)
            continue
        try:
            found[column.code] = read_word(column, text)
        except ValueRefused as refusal:
            faults.append(Fault(row.number, column.title, str(refusal.args[0]), text))
    return found, faults


def title_of(register: Register, name: str | None) -> str | None:
    """Return a column's heading by its name in the sheet or its code."""
    if name is None:
        return None
    own = _own(name).heading if name in _OWN_WIDTHS else name
    column = register.column(name.removeprefix(_PREFIX))
    return own if column is None else column.title


def _own(name: str) -> SheetColumn:
    texts = frozenset(translate(f"register-column-{name}", locale) for locale in LOCALES)
    return SheetColumn(name, translate(f"register-column-{name}"), _OWN_WIDTHS[name], texts)


def _cell(column_type: ColumnType, value: Any, names: Mapping[str, str]) -> Any:
    if value is None:
        return ""
    if column_type is ColumnType.DATE:
        return date.fromisoformat(value)
    if column_type in {ColumnType.UNIT, ColumnType.SITE}:
        return names.get(value, value)
    if column_type in {ColumnType.NUMBER, ColumnType.DAYS}:
        return value
    return words_of(value)
