"""Addresses of imports: templates, preview, import."""

from typing import Any

from flask import Response
from marshmallow import Schema, fields, validate

from anfang.kit.errors import NotFound
from anfang.kit.http import Room
from anfang.kit.sheet_routes import XLSX, SheetFileSchema, takes_workbook
from anfang.kit.workbooks import read_rows
from anfang.registry import importing, sheets
from anfang.registry.coordinates import Datum

room = Room("imports", __name__, description="Imports from Excel")


class ImportQuerySchema(Schema):
    """What the coordinates are, and whether to import or only to look."""

    datum = fields.String(load_default=None, validate=validate.OneOf([one.value for one in Datum]))
    apply = fields.Boolean(load_default=False)


class ImportFaultSchema(Schema):
    """What is wrong with a row; the column is empty where it is the row as a whole."""

    row = fields.Integer(required=True)
    column = fields.String(required=True)
    code = fields.String(required=True)
    text = fields.String(required=True)


class ImportReportSchema(Schema):
    """What a sheet holds; with a fault nothing of it is put on file."""

    rows = fields.Integer(required=True)
    faults = fields.List(fields.Nested(ImportFaultSchema), required=True)
    done = fields.Boolean(required=True)


@room.get("/imports/<string:kind>/template", permission="unit.manage")
@room.response(200, content_type=XLSX)
def show_template(kind: str) -> Response:
    """Return an empty sheet to fill in, in the reader's language."""
    _require_known(kind)
    name = f'attachment; filename="{kind}.xlsx"'
    return Response(sheets.template(kind), mimetype=XLSX, headers={"Content-Disposition": name})


@room.post("/imports/<string:kind>", permission="unit.manage")
@takes_workbook
@room.arguments(SheetFileSchema, location="files")
@room.arguments(ImportQuerySchema, location="query")
@room.response(200, ImportReportSchema)
def import_sheet(files: dict[str, Any], query: dict[str, Any], kind: str) -> importing.Report:
    """Report what is wrong with a sheet; with `apply` put all of it on file, or nothing."""
    _require_known(kind)
    datum = None if query["datum"] is None else Datum(query["datum"])
    rows = read_rows(files["file"].read())
    return importing.import_rows(kind, rows, datum, apply=query["apply"])


def _require_known(kind: str) -> None:
    if kind not in sheets.COLUMNS:
        raise NotFound
