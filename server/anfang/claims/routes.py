"""Addresses of claims: requests, and units' self-reports. `question_routes` has the rest."""

import tempfile
from typing import Any, Final
from uuid import UUID

from flask import Response, send_file

from anfang.campaigns import queries as campaigns
from anfang.claims import importing, queries, service, sheet, views
from anfang.claims.models import ClaimSheet
from anfang.claims.policies import require_office, visible_sheets
from anfang.claims.schemas import (
    ClaimAnswersSchema,
    ClaimBesideSchema,
    ClaimCallsQuerySchema,
    ClaimCallsSchema,
    ClaimComparisonSchema,
    ClaimPlanSchema,
    ClaimRequestQuerySchema,
    ClaimRequestSchema,
    ClaimSheetQuerySchema,
    ClaimSheetSchema,
    ClaimSheetWholeSchema,
    ClaimSignatureSchema,
    NewClaimRequestSchema,
)
from anfang.kit import sheets
from anfang.kit.db import transaction
from anfang.kit.http import Room
from anfang.kit.i18n import translate
from anfang.kit.pages import Page, page, page_of
from anfang.kit.principal import principal
from anfang.kit.sheet_routes import XLSX, SheetDigestSchema, SheetFileSchema, takes_workbook
from anfang.kit.workbooks import LARGEST_FILE, read_rows
from anfang.log import service as log
from anfang.review import service as review

room = Room("claims", __name__, description="Units' self-reports beside what visits saw")

# What the deadline looks like changes with the day: an ETag must not.
_UNCHANGING: Final = ClaimSheetSchema(only=("id", "version", "signed_version"))


@room.get("/claim-calls", permission="claim.compare")
@room.arguments(ClaimCallsQuerySchema, location="query")
@room.response(200, ClaimCallsSchema)
def list_calls(query: dict[str, Any]) -> dict[str, Any]:
    """List the self-reports that a campaign's rulebook calls for."""
    rules = queries.rules_of(campaigns.campaign(query["campaign"]).id)
    return {"working_days": rules.working_days, "calls": list(rules.calls.values())}


@room.get("/claim-requests", permission="claim.compare")
@room.arguments(ClaimRequestQuerySchema, location="query")
@room.response(200, page_of(ClaimRequestSchema))
def list_requests(query: dict[str, Any]) -> Page:
    """List what self-reports were asked for, the newest first."""
    require_office(principal())
    cursor, limit = query.pop("cursor"), query.pop("limit")
    found = page(queries.requests_listed(**query), cursor=cursor, limit=limit)
    return Page([views.request_view(one) for one in found.items], found.next)


@room.post("/claim-requests", permission="claim.ask")
@room.arguments(NewClaimRequestSchema)
@room.response(201, ClaimRequestSchema)
def ask(body: dict[str, Any]) -> dict[str, Any]:
    """Ask units for a self-report."""
    require_office(principal())
    return views.request_view(service.ask(**body))


@room.get("/claim-requests/<uuid:request_id>/comparison", permission="claim.compare")
@room.response(200, ClaimComparisonSchema)
def compare(request_id: UUID) -> dict[str, Any]:
    """Return every unit and item of a request, claimed beside seen."""
    require_office(principal())
    return views.comparison_view(queries.request(request_id))


@room.verb(
    "GET",
    "/claim-requests/<uuid:request_id>/comparison-sheet",
    permission="claim.compare",
    own_transactions=True,
)
@room.response(200, content_type=XLSX)
def export_comparison(request_id: UUID) -> Response:
    """Return the comparison as a workbook."""
    require_office(principal())
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by the response
    with transaction():
        asked = queries.request(request_id)
        columns = [
            sheets.SheetColumn(name, translate(f"claim-compared-{name}"), width)
            for name, width in views.COLUMNS.items()
        ]
        written = sheets.write(file, translate("claim-sheet"), columns, views.table_of(asked))
        log.audit("claim.comparison_exported", "claim_request", asked.id, rows=written)
    file.seek(0)
    return send_file(file, XLSX, as_attachment=True, download_name="comparison.xlsx")


@room.get("/claims-beside/<uuid:record_id>", permission="record.read")
@room.response(200, ClaimBesideSchema)
def show_beside(record_id: UUID) -> dict[str, Any]:
    """Return what the unit itself signed of the things that a record judges."""
    return views.beside_view(review.visible_record(record_id))


@room.get("/claim-sheets", permission="claim.read")
@room.arguments(ClaimSheetQuerySchema, location="query")
@room.response(200, page_of(ClaimSheetSchema))
def list_sheets(query: dict[str, Any]) -> Page:
    """List self-reports, those due last first; a liaison sees those of its own unit."""
    cursor, limit = query.pop("cursor"), query.pop("limit")
    listed = queries.sheets_listed(visible_sheets(principal()), **query)
    found = page(listed, cursor=cursor, limit=limit)
    return Page(views.sheet_views(found.items), found.next)


@room.get("/claim-sheets/<uuid:sheet_id>", permission="claim.read")
@room.etag
@room.response(200, ClaimSheetWholeSchema)
def show_sheet(sheet_id: UUID) -> dict[str, Any]:
    """Return a self-report with every version."""
    return _tagged(queries.sheet(sheet_id, visible_sheets(principal())))


@room.put("/claim-sheets/<uuid:sheet_id>", permission="claim.file")
@room.etag
@room.arguments(ClaimAnswersSchema)
@room.response(200, ClaimSheetWholeSchema)
def file_answers(body: dict[str, Any], sheet_id: UUID) -> dict[str, Any]:
    """File what the unit says as a new version."""
    found = _own(sheet_id)
    room.check_etag(found, _UNCHANGING)
    service.file_answers(found, body["answers"])
    return _tagged(found)


@room.post("/claim-sheets/<uuid:sheet_id>/sign", permission="claim.file")
@room.arguments(ClaimSignatureSchema)
@room.response(200, ClaimSheetWholeSchema)
def sign(body: dict[str, Any], sheet_id: UUID) -> dict[str, Any]:
    """Vouch for the newest version."""
    found = _own(sheet_id)
    service.sign(found, **body)
    return views.sheet_view(found)


@room.get("/claim-sheets/<uuid:sheet_id>/sheet", permission="claim.read")
@room.response(200, content_type=XLSX)
def export_sheet(sheet_id: UUID) -> Response:
    """Return the self-report as a workbook to fill in."""
    found = queries.sheet(sheet_id, visible_sheets(principal()))
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by the response
    sheet.write(file, found.request.items, importing.answers_so_far(found))
    file.seek(0)
    return send_file(file, XLSX, as_attachment=True, download_name="self-report.xlsx")


@room.post("/claim-sheets/<uuid:sheet_id>/sheet", permission="claim.file", own_transactions=True)
@takes_workbook
@room.arguments(SheetFileSchema, location="files")
@room.arguments(SheetDigestSchema, location="query")
@room.response(200, ClaimPlanSchema)
def import_sheet(files: dict[str, Any], query: dict[str, Any], sheet_id: UUID) -> dict[str, Any]:
    """Show what a workbook would file; with the digest of what was shown, file it."""
    rows = read_rows(files["file"].read(LARGEST_FILE + 1))
    with transaction():
        found = _own(sheet_id)
        return views.plan_view(found, importing.import_answers(found, rows, query["digest"]))


def _own(sheet_id: UUID) -> ClaimSheet:
    return queries.sheet(sheet_id, visible_sheets(principal()), lock=True)


def _tagged(found: ClaimSheet) -> dict[str, Any]:
    room.set_etag(found, _UNCHANGING)
    return views.sheet_view(found)
