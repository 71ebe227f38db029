"""Addresses of the ledger's Excel sheet: out, in."""

import tempfile
from typing import Any, Final

from flask import Response, send_file

from anfang.cases import boards, exporting, importing, ledger, sheet
from anfang.cases.errors import ExportTooLarge
from anfang.cases.ledger_schemas import CaseExportQuerySchema, CaseImportSchema
from anfang.cases.policies import require_open_to, visible_cases
from anfang.kit.db import transaction
from anfang.kit.http import Room
from anfang.kit.principal import at_the_desk, principal
from anfang.kit.sheet_routes import XLSX, SheetDigestSchema, SheetFileSchema, takes_workbook
from anfang.kit.workbooks import LARGEST_FILE, read_rows
from anfang.log import service as log

room = Room("ledger-sheet", __name__, description="The ledger as an Excel sheet")

MOST_ROWS: Final = 50_000


@room.verb("GET", "/case-sheet", permission="case.read", own_transactions=True)
@room.arguments(CaseExportQuerySchema, location="query")
@room.response(200, content_type=XLSX)
def export_sheet(query: dict[str, Any]) -> Response:
    """Return the matching cases as a workbook; a liaison's holds what its list shows."""
    caller = principal()
    require_open_to(caller, query)
    desk = at_the_desk(caller)
    sort = query.pop("sort")
    # The file lives as long as its answer, on disk: tens of thousands of rows need no memory.
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by the response
    with transaction():
        predicates = [visible_cases(caller), *ledger.matching(**query)]
        if ledger.count(predicates) > MOST_ROWS:
            raise ExportTooLarge(most=MOST_ROWS)
        log.audit("case.exported", "ledger", "all", cases=ledger.count(predicates))
    with transaction(write=False):
        columns = sheet.DESK_COLUMNS if desk else sheet.OFFICE_COLUMNS
        sheet.write(file, columns, exporting.rows(ledger.listed(predicates, sort)))
    file.seek(0)
    return send_file(file, XLSX, as_attachment=True, download_name="ledger.xlsx")


@room.post("/case-sheet", permission="case.manage", own_transactions=True)
@takes_workbook
@room.arguments(SheetFileSchema, location="files")
@room.arguments(SheetDigestSchema, location="query")
@room.response(200, CaseImportSchema)
def import_sheet(files: dict[str, Any], query: dict[str, Any]) -> dict[str, Any]:
    """Show what a changed sheet would do; with the digest of what was shown, do it."""
    rows, faults = sheet.read(read_rows(files["file"].read(LARGEST_FILE + 1)))
    with transaction():
        within = visible_cases(principal())
        return boards.plan_view(importing.import_sheet(rows, faults, within, query["digest"]))
