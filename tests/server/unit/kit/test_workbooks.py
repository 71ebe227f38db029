"""Workbooks from outside: read by cell or refused with a code, never run nor unpacked for ever."""

import io
import zipfile

import openpyxl
import pytest

from anfang.kit.errors import Problem
from anfang.kit.workbooks import FORMULA, MERGED, is_formula_like, read_rows

SHEET = "xl/worksheets/sheet1.xml"
DTD = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def workbook(*rows, merged=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def changed(data, part, change):
    """Rewrite one part of a workbook."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", 8) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == part else content)
    return file.getvalue()


def refusal(data):
    with pytest.raises(Problem) as refused:
        read_rows(data)
    return refused.value.code


def test_values_formulas_and_merged_cells_are_told_apart_by_row():
    data = workbook(
        ["a", "b"], [], [" x ", 3], ["=1+1", None], ["p"], [None, None, 1], merged="A5:B6"
    )
    rows = {row.number: row.cells[:2] for row in read_rows(data)}
    assert [(one.value, one.fault) for one in rows[3]] == [("x", None), (3, None)]
    assert [one.fault for one in rows[4]] == [FORMULA, None]
    assert [one.fault for one in rows[5]] == [one.fault for one in rows[6]] == [MERGED, MERGED]
    assert 2 not in rows


@pytest.mark.parametrize("dtd", [DTD, EXTERNAL])
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "[Content_Types].xml"])
def test_entities_are_refused_wherever_they_stand(part, dtd):
    def declare(content):
        text = content.decode()
        head, _, rest = text.partition("?>") if text.startswith("<?xml") else ("", "", text)
        return (f"{head}?>{dtd}{rest}" if head else dtd + rest).encode()

    assert refusal(changed(workbook(["a"]), part, declare)) == "workbook-hostile"


@pytest.mark.parametrize("encoding", ["utf-16", "cp037"])
def test_entities_hide_in_no_encoding(encoding):
    def declare(content):
        body = (
            content.decode().partition("?>")[2]
            if content.startswith(b"<?xml")
            else content.decode()
        )
        return f'<?xml version="1.0" encoding="{encoding}"?>{DTD}{body}'.encode(encoding)

    assert refusal(changed(workbook(["a"]), SHEET, declare)) in {
        "workbook-hostile",
        "workbook-unreadable",
    }


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = changed(workbook(["a"]), SHEET, lambda _: b" " * (121 << 20))
    assert len(bomb) < 1 << 20
    assert refusal(bomb) == "workbook-too-large"


@pytest.mark.parametrize("cell", ["A10001", "CW1", "XFD1048576"])
def test_a_cell_out_of_bounds_is_refused_not_dropped(cell):
    book = openpyxl.Workbook()
    book.active[cell] = "far away"
    file = io.BytesIO()
    book.save(file)
    assert refusal(file.getvalue()) == "workbook-too-large"


def test_a_sheet_that_is_formatted_to_its_end_is_read():
    book = openpyxl.Workbook()
    book.active.append(["a"])
    book.active.cell(1_048_576, 16_384).font = openpyxl.styles.Font(bold=True)
    file = io.BytesIO()
    book.save(file)
    assert [row.number for row in read_rows(file.getvalue())] == [1]


@pytest.mark.parametrize("data", [b"", b"PK", b"number,title\n1,a", workbook(["a"])[:-40]])
def test_what_is_no_workbook_is_refused(data):
    assert refusal(data) == "workbook-unreadable"


def test_an_archive_without_a_workbook_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    assert refusal(file.getvalue()) == "workbook-unreadable"


def test_texts_that_a_spreadsheet_might_run_are_known():
    assert all(is_formula_like(f"{start}1") for start in "=+-@\t\r")
    assert not any(is_formula_like(text) for text in ("", "1-1", "甲=乙"))
