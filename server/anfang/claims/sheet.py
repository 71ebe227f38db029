"""A self-report as an Excel sheet: a line an item, out to be filled in and in again. Pure."""

from collections.abc import Mapping, Sequence
from typing import IO, Any, Final

from anfang.kit import sheets
from anfang.kit.i18n import LOCALES, translate
from anfang.kit.sheets import Fault, SheetColumn, SheetRow
from anfang.kit.workbooks import Row

_WIDTHS: Final[Mapping[str, int]] = {
    "item": 18, "text": 48, "percent": 12, "good": 12, "checked": 12, "not_applicable": 12,
    "remark": 40,
}  # fmt: skip
_COUNTS: Final = ("percent", "good", "checked")
_MOST: Final[Mapping[str, int]] = {"percent": 100, "good": 1_000_000, "checked": 1_000_000}
_LONGEST_REMARK: Final = 400


def write(
    file: IO[bytes], items: Sequence[Mapping[str, str]], answers: Sequence[Mapping[str, Any]]
) -> int:
    """Write every item asked for, with what was answered so far; returns how many."""
    given = {one["item"]: one for one in answers}
    rows = [cells(item, given.get(item["id"], {})) for item in items]
    return sheets.write(file, translate("claim-sheet"), _columns(), rows)


def read(rows: Sequence[Row]) -> tuple[list[dict[str, Any]], list[int], list[Fault]]:
    """Return a workbook's answers, the row of each, and what cannot be read.

    Blank lines say nothing; faults name columns by their heading.
    """
    found, faults = sheets.read(rows, _columns(), ("item",))
    answers, numbers = [], []
    for row in found:
        answer, wrong = _answer(row)
        faults += wrong
        if answer:
            answers.append({"item": row.cells["item"], **answer})
            numbers.append(row.number)
    return answers, numbers, [_headed(one) for one in faults]


def heading(column: str, locale: str | None = None) -> str:
    """Return a column's heading in the reader's language."""
    return translate(f"claim-column-{column}", locale)


def cells(item: Mapping[str, str], answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return a line's cells."""
    said = {name: answer.get(name, "") for name in (*_COUNTS, "remark")}
    absent = translate("claim-yes") if answer.get("not_applicable") else ""
    return {"item": item["id"], "text": item["text"], "not_applicable": absent, **said}


def _answer(row: SheetRow) -> tuple[dict[str, Any], list[Fault]]:
    answer: dict[str, Any] = {}
    faults = []
    for name in _COUNTS:
        text = row.cells.get(name, "")
        if text.isdecimal() and len(text) <= 7 and int(text) <= _MOST[name]:
            answer[name] = int(text)
        elif text:
            faults.append(Fault(row.number, name, "value-no-number", text))
    if said := row.cells.get("not_applicable", ""):
        if said in {translate("claim-yes", one) for one in LOCALES}:
            answer["not_applicable"] = True
        else:
            faults.append(Fault(row.number, "not_applicable", "value-unknown", said))
    remark = row.cells.get("remark", "")
    if len(remark) > _LONGEST_REMARK:
        faults.append(Fault(row.number, "remark", "value-too-long"))
    if remark:
        answer["remark"] = remark
    return answer, faults


def _headed(fault: Fault) -> Fault:
    column = heading(fault.column) if fault.column else None
    return Fault(fault.row, column, fault.code, fault.value)


def _columns() -> list[SheetColumn]:
    return [
        SheetColumn(name, heading(name), width, frozenset(heading(name, one) for one in LOCALES))
        for name, width in _WIDTHS.items()
    ]
