"""Addresses of cases.

The office and the unit desk share them; the desk's answers are written by schemas of their own.
"""

from typing import Any, Final
from uuid import UUID

from flask import Response, jsonify
from sqlalchemy import Select, select

from anfang.cases import ledger, opening, queries, service, views
from anfang.cases.answering import UNCHANGING, answer, locked, told
from anfang.cases.ledger_schemas import CaseQuerySchema
from anfang.cases.models import Case, CaseState, StatementKind
from anfang.cases.policies import require_open_to, require_own_unit, visible_cases
from anfang.cases.schemas import (
    CaseChangeSchema,
    CaseSummarySchema,
    DeskCaseSummarySchema,
    NewCaseSchema,
    OwnFindSchema,
    ReplySchema,
    SendBackSchema,
    StatementSchema,
    WaitingFindingQuerySchema,
    WaitingFindingSchema,
)
from anfang.cases.whole_schemas import CaseSchema
from anfang.kit.http import Room
from anfang.kit.pages import Page, page, page_of
from anfang.kit.principal import Principal, at_the_desk, principal
from anfang.kit.waiting import waits
from anfang.review import queries as review
from anfang.review.models import Finding

room = Room("cases", __name__, description="Cases")

_DESK_PAGE: Final = page_of(DeskCaseSummarySchema)()


@room.get("/cases", permission="case.read")
@room.arguments(CaseQuerySchema, location="query")
@room.response(200, page_of(CaseSummarySchema))
def list_cases(query: dict[str, Any]) -> Page | Response:
    """List cases, unless asked otherwise the nearest deadline first; a liaison sees its own."""
    cursor, limit, sort = query.pop("cursor"), query.pop("limit"), query.pop("sort")
    caller = principal()
    require_open_to(caller, query)
    predicates = [visible_cases(caller), *ledger.matching(**query)]
    found = page(ledger.lines(predicates, sort), cursor=cursor, limit=limit)
    cases = [line.Case for line in found.items]
    heard = frozenset(line.Case.id for line in found.items if line.heard)
    if at_the_desk(caller):
        return jsonify(_DESK_PAGE.dump(Page(views.desk_summaries(cases, heard), found.next)))
    return Page(views.summaries(cases, heard), found.next)


@waits("overdue", permission="case.read")
def _overdue(caller: Principal) -> Select[Any]:
    return select(Case.id).where(visible_cases(caller), *ledger.matching(overdue=True))


@waits("answered", permission="case.manage")
def _to_reply_to(caller: Principal) -> Select[Any]:
    return select(Case.id).where(visible_cases(caller), Case.state == CaseState.RECTIFIED.value)


@waits("own", permission="case.answer")
def _to_answer(caller: Principal) -> Select[Any]:
    return select(Case.id).where(visible_cases(caller), Case.state == CaseState.OPEN.value)


@room.post("/cases", permission="case.open")
@room.arguments(NewCaseSchema)
@room.response(201, CaseSchema)
def open_case(body: dict[str, Any]) -> dict[str, Any]:
    """Open a case: from confirmed findings, or from what was raised."""
    return views.case_view(opening.bring_in(**body))


@room.post("/cases/own-finds", permission="case.answer")
@room.arguments(OwnFindSchema)
@room.response(201, CaseSchema)
def report_own_find(body: dict[str, Any]) -> dict[str, Any] | Response:
    """Report a matter of one's own unit; the office follows it up."""
    require_own_unit(principal(), body["unit_id"])
    return told(opening.report_own(**body))


@room.get("/cases/<uuid:case_id>", permission="case.read")
@room.etag
@room.response(200, CaseSchema)
def show_case(case_id: UUID) -> dict[str, Any] | Response:
    """Return one case."""
    return answer(room, queries.case(case_id, visible_cases(principal())))


@room.patch("/cases/<uuid:case_id>", permission="case.manage")
@room.etag
@room.arguments(CaseChangeSchema)
@room.response(200, CaseSchema)
def change_case(body: dict[str, Any], case_id: UUID) -> dict[str, Any] | Response:
    """Change a case that has not ended; a later deadline is asked for, not set."""
    case = locked(case_id)
    room.check_etag(views.case_view(case), UNCHANGING)
    service.change_case(case, **body)
    return answer(room, case)


@room.post("/cases/<uuid:case_id>/statements", permission="case.answer")
@room.arguments(StatementSchema)
@room.response(201, CaseSchema)
def state(body: dict[str, str], case_id: UUID) -> dict[str, Any] | Response:
    """State a defence or a rectification as the unit."""
    case = locked(case_id)
    service.state(case, StatementKind(body["kind"]), body["text"])
    return told(case)


@room.post("/cases/<uuid:case_id>/close", permission="case.manage")
@room.arguments(ReplySchema)
@room.response(200, CaseSchema)
def close_case(body: dict[str, Any], case_id: UUID) -> dict[str, Any] | Response:
    """Close a case with the office's reply, and its answer to whoever raised it."""
    case = locked(case_id)
    service.close(case, **body)
    return answer(room, case)


@room.post("/cases/<uuid:case_id>/send-back", permission="case.manage")
@room.arguments(SendBackSchema)
@room.response(200, CaseSchema)
def send_back(body: dict[str, Any], case_id: UUID) -> dict[str, Any] | Response:
    """Find a unit's rectification insufficient; its time runs again."""
    case = locked(case_id)
    service.send_back(case, **body)
    return answer(room, case)


@room.get("/cases/<uuid:case_id>/pictures/<sha256>/redacted", permission="case.read")
@room.response(200, content_type="image/png")
def show_picture(case_id: UUID, sha256: str) -> Response:
    """Return a picture that a reviewer has redacted or expressly cleared."""
    case = queries.case(case_id, visible_cases(principal()))
    return Response(review.redacted_png(queries.picture(case.id, sha256)), mimetype="image/png")


@room.get("/findings-without-case", permission="case.open")
@room.arguments(WaitingFindingQuerySchema, location="query")
@room.response(200, page_of(WaitingFindingSchema))
def list_findings_without_case(query: dict[str, Any]) -> Page:
    """List the confirmed findings that no case takes care of yet, oldest first."""
    cursor, limit = query.pop("cursor"), query.pop("limit")
    found = page(queries.findings_without_case(**query), cursor=cursor, limit=limit)
    return Page(views.waiting_findings(found.items), found.next)


@waits("findings", permission="case.open")
def _without_case(_caller: Principal) -> Select[Any]:
    return queries.findings_without_case().with_only_columns(Finding.id)
