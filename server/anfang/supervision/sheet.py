"""Matters as a flat table, a line for each step: its columns, read and written. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import IO, Any, Final

from anfang.kit import sheets
from anfang.kit.i18n import LOCALES, translate
from anfang.kit.sheets import Fault, SheetColumn, SheetRow
from anfang.kit.workbooks import Row

_MATTER_COLUMNS: Final = {
    "unit": 14, "number": 18, "item": 30, "accepted_on": 12, "legal_working_days": 10,
    "promised_working_days": 10, "paused_working_days": 10, "finished_on": 12, "lead_post": 16,
}  # fmt: skip
IN_COLUMNS: Final = {
    **_MATTER_COLUMNS,
    "step": 16, "department": 20, "early": 10, "handler": 16, "entered_on": 12, "left_on": 12,
}  # fmt: skip
"""Columns of a table that comes in and their widths in characters; `unit` is the unit's code."""

OUT_COLUMNS: Final = {
    **_MATTER_COLUMNS, "unit_name": 24, "promised_until": 12, "legal_until": 12, "flow": 16,
    "colour": 8, "points": 8, "stuck_step": 16, "stuck_department": 20, "stuck_handler": 16,
    "stuck_days": 8,
}  # fmt: skip

_NEEDED: Final = list(IN_COLUMNS)[:6]
_DAYS: Final = frozenset({"accepted_on", "finished_on", "entered_on", "left_on"})
_NUMBERS: Final = frozenset({"legal_working_days", "promised_working_days", "paused_working_days"})
_OF_MATTER: Final = list(_MATTER_COLUMNS)[2:]
_WORDS: Final = frozenset({"item", "lead_post"})
_MARKS: Final = {"是": True, "yes": True, "否": False, "no": False, "": False}
_UNPLACED: Final = frozenset({"sheet-empty", "column-missing"})
"""Faults after which lines mean nothing."""
_LONGEST_LIMIT: Final = 1000


def write(file: IO[bytes], rows: Iterable[Mapping[str, Any]]) -> int:
    """Write matters as rows of `OUT_COLUMNS`; returns how many there were."""
    return sheets.write(file, translate("supervision-sheet"), _columns(OUT_COLUMNS), rows)


def read(rows: Sequence[Row]) -> tuple[list[dict[str, Any]], list[Fault]]:
    """Read a table's lines and put those of one matter together.

    Returns:
        Members of `importing.Matter` with `steps` as mappings; faults name line and column.
    """
    lines, faults = sheets.read(rows, _columns(IN_COLUMNS), _NEEDED)
    matters: dict[tuple[str, str], dict[str, Any]] = {}
    if any(one.code in _UNPLACED for one in faults):
        return [], faults
    for line in lines:
        members = _read_line(line, faults)
        key = (line.cells["unit"], line.cells["number"])
        first = matters.setdefault(key, {"place": line.number, "steps": [], **members})
        for name in _OF_MATTER:
            if first.get(name) != members.get(name):
                said = line.cells.get(name, "")
                faults.append(Fault(line.number, name, "matter-disagrees", said))
        if line.cells.get("step"):
            first["steps"].append(_step(line, faults))
    return list(matters.values()), faults


def heading(column: str, locale: str | None = None) -> str:
    """Return a column's heading."""
    return translate(f"supervision-column-{column}", locale)


def _read_line(line: SheetRow, faults: list[Fault]) -> dict[str, Any]:
    members: dict[str, Any] = {
        "unit_code": line.cells["unit"],
        "number": line.cells["number"],
        "item": line.cells["item"],
        "lead_post": line.cells.get("lead_post", ""),
    }
    faults += [
        Fault(line.number, name, "value-missing")
        for name in ("unit", "number", "item")
        if not line.cells[name]
    ]
    for name in [one for one in _OF_MATTER if one not in _WORDS]:
        text = line.cells.get(name, "")
        read: Callable[[str], Any] = _day if name in _DAYS else _number
        try:
            members[name] = read(text) if text else _empty(name)
        except ValueError:
            code = "value-not-day" if name in _DAYS else "value-not-days"
            faults.append(Fault(line.number, name, code, text))
    return members


def _empty(name: str) -> Any:
    """Return what an empty cell means; raises ValueError where it may not be empty."""
    if name in _NEEDED:
        raise ValueError(name)
    return 0 if name in _NUMBERS else None


def _step(line: SheetRow, faults: list[Fault]) -> dict[str, Any]:
    for name in ("entered_on", "left_on"):
        text = line.cells.get(name, "")
        try:
            if text or name == "entered_on":
                _day(text)
        except ValueError:
            faults.append(Fault(line.number, name, "value-not-day", text))
    said = line.cells.get("early", "")
    if said.casefold() not in _MARKS:
        faults.append(Fault(line.number, "early", "value-not-yes", said))
    return {
        "name": line.cells["step"],
        "department": line.cells.get("department", ""),
        "early": _MARKS.get(said.casefold(), False),
        "handler": line.cells.get("handler", ""),
        "entered_on": line.cells.get("entered_on", ""),
        "left_on": line.cells.get("left_on", ""),
    }


def _day(text: str) -> date:
    return date.fromisoformat(text.replace("/", "-") if "/" in text else text)


def _number(text: str) -> int:
    number = int(text)
    if not 0 <= number <= _LONGEST_LIMIT:
        raise ValueError(text)
    return number


def _columns(widths: Mapping[str, int]) -> list[SheetColumn]:
    return [
        SheetColumn(name, heading(name), width, frozenset(heading(name, one) for one in LOCALES))
        for name, width in widths.items()
    ]
