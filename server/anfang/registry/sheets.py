"""Tables of units, sites and inspectors as Excel sheets: columns, words, what a row says. Pure.

A fault names its row (Excel's own number) and its column; the same reading serves preview and
import, so what the preview shows is what the import does.
"""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final, cast

import xlsxwriter
from marshmallow import Schema, ValidationError
from marshmallow.fields import Field

from anfang.kit.i18n import LOCALES, translate
from anfang.kit.input_texts import readable
from anfang.kit.workbooks import Cell, Row
from anfang.registry.schemas import NewSiteSchema, NewUnitSchema

E7: Final = 10**7

Read = Callable[[Any], Any]


class CellRefused(ValueError):  # noqa: N818 -- a refusal of the trade, not a fault of the program
    """A cell's value is not what its column holds; the argument is the code."""


@dataclass(frozen=True)
class SheetFault:
    """What is wrong with a row; `column` is empty where it is the row as a whole."""

    row: int
    column: str
    code: str
    text: str


@dataclass(frozen=True)
class Line:
    """A row that can be read: its number and its members by column."""

    number: int
    members: dict[str, Any]


@dataclass(frozen=True)
class Column:
    """A column: how its cells are read, the words of a closed list, an example."""

    name: str
    read: Read
    example: str
    required: bool = True
    words: Sequence[str] = field(default=())


def _text(value: Any) -> str:
    """Read text; a code typed as a number keeps its digits (Excel drops `.0`, not we)."""
    if isinstance(value, bool):
        raise CellRefused("import-not-text")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, str | int):
        return str(value)
    raise CellRefused("import-not-text")


def _checked_by(schema: type[Schema], name: str) -> Read:
    """Read text by the rule of the same member of the API."""

    def read(value: Any) -> str:
        member: Field[Any] = schema().fields[name]
        return str(member.deserialize(_text(value)))

    return read


def _worded(prefix: str, values: Sequence[str]) -> Read:
    """Read a word of a closed list, in either language, or the value itself."""

    def read(value: Any) -> str:
        text = _text(value)
        for one in values:
            if text in {one, *(translate(f"{prefix}-{one}", locale) for locale in LOCALES)}:
                return one
        raise CellRefused("import-word-unknown")

    return read


def _degrees(limit: int) -> Read:
    def read(value: Any) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise CellRefused("import-not-degrees")
        try:
            degrees = Decimal(str(value))
        except InvalidOperation as error:
            raise CellRefused("import-not-degrees") from error
        if not degrees.is_finite() or abs(degrees) > limit:
            raise CellRefused("import-not-degrees")
        return degrees

    return read


def _metres(value: Any) -> int:
    member: Field[Any] = NewSiteSchema().fields["radius_m"]
    return int(member.deserialize(int(value) if isinstance(value, float) else value))


def _choices(schema: type[Schema], name: str) -> list[str]:
    """Return the closed list of a member of the API."""
    return list(cast(Any, schema().fields[name].validate).choices)


_CATEGORIES: Final = _choices(NewUnitSchema, "category")
_KINDS: Final = _choices(NewSiteSchema, "kind")
_CAPTURE: Final = _choices(NewSiteSchema, "capture")

COLUMNS: Final[Mapping[str, tuple[Column, ...]]] = {
    "units": (
        Column("name", _checked_by(NewUnitSchema, "name"), "甲市交通运输局"),
        Column("code", _checked_by(NewUnitSchema, "code"), "jia-jt"),
        Column(
            "category",
            _worded("import-category", _CATEGORIES),
            "",
            words=[f"import-category-{one}" for one in _CATEGORIES],
        ),
        Column("parent_code", _checked_by(NewUnitSchema, "code"), "jia", required=False),
    ),
    "sites": (
        Column("unit_code", _checked_by(NewUnitSchema, "code"), "jia-jt"),
        Column("name", _checked_by(NewSiteSchema, "name"), "服务大厅一层窗口"),
        Column(
            "kind",
            _worded("import-kind", _KINDS),
            "",
            words=[f"import-kind-{one}" for one in _KINDS],
        ),
        Column("latitude", _degrees(90), "29.7", required=False),
        Column("longitude", _degrees(180), "115.99", required=False),
        Column("radius_m", _metres, "150", required=False),
        Column(
            "capture",
            _worded("import-capture", _CAPTURE),
            "",
            required=False,
            words=[f"import-capture-{one}" for one in _CAPTURE],
        ),
    ),
    "inspectors": (Column("alias", _checked_by(NewUnitSchema, "name"), "松柏"),),
}
"""The sheets that can be imported, by kind."""


