"""Tables of a Word document: data, who edited a bulletin, and the imprint (版记). Pure."""

import io
from collections.abc import Sequence
from typing import Any, Final

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table as WordTable

from anfang.documents import word_text as word
from anfang.documents.content import Layout, NoticeDocument, Table, chinese_date
from anfang.documents.texts import texts
from anfang.documents.word_page import MM, WIDTH

_CELL_SIZE: Final = 12.0
_IMPRINT_SIZE: Final = 14.0
_THICK: Final = 0.35 * MM
_THIN: Final = 0.25 * MM
_COLUMNS: Final = (24 * MM, 64 * MM, 68 * MM)
"""Columns of the imprint: QR code, text, date of printing."""


def data_table(made: Document, table: Table) -> None:
    """Set a table over the whole width; its head is repeated on every page, no row is split."""
    whole = sum(column.share for column in table.columns)
    widths = [WIDTH * column.share / whole for column in table.columns]
    made_table = _table(made, len(table.rows) + 1, widths)
    made_table.style = "Table Grid"
    _mark_row(made_table.rows[0], "w:tblHeader")
    for place, column in enumerate(table.columns):
        _fill(made_table.cell(0, place), column.title, face="heiti", align="center")
    for number, row in enumerate(table.rows, start=1):
        _mark_row(made_table.rows[number], "w:cantSplit")
        for place, value in enumerate(row):
            align = "center" if table.columns[place].centred else "left"
            _fill(made_table.cell(number, place), value, align=align)


def names_table(made: Document, left: str, right: str) -> None:
    """Set two texts on one line, one at each edge, without rules."""
    table = _table(made, 1, (WIDTH * 0.6, WIDTH * 0.4))
    for cell, text, align in ((table.cell(0, 0), left, "left"), (table.cell(0, 1), right, "right")):
        _fill(cell, text, align=align, size=word.BODY, line=24)


def imprint(
    made: Document, document: NoticeDocument, verification: tuple[bytes, Sequence[str]] | None
) -> None:
    """Put the 版记 on the lower edge of the last page's type area.

    Args:
        verification: a QR code (PNG) and lines about how to check the document.
    """
    rows = _imprint_rows(document)
    if not rows and verification is None:
        return
    table = _table(made, len(rows) + (verification is not None), _COLUMNS)
    _float_at_bottom(table)
    if verification is not None:
        _verification(table, *verification)
    first = int(verification is not None)
    ruled = document.layout is not Layout.LETTER
    for place, (left, right) in enumerate(rows):
        last = place == len(rows) - 1
        edges = {"top": _THICK if place == 0 else _THIN, **({"bottom": _THICK} if last else {})}
        _imprint_row(table, first + place, left, right, edges if ruled else {})
    word.shape(made.add_paragraph(), line=1)


def _imprint_rows(document: NoticeDocument) -> list[tuple[str, str]]:
    """Return what stands left and right in each row, after the layout."""
    say, distribution = texts("labels"), document.distribution
    copies = _names(say("copies"), distribution.copies_to)
    if document.layout is Layout.LETTER:
        return copies
    if document.layout is Layout.BULLETIN:
        sent = _names(say("sent"), distribution.copies_to)
        return _names(say("reported"), document.addressees) + sent
    printed = chinese_date(distribution.printed_on) + say("printed")
    return [*copies, (distribution.printed_by, printed)]


def _names(label: str, names: Sequence[str]) -> list[tuple[str, str]]:
    return [(f"{label}：{'，'.join(names)}。", "")] if names else []


def _imprint_row(
    table: WordTable, place: int, left: str, right: str, edges: dict[str, float]
) -> None:
    cells = [table.cell(place, 0).merge(table.cell(place, 1 if right else 2))]
    if right:
        cells.append(table.cell(place, 2))
    for cell, text, align in zip(cells, (left, right), ("left", "right"), strict=False):
        word.cell_rules(cell, **edges)
        _fill(cell, text, align=align, size=_IMPRINT_SIZE, line=21, inset=_IMPRINT_SIZE)


def _verification(table: WordTable, code: bytes, lines: Sequence[str]) -> None:
    picture = word.shape(table.cell(0, 0).paragraphs[0], align="left", line=None, after=8)
    picture.add_run().add_picture(io.BytesIO(code), width=Mm(20))
    cell = table.cell(0, 1).merge(table.cell(0, 2))
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for place, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        word.write(word.shape(paragraph, align="left", line=14), line, size=9)


def _table(made: Document, rows: int, widths: Sequence[float]) -> WordTable:
    table: WordTable = made.add_table(rows, len(widths))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = word.length(width)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = word.length(width)
    return table


def _fill(
    cell: Any,
    text: str,
    *,
    align: str,
    face: str = "fangsong",
    size: float = _CELL_SIZE,
    line: float = 18,
    inset: float = 0,
) -> None:
    """Write into a cell; `inset` is the room at the edge that the text is aligned to."""
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    left, right = (0.0, inset) if align == "right" else (inset, 0.0)
    paragraph = word.shape(cell.paragraphs[0], align=align, line=line, left=left, right=right)
    word.write(paragraph, text, face=face, size=size)


def _mark_row(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _float_at_bottom(table: WordTable) -> None:
    place = OxmlElement("w:tblpPr")
    for name, value in (
        ("vertAnchor", "margin"), ("horzAnchor", "margin"), ("tblpXSpec", "center"),
        ("tblpYSpec", "bottom"), ("topFromText", "200"),
    ):  # fmt: skip
        place.set(qn(f"w:{name}"), value)
    properties = table._tbl.tblPr
    properties.insert_element_before(place, "w:tblW", "w:jc", "w:tblLayout", "w:tblLook")
