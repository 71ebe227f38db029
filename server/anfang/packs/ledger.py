"""`data/ledger.xlsx`: the pack's records as one table, the same bytes every time. Pure."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import xlsxwriter

from anfang.kit.i18n import translate
from anfang.packs.container import Entry
from anfang.packs.scratch import Scratch
from anfang.packs.view import RecordView, RecordViews

_COLUMNS: Final = (
    ("day", 12), ("unit", 24), ("site", 24), ("subject", 18), ("checklist", 24), ("outcome", 12),
    ("failed", 48), ("pictures", 10), ("review", 12), ("record", 38),
)  # fmt: skip
_CREATED: Final = datetime(1980, 1, 1, tzinfo=UTC)


def ledger(path: str, records: RecordViews, scratch: Scratch) -> Entry:
    """Write the table. Cells are text: what looks like a formula is never run.

    Raises `OSError` if there is no room for it.
    """
    with tempfile.TemporaryDirectory(dir=scratch.folder) as folder:
        file = Path(folder) / "ledger.xlsx"
        _write(file, records, folder)
        with file.open("rb") as written:
            return scratch.keep_file(path, written)


def _write(file: Path, records: RecordViews, folder: str, locale: str = "zh-CN") -> None:
    options = {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False,
               "strings_to_urls": False}  # fmt: skip
    with xlsxwriter.Workbook(file, options) as book:
        # The writer would put the present time into the document's properties.
        book.set_properties({"created": _CREATED.replace(tzinfo=None)})
        sheet = book.add_worksheet(translate("pack-ledger-title", locale))
        bold = book.add_format({"bold": True, "text_wrap": True})
        for column, (name, width) in enumerate(_COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, translate(f"pack-ledger-{name}", locale), bold)
        sheet.freeze_panes(1, 0)
        for row, record in enumerate(records, start=1):
            for column, text in enumerate(_cells(record, locale)):
                sheet.write_string(row, column, text)


def _cells(record: RecordView, locale: str) -> list[str]:
    failed = [answer.text for answer in record.answers if not answer.met]
    return [
        record.day,
        record.unit,
        record.site,
        record.subject,
        record.checklist,
        translate(f"pack-outcome-{record.outcome}", locale) if record.outcome else "",
        "；".join(failed),
        str(len(record.pictures)),
        translate(f"pack-review-{record.review}", locale) if record.review else "",
        record.id,
    ]
