"""Addresses of reports that compare, assess and publish."""

import io
from typing import Any, Final
from uuid import UUID

from flask import Response, send_file

from anfang.identity import queries as identity
from anfang.kit.db import transaction
from anfang.kit.http import Room
from anfang.kit.pages import Page, PageQuery, page, page_of
from anfang.kit.principal import principal
from anfang.kit.sheet_routes import XLSX
from anfang.log import service as log
from anfang.reports import outcomes, press, releases, results, sectors, year_end, year_files
from anfang.reports.errors import ThemeNeedsCampaign
from anfang.reports.models import PressPack, ResultRelease
from anfang.reports.policies import require_desk
from anfang.reports.queries import Span
from anfang.reports.report_schemas import (
    BenchmarkQuerySchema,
    BenchmarkSchema,
    NewPressPackSchema,
    NewResultsSchema,
    OutcomesSchema,
    PressPackSchema,
    ResultsSchema,
    ResultsWithdrawalSchema,
    YearEndSchema,
    YearFileQuerySchema,
    YearQuerySchema,
)
from anfang.reports.schemas import SpanSchema

room = Room("report_files", __name__, description="Comparisons, outcomes, year-end, publication")

_MIMES: Final = {
    "xlsx": XLSX,
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@room.get("/reports/benchmark", permission="report.read")
@room.arguments(BenchmarkQuerySchema, location="query")
@room.response(200, BenchmarkSchema)
def benchmark(query: dict[str, Any]) -> sectors.Benchmark:
    """Return sectors side by side, item by item."""
    require_desk(principal())
    by = query.pop("by")
    if by == "theme" and query["campaign"] is None:
        raise ThemeNeedsCampaign
    return sectors.benchmark(Span(**query), by)


@room.get("/reports/outcomes", permission="report.read")
@room.arguments(SpanSchema, location="query")
@room.response(200, OutcomesSchema)
def show_outcomes(query: dict[str, Any]) -> outcomes.Outcomes:
    """Return what changed: before and after, how soon, how often again, who was satisfied."""
    require_desk(principal())
    return outcomes.outcomes(Span(**query))


@room.get("/reports/year-end", permission="report.read")
@room.arguments(YearQuerySchema, location="query")
@room.response(200, YearEndSchema)
def show_year_end(query: dict[str, Any]) -> dict[str, Any]:
    """Return a year's assessment, every number with what it was computed from."""
    require_desk(principal())
    return {"lines": year_end.lines(query["year"], query["campaign"])}


@room.verb("GET", "/reports/year-end-file", permission="report.read", own_transactions=True)
@room.arguments(YearFileQuerySchema, location="query")
@room.response(200, content_type="application/octet-stream")
def year_end_file(query: dict[str, Any]) -> Response:
    """Return a year's assessment as a workbook, a Word file or a PDF."""
    require_desk(principal())
    form = query["form"]
    with transaction():
        data = year_files.file_of(query["year"], query["campaign"], form)
        log.audit("report.exported", "report", "year-end", year=query["year"], form=form)
    name = f"year-end-{query['year']}.{form}"
    return send_file(io.BytesIO(data), _MIMES[form], as_attachment=True, download_name=name)


@room.get("/results", permission="report.read")
@room.arguments(PageQuery, location="query")
@room.response(200, page_of(ResultsSchema))
def list_results(query: dict[str, Any]) -> Page:
    """List drafted and published results, the newest first."""
    require_desk(principal())
    found = page(releases.releases_listed(), cursor=query["cursor"], limit=query["limit"])
    return Page([_results(one) for one in found.items], found.next)


@room.post("/results", permission="report.publish")
@room.arguments(NewResultsSchema)
@room.response(201, ResultsSchema)
def draft_results(body: dict[str, Any]) -> dict[str, Any]:
    """Freeze a campaign's results for a second person to sign off."""
    require_desk(principal())
    return _results(results.draft(**body))


@room.post("/results/<uuid:release_id>/sign", permission="report.sign")
@room.response(200, ResultsSchema)
def sign_results(release_id: UUID) -> dict[str, Any]:
    """Sign results off, which publishes them."""
    require_desk(principal())
    found = releases.release(release_id, lock=True)
    results.sign_off(found)
    return _results(found)


@room.post("/results/<uuid:release_id>/withdraw", permission="report.sign")
@room.arguments(ResultsWithdrawalSchema)
@room.response(200, ResultsSchema)
def withdraw_results(body: dict[str, Any], release_id: UUID) -> dict[str, Any]:
    """Mark published results as withdrawn."""
    require_desk(principal())
    found = releases.release(release_id, lock=True)
    results.withdraw(found, **body)
    return _results(found)


@room.get("/press-packs", permission="report.read")
@room.arguments(PageQuery, location="query")
@room.response(200, page_of(PressPackSchema))
def list_press_packs(query: dict[str, Any]) -> Page:
    """List packs for the press, the newest first."""
    require_desk(principal())
    found = page(releases.press_packs_listed(), cursor=query["cursor"], limit=query["limit"])
    return Page([_pack(one) for one in found.items], found.next)


@room.post("/press-packs", permission="report.publish")
@room.arguments(NewPressPackSchema)
@room.response(201, PressPackSchema)
def draft_press_pack(body: dict[str, Any]) -> dict[str, Any]:
    """Draft a pack on a published exposure notice."""
    require_desk(principal())
    return _pack(press.draft(**body))


@room.post("/press-packs/<uuid:pack_id>/approve", permission="report.sign")
@room.response(200, PressPackSchema)
def approve_press_pack(pack_id: UUID) -> dict[str, Any]:
    """Approve the text as a second person."""
    require_desk(principal())
    found = releases.press_pack(pack_id, lock=True)
    press.approve(found)
    return _pack(found)


@room.verb(
    "GET", "/press-packs/<uuid:pack_id>/file", permission="report.read", own_transactions=True
)
@room.response(200, content_type="application/zip")
def download_press_pack(pack_id: UUID) -> Response:
    """Return an approved pack's file."""
    require_desk(principal())
    with transaction():
        file = press.hand_out(releases.press_pack(pack_id))
    return send_file(file, "application/zip", as_attachment=True, download_name="press.zip")


def _results(found: ResultRelease) -> dict[str, Any]:
    shown = ("id", "campaign", "title", "text", "figures", "sha256", "drafted_at", "published_at",
             "withdrawn_at", "withdrawal_reason")  # fmt: skip
    public = found.published_at is not None
    return {
        **{name: getattr(found, name) for name in shown},
        **_people(drafted_by=found.drafted_by, signed_by=found.signed_by),
        "page": f"/p/results/{found.id}" if public else None,
    }


def _pack(found: PressPack) -> dict[str, Any]:
    shown = ("id", "notice", "evidence", "headline", "text", "drafted_at", "approved_at")
    ready = found.approved_by is not None and press.stands(found)
    return {
        **{name: getattr(found, name) for name in shown},
        **_people(drafted_by=found.drafted_by, approved_by=found.approved_by),
        "file": f"/api/v1/press-packs/{found.id}/file" if ready else None,
    }


def _people(**ids: UUID | None) -> dict[str, str | None]:
    names = identity.display_names([one for one in ids.values() if one is not None])
    return {role: names.get(one) if one else None for role, one in ids.items()}
