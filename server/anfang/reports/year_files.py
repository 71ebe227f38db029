"""Reads of reports for the year-end assessment as a file: Excel, PDF or Word."""

import io
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from flask import current_app

from anfang.campaigns import queries as campaigns
from anfang.documents import queries as documents
from anfang.documents import reporting
from anfang.kit import sheets
from anfang.kit.clock import local_day, now
from anfang.kit.i18n import translate
from anfang.kit.sheets import SheetColumn
from anfang.reports.year_end import Line, lines

_COLUMNS: Final = {
    "section": (14, 1.2), "name": (34, 2.4), "value": (14, 1.1), "bounds": (18, 1.4),
    "source": (26, 2.0), "digest": (68, 0.0), "page": (18, 0.0),
}  # fmt: skip
"""Columns, their widths in characters on a sheet and their shares of a page; 0: on sheets alone."""


def file_of(year: int, campaign: UUID | None, form: str) -> bytes:
    """Return the assessment as `xlsx`, `docx` or `pdf`; raises NoticeNotTypesettable."""
    found = lines(year, campaign)
    if form == "xlsx":
        return _sheet(found)
    at = now()
    day = local_day(at, current_app.config["ZONE"])
    columns = {name: share for name, (_, share) in _COLUMNS.items() if share}
    document = reporting.report(
        _office(),
        _title(year, campaign),
        [translate("year-end-lead", None), translate("year-end-made", None, day=day.isoformat())],
        [(_heading(name), share) for name, share in columns.items()],
        [[row[name] for name in columns] for row in _rows(found)],
        day,
    )
    return (reporting.as_pdf if form == "pdf" else reporting.as_word)(document, at)


def shown(line: Line) -> str:
    """Write a number as people read it."""
    if line.value is None:
        return translate("year-end-none")
    if line.unit == "share":
        return f"{100 * line.value:.1f}%"
    return f"{line.value:g}"


def _sheet(found: Sequence[Line]) -> bytes:
    file = io.BytesIO()
    columns = [SheetColumn(name, _heading(name), width) for name, (width, _) in _COLUMNS.items()]
    sheets.write(file, translate("year-end-sheet"), columns, _rows(found))
    return file.getvalue()


def _rows(found: Sequence[Line]) -> list[dict[str, str]]:
    return [_row(one) for one in found]


def _row(line: Line) -> dict[str, str]:
    bounds = ""
    if line.low is not None and line.high is not None:
        bounds = f"{100 * line.low:.1f}–{100 * line.high:.1f}%"
    kinds = [f"{translate(f'year-source-{one.kind}')} {one.count}" for one in line.sources]
    return {
        "section": translate(f"year-section-{line.section}"),
        "name": translate(f"year-line-{line.code}"),
        "value": shown(line),
        "bounds": bounds,
        "source": "；".join(kinds),
        "digest": " ".join(one.digest for one in line.sources),
        "page": " ".join(one.page for one in line.sources),
    }


def _heading(name: str) -> str:
    return translate(f"year-column-{name}")


def _title(year: int, campaign: UUID | None) -> str:
    named = "" if campaign is None else campaigns.campaign(campaign).name
    return translate("year-end-title", None, year=str(year), campaign=named)


def _office() -> str:
    newest = documents.newest_notice()
    signatory = None if newest is None else newest.content.get("signatory")
    return str(signatory or translate("pack-office", "zh-CN"))