def template(kind: str) -> bytes:
    """Return an empty sheet with headings in the reader's language and lists to choose from."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(translate(f"import-sheet-{kind}"))
        bold, as_text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        for place, column in enumerate(COLUMNS[kind]):
            sheet.set_column(place, place, 22, as_text if "code" in column.name else None)
            sheet.write_string(0, place, heading(column.name), bold)
            if column.words:
                choices = {"validate": "list", "source": [translate(one) for one in column.words]}
                sheet.data_validation(1, place, 10_000, place, choices)
            sheet.write_comment(0, place, translate("import-example", None, example=column.example))
        sheet.freeze_panes(1, 0)
    return file.getvalue()


def heading(column: str, locale: str | None = None) -> str:
    """Return a column's heading in the reader's language."""
    return translate(f"import-column-{column}", locale)


def fault(row: int, column: str, code: str, **values: str | int) -> SheetFault:
    """Return a fault in the reader's words."""
    return SheetFault(row, heading(column) if column else "", code, translate(code, None, **values))


def read(kind: str, rows: Sequence[Row]) -> tuple[list[Line], list[SheetFault]]:
    """Read a sheet by its headings, in either language and any order; lines with a fault are out.

    Formulas, merged cells, doubled or unknown headings, missing columns and an empty sheet are
    faults.
    """
    if len(rows) < 2:
        return [], [fault(1, "", "import-empty")]
    placed, faults = _placed(kind, rows[0])
    if faults:
        return [], faults
    lines: list[Line] = []
    for row in rows[1:]:
        members: dict[str, Any] = {}
        found = list(_read_row(row, placed, members))
        faults.extend(found)
        if not found:
            lines.append(Line(row.number, members))
    return lines, faults


def _placed(kind: str, head: Row) -> tuple[dict[int, Column], list[SheetFault]]:
    """Tell which column stands where."""
    known = {
        title: column
        for column in COLUMNS[kind]
        for title in (column.name, *(heading(column.name, locale) for locale in LOCALES))
    }
    placed: dict[int, Column] = {}
    faults: list[SheetFault] = []
    for place, cell in enumerate(head.cells):
        if cell.value is None and cell.fault is None:
            continue
        column = known.get(str(cell.value))
        if cell.fault is not None or column is None or column in placed.values():
            faults.append(
                fault(head.number, "", "import-heading-unknown", heading=str(cell.value or ""))
            )
        else:
            placed[place] = column
    missing = [one for one in COLUMNS[kind] if one.required and one not in placed.values()]
    faults.extend(fault(head.number, one.name, "import-column-missing") for one in missing)
    return placed, faults


def _read_row(
    row: Row, placed: Mapping[int, Column], members: dict[str, Any]
) -> Iterator[SheetFault]:
    for place, column in placed.items():
        cell = row.cells[place] if place < len(row.cells) else Cell(None)
        if cell.fault is not None:
            yield fault(row.number, column.name, f"import-cell-{cell.fault}")
        elif cell.value is None:
            if column.required:
                yield fault(row.number, column.name, "import-cell-empty")
        else:
            try:
                members[column.name] = column.read(cell.value)
            except CellRefused as refusal:
                yield fault(row.number, column.name, str(refusal.args[0]))
            except ValidationError as error:
                text = " ".join(readable(str(one)) for one in error.messages)
                yield SheetFault(row.number, heading(column.name), "import-cell-invalid", text)
