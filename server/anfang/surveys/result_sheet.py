"""A round's results as a table: its columns. Pure."""

from collections.abc import Iterable, Mapping
from typing import IO, Any, Final

from anfang.kit import sheets
from anfang.kit.i18n import translate
from anfang.kit.sheets import SheetColumn
from anfang.surveys.form import Form

_BEFORE: Final = {"unit": 28, "category": 14, "question": 24, "group": 18}
_AFTER: Final = {"standing": 12, "count": 8, "mean": 10, "dissatisfied": 12, "low": 10, "high": 10}


def write(file: IO[bytes], form: Form, rows: Iterable[Mapping[str, Any]]) -> int:
    """Write results as rows with a column for each option; returns how many there were."""
    columns = [_column(name, width) for name, width in _BEFORE.items()]
    columns += [_column(name, width) for name, width in _AFTER.items()]
    columns += [SheetColumn(f"option:{one.code}", one.title, 10) for one in form.scale]
    return sheets.write(file, translate("survey-results-sheet"), columns, rows)


def _column(name: str, width: int) -> SheetColumn:
    return SheetColumn(name, translate(f"survey-result-{name}"), width)
