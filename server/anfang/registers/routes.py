"""Addresses of registers. The office and the units share them; a unit's account sees its own."""

import tempfile
from typing import Any, Final
from uuid import UUID

from flask import Response, send_file

from anfang.campaigns import queries as campaigns
from anfang.kit.db import db, transaction
from anfang.kit.http import Room
from anfang.kit.pages import Page, page, page_of
from anfang.kit.principal import principal
from anfang.kit.sheet_routes import XLSX, SheetDigestSchema, SheetFileSchema, takes_workbook
from anfang.kit.workbooks import LARGEST_FILE, read_rows
from anfang.log import service as log
from anfang.registers import exporting, importing, queries, service, sheet, views
from anfang.registers.errors import RegisterUnknown
from anfang.registers.models import RegisterRow
from anfang.registers.policies import sees, visible_rows
from anfang.registers.rules import Register
from anfang.registers.schemas import (
    NewRegisterRowSchema,
    RegisterHistorySchema,
    RegisterMoveSchema,
    RegisterQuerySchema,
    RegisterRowChangeSchema,
    RegisterRowQuerySchema,
    RegisterRowSchema,
    RegisterSchema,
    RegisterSheetSchema,
    RegistersSchema,
    RegisterWeightsSchema,
)

room = Room("registers", __name__, description="Registers of a campaign")

# The terms' look changes with the day, names with the tree: an ETag must not.
_UNCHANGING: Final = RegisterRowSchema(only=("id", "revision"))


@room.get("/registers", permission="register.read")
@room.arguments(RegisterQuerySchema, location="query")
@room.response(200, RegistersSchema)
def list_registers(query: dict[str, Any]) -> dict[str, Any]:
    """List a campaign's registers with their figures."""
    caller = principal()
    campaign = campaigns.campaign(query["campaign"])
    found = [one for one in queries.registers_of(campaign.id).values() if sees(caller, one)]
    within = visible_rows(caller)
    return {"items": [views.register_view(campaign, one, caller, within) for one in found]}


@room.get("/registers/<uuid:campaign_id>/<string:code>", permission="register.read")
@room.response(200, RegisterSchema)
def show_register(campaign_id: UUID, code: str) -> dict[str, Any]:
    """Return one register with its figures."""
    campaign, caller = campaigns.campaign(campaign_id), principal()
    return views.register_view(campaign, _seen(campaign_id, code), caller, visible_rows(caller))


@room.get("/registers/<uuid:campaign_id>/<string:code>/rows", permission="register.read")
@room.arguments(RegisterRowQuerySchema, location="query")
@room.response(200, page_of(RegisterRowSchema))
def list_rows(query: dict[str, Any], campaign_id: UUID, code: str) -> Page:
    """List a register's rows as they were filed."""
    register = _seen(campaign_id, code)
    cursor, limit = query.pop("cursor"), query.pop("limit")
    listed = queries.rows_listed(campaign_id, code, visible_rows(principal()), **query)
    found = page(listed, cursor=cursor, limit=limit)
    return Page(views.row_views(register, found.items, principal()), found.next)


@room.post("/registers/<uuid:campaign_id>/<string:code>/rows", permission="register.write")
@room.arguments(NewRegisterRowSchema)
@room.response(201, RegisterHistorySchema)
def file_row(body: dict[str, Any], campaign_id: UUID, code: str) -> dict[str, Any]:
    """File a row for a unit."""
    return _told(service.file_row(campaign_id, code, body["unit_id"], body["values"]))


@room.get("/register-rows/<uuid:row_id>", permission="register.read")
@room.etag
@room.response(200, RegisterHistorySchema)
def show_row(row_id: UUID) -> dict[str, Any]:
    """Return a row with all it has said."""
    return _tagged(_row(row_id))


@room.put("/register-rows/<uuid:row_id>", permission="register.write")
@room.etag
@room.arguments(RegisterRowChangeSchema)
@room.response(200, RegisterHistorySchema)
def change_row(body: dict[str, Any], row_id: UUID) -> dict[str, Any]:
    """Change what a row says."""
    row = _row(row_id, for_update=True)
    room.check_etag(row, _UNCHANGING)
    service.change_row(row, body["values"])
    return _tagged(row)


@room.post("/register-rows/<uuid:row_id>/move", permission="register.write")
@room.arguments(RegisterMoveSchema)
@room.response(200, RegisterHistorySchema)
def move_row(body: dict[str, Any], row_id: UUID) -> dict[str, Any]:
    """Take a row on to another state."""
    row = _row(row_id, for_update=True)
    service.move_row(row, **body)
    return _told(row)


@room.get("/registers/<uuid:campaign_id>/<string:code>/weights", permission="assignment.manage")
@room.response(200, RegisterWeightsSchema)
def show_weights(campaign_id: UUID, code: str) -> dict[str, Any]:
    """Return the weights that a double-random draw takes from this register."""
    weights = queries.weights(campaign_id, _seen(campaign_id, code))
    return {"items": [{"object_id": one, "weight": heavy} for one, heavy in weights.items()]}


@room.verb(
    "GET",
    "/registers/<uuid:campaign_id>/<string:code>/sheet",
    permission="register.read",
    own_transactions=True,
)
@room.response(200, content_type=XLSX)
def export_sheet(campaign_id: UUID, code: str) -> Response:
    """Return a register as a workbook."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by the response
    with transaction():
        register = _seen(campaign_id, code)
        listed = queries.rows_listed(campaign_id, code, visible_rows(principal()))
        rows = db.session.scalars(listed).all()
        sheet.write(file, register, list(exporting.cells(register, rows)))
        log.audit("register.exported", "register", code, rows=len(rows))
    file.seek(0)
    return send_file(file, XLSX, as_attachment=True, download_name=f"{code}.xlsx")


@room.post(
    "/registers/<uuid:campaign_id>/<string:code>/sheet",
    permission="register.write",
    own_transactions=True,
)
@takes_workbook
@room.arguments(SheetFileSchema, location="files")
@room.arguments(SheetDigestSchema, location="query")
@room.response(200, RegisterSheetSchema)
def import_sheet(
    files: dict[str, Any], query: dict[str, Any], campaign_id: UUID, code: str
) -> dict[str, Any]:
    """Show what a sheet would file and change; with the digest of what was shown, do it."""
    rows = read_rows(files["file"].read(LARGEST_FILE + 1))
    with transaction():
        register = _seen(campaign_id, code)
        within = visible_rows(principal())
        read = sheet.read(register, rows)
        plan = importing.import_sheet(campaign_id, register, read, within, query["digest"])
        return views.plan_view(register, plan)


def _seen(campaign_id: UUID, code: str) -> Register:
    register = queries.register(campaign_id, code)
    if not sees(principal(), register):
        raise RegisterUnknown
    return register


def _row(row_id: UUID, *, for_update: bool = False) -> RegisterRow:
    """Return a row of a register that the caller sees, locked where it is to be changed."""
    read = queries.row_for_update if for_update else queries.row
    row = read(row_id, visible_rows(principal()))
    _seen(row.campaign_id, row.register)
    return row


def _tagged(row: RegisterRow) -> dict[str, Any]:
    room.set_etag(row, _UNCHANGING)
    return _told(row)


def _told(row: RegisterRow) -> dict[str, Any]:
    register = queries.register(row.campaign_id, row.register)
    return views.history_view(register, row, principal())
