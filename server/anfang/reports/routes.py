"""Addresses of reports."""

import tempfile
from typing import Any

from flask import Response, current_app, send_file

from anfang.kit import sheets
from anfang.kit.http import Room
from anfang.kit.i18n import translate
from anfang.kit.principal import principal
from anfang.kit.sheet_routes import XLSX
from anfang.reports import queries, tables
from anfang.reports.policies import require_desk
from anfang.reports.queries import Span
from anfang.reports.schemas import OverviewSchema, SpanSchema, TableQuerySchema
from anfang.reports.tiles import layers
from anfang.reports.weeks import by_week

room = Room("reports", __name__, description="What visits and cases add up to")


@room.get("/overview", permission="report.read")
@room.arguments(SpanSchema, location="query")
@room.response(200, OverviewSchema)
def overview(query: dict[str, Any]) -> dict[str, Any]:
    """Return the figures of accepted visits, confirmed findings and cases, in one answer."""
    require_desk(principal())
    span = Span(**query)
    return {
        "weeks": by_week(queries.days(span)),
        "units": queries.units(span),
        "items": queries.items(span),
        "themes": [] if span.campaign is None else queries.themes(span.campaign),
        "places": queries.places(span),
        "tiles": layers(current_app.config["TIANDITU_KEY"]),
    }


@room.get("/overview-sheet", permission="report.read")
@room.arguments(TableQuerySchema, location="query")
@room.response(200, content_type=XLSX)
def overview_sheet(query: dict[str, Any]) -> Response:
    """Return a table of the figures, whole, as a workbook."""
    require_desk(principal())
    table = query.pop("table")
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by the response
    title = translate(f"report-table-{table}")
    sheets.write(file, title, tables.columns(table), tables.rows(table, Span(**query)))
    file.seek(0)
    return send_file(file, XLSX, as_attachment=True, download_name=f"{table}.xlsx")
