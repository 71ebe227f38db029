"""Reads of a register for Excel: its rows as cells."""

from collections.abc import Iterator, Sequence
from typing import Any

from anfang.registers import queries, sheet
from anfang.registers.models import RegisterRow
from anfang.registers.rules import UNIT, Register


def cells(register: Register, rows: Sequence[RegisterRow]) -> Iterator[dict[str, Any]]:
    """Yield rows as cells of `sheet.columns`."""
    names = queries.names_of(register, rows)
    for row in rows:
        yield {
            UNIT: row.unit.name,
            sheet.STATE: register.state(row.state).title,
            **sheet.cells_of(register, row.values, names),
            sheet.ID: str(row.id),
            sheet.REVISION: row.revision,
        }
