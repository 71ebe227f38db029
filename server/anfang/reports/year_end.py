"""Reads of reports for the year-end assessment: every number with what it was computed from.

A source names the kind of rows, how many there were, a SHA-256 over their identifiers (one a line,
ascending), and the console page that lists them: whoever doubts a number can count again, and sees
whether the rows are still the same.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, select

from anfang.cases.models import Case, CaseState
from anfang.claims.models import ClaimQuestion, ClaimRequest, ClaimSheet, Verdict
from anfang.complaints.models import Complaint
from anfang.documents import queries as documents
from anfang.documents.models import ISSUED_STATES, Notice
from anfang.inspections.models import Record
from anfang.kit.db import db
from anfang.kit.ids import sha256_hex
from anfang.kit.intervals import Share
from anfang.reports import outcomes
from anfang.reports.queries import Span, accepted, happened, standing
from anfang.review.models import Finding
from anfang.scoring import queries as scoring


@dataclass(frozen=True)
class SourceRows:
    """What a number was computed from; `page` is an address of the console."""

    kind: str
    count: int
    digest: str
    page: str


@dataclass(frozen=True)
class Line:
    """A number: a count, a share (0…1) with its bounds, or days; None where there is nothing."""

    code: str
    section: str
    value: float | None
    unit: str
    low: float | None
    high: float | None
    sources: Sequence[SourceRows]


_COUNT, _SHARE, _DAYS = "count", "share", "days"


def lines(year: int, campaign_id: UUID | None = None) -> list[Line]:
    """Return the assessment of a calendar year, of all campaigns or of one."""
    span = Span(campaign_id, None, date(year, 1, 1), date(year, 12, 31))
    return [line for section in _SECTIONS for line in section(span)]


def _visits(span: Span) -> Iterator[Line]:
    made = _rows("record", _ids(Record.id, *accepted(span)), "/overview")
    found = _rows("finding", _ids(Finding.id, *standing(span)), "/overview")
    units = _ids(Record.unit_id, *accepted(span), Record.unit_id.is_not(None))
    yield _count("visits", "visits", made)
    yield _line("units", "visits", len(set(units)), _COUNT, [made])
    yield _count("findings", "visits", found)


def _cases(span: Span) -> Iterator[Line]:
    opened = happened(Case.campaign_id, Case.unit_id, Case.opened_at, span)
    rows = _rows("case", _ids(Case.id, *opened), "/cases")
    closed = _rows("case", _ids(Case.id, *opened, Case.state == CaseState.CLOSED.value), "/cases")
    went = outcomes.case_outcome(span)
    yield _count("cases", "cases", rows)
    yield _count("closed", "cases", closed)
    yield _share("rectified", "cases", went.rectified, rows)
    yield _line("rectified-days", "cases", went.days, _DAYS, [rows])
    yield _share("recurring", "cases", went.recurring, rows)


def _voices(span: Span) -> Iterator[Line]:
    asked = happened(Complaint.campaign_id, Complaint.unit_id, Complaint.received_at, span)
    rows = _rows("complaint", _ids(Complaint.id, *asked), "/complaints")
    yield _count("complaints", "voices", rows)
    yield _share("satisfied", "voices", outcomes.satisfied(span), rows)


def _self_reports(span: Span) -> Iterator[Line]:
    due = happened(ClaimRequest.campaign_id, ClaimSheet.unit_id, ClaimRequest.due_at, span)
    sheets = select(ClaimSheet.id).join(ClaimSheet.request).where(*due)
    asked = _rows("claim_sheet", _sorted(sheets), "/claims")
    signed = _sorted(sheets.where(ClaimSheet.signed_version.is_not(None)))
    concealed = (
        select(ClaimQuestion.id)
        .join(ClaimQuestion.sheet)
        .join(ClaimSheet.request)
        .where(
            ClaimQuestion.verdict == Verdict.CONCEALMENT.value,
            *happened(ClaimRequest.campaign_id, ClaimSheet.unit_id, ClaimQuestion.judged_at, span),
        )
    )
    yield _count("self-reports", "self-reports", asked)
    yield _count("signed", "self-reports", _rows("claim_sheet", signed, "/claims"))
    judged = _rows("claim_question", _sorted(concealed), "/claims")
    yield _count("concealments", "self-reports", judged)


def _documents(span: Span) -> Iterator[Line]:
    issued = happened(Notice.campaign_id, Notice.unit_id, Notice.published_at, span)
    standing_ones = Notice.state.in_(ISSUED_STATES)
    exposures = _ids(Notice.id, *issued, standing_ones, documents.is_public())
    yield _count(
        "documents",
        "documents",
        _rows("notice", _ids(Notice.id, *issued, standing_ones), "/notices"),
    )
    yield _count("published", "documents", _rows("notice", exposures, "/notices"))


def _scores(span: Span) -> Iterator[Line]:
    published = db.session.scalars(scoring.published_runs())
    runs = [
        one.id
        for one in published
        if span.campaign in (None, one.campaign_id)
        and span.from_day is not None
        and one.until.year == span.from_day.year
    ]
    yield _count("rankings", "scores", _rows("score_run", sorted(map(str, runs)), "/scoring"))


_SECTIONS: Final[Sequence[Callable[[Span], Iterator[Line]]]] = (
    _visits,
    _cases,
    _voices,
    _self_reports,
    _documents,
    _scores,
)


def _ids(column: Any, *where: ColumnElement[bool]) -> list[str]:
    return _sorted(select(column).where(*where))


def _sorted(statement: Any) -> list[str]:
    return sorted(str(one) for one in db.session.scalars(statement))


def _rows(kind: str, ids: Sequence[str], page: str) -> SourceRows:
    return SourceRows(kind, len(ids), sha256_hex("\n".join(ids).encode()), page)


def _count(code: str, section: str, rows: SourceRows) -> Line:
    return _line(code, section, rows.count, _COUNT, [rows])


def _share(code: str, section: str, found: Share | None, rows: SourceRows) -> Line:
    if found is None:
        return _line(code, section, None, _SHARE, [rows])
    return Line(code, section, found.share, _SHARE, found.low, found.high, [rows])


def _line(
    code: str, section: str, value: float | None, unit: str, sources: Sequence[SourceRows]
) -> Line:
    return Line(code, section, value, unit, None, None, sources)
