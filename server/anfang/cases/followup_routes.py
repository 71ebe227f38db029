"""Addresses of what follows a case up: shares, subtasks, requests, re-visits, moves."""

from typing import Any
from uuid import UUID

from flask import Response
from sqlalchemy import Select

from anfang.cases import asking, closing, followup_views, followups, moving, sharing, subtasks
from anfang.cases.answering import answer, locked, told
from anfang.cases.followup_models import CaseRequest, CaseTask, RequestKind, RequestState
from anfang.cases.followup_schemas import (
    CaseDecisionSchema,
    CaseMergeSchema,
    CaseReasonSchema,
    CaseRequestQuerySchema,
    CaseRequestSchema,
    CaseSplitSchema,
    CaseTransferSchema,
    ListedShareSchema,
    ListedSubtaskSchema,
    NewCaseRequestSchema,
    NewRevisitSchema,
    NewSubtasksSchema,
    RevisitResultSchema,
    SharesSchema,
    SubtaskProofSchema,
    SubtaskQuerySchema,
    SubtaskSchema,
)
from anfang.cases.policies import (
    decidable_requests,
    require_may_ask,
    require_may_decide,
    require_open_to,
    visible_cases,
    visible_requests,
    visible_shares,
    visible_tasks,
)
from anfang.cases.queries import case_for_update
from anfang.cases.whole_schemas import CaseSchema
from anfang.kit.http import Room
from anfang.kit.pages import Page, PageQuery, page, page_of
from anfang.kit.principal import Principal, principal
from anfang.kit.waiting import waits

room = Room("case-followup", __name__, description="What follows a case up")

Answer = dict[str, Any] | Response


@room.put("/cases/<uuid:case_id>/shares", permission="case.manage")
@room.arguments(SharesSchema)
@room.response(200, CaseSchema)
def share_case(body: dict[str, Any], case_id: UUID) -> Answer:
    """Say which units support the lead unit, and what each answers for."""
    case = locked(case_id)
    sharing.share(case, body["shares"])
    return answer(room, case)


@room.get("/case-shares", permission="case.read")
@room.arguments(PageQuery, location="query")
@room.response(200, page_of(ListedShareSchema))
def list_shares(query: dict[str, Any]) -> Page:
    """List parts in running cases that other units lead; a liaison sees its own units'."""
    found = page(followups.shares_listed(visible_shares(principal())), **query)
    return Page(followup_views.listed_shares(found.items), found.next)


@room.post("/cases/<uuid:case_id>/subtasks", permission="case.break_down")
@room.arguments(NewSubtasksSchema)
@room.response(201, CaseSchema)
def break_down(body: dict[str, Any], case_id: UUID) -> Answer:
    """Break a case down to unit, project, post and person."""
    case = locked(case_id)
    parent = None
    if body["parent_id"] is not None:
        parent = followups.task(body["parent_id"], CaseTask.case_id == case.id)
    subtasks.break_down(case, body["subtasks"], parent)
    return told(case)


@room.get("/case-tasks", permission="case.read")
@room.arguments(SubtaskQuerySchema, location="query")
@room.response(200, page_of(ListedSubtaskSchema))
def list_subtasks(query: dict[str, Any]) -> Page:
    """List the leaves, the nearest deadline first; a liaison sees its own unit's."""
    caller = principal()
    require_open_to(caller, query)
    cursor, limit = query.pop("cursor"), query.pop("limit")
    statement = followups.tasks_listed(visible_tasks(caller), **query)
    found = page(statement, cursor=cursor, limit=limit)
    return Page(followup_views.listed_tasks(found.items, visible_cases(caller)), found.next)


@room.post("/case-tasks/<uuid:task_id>/done", permission="case.break_down")
@room.arguments(SubtaskProofSchema)
@room.response(200, SubtaskSchema)
def finish_subtask(body: dict[str, str], task_id: UUID) -> dict[str, Any]:
    """Report a subtask as done, with proof."""
    task = followups.task(task_id, visible_tasks(principal()))
    subtasks.finish(case_for_update(task.case_id), task, body["proof"])
    return followup_views.task_view(task)


@room.post("/case-tasks/<uuid:task_id>/drop", permission="case.manage")
@room.arguments(CaseReasonSchema)
@room.response(200, SubtaskSchema)
def drop_subtask(body: dict[str, str], task_id: UUID) -> dict[str, Any]:
    """Give a subtask up, with a reason."""
    task = followups.task(task_id, visible_tasks(principal()))
    subtasks.drop(case_for_update(task.case_id), task, body["reason"])
    return followup_views.task_view(task)


@room.post("/cases/<uuid:case_id>/requests", permission="case.ask")
@room.arguments(NewCaseRequestSchema)
@room.response(201, CaseSchema)
def ask(body: dict[str, Any], case_id: UUID) -> Answer:
    """Ask for more time, a pause, coordination, a leader's word, to explain, or send it back."""
    kind = RequestKind(body.pop("kind"))
    require_may_ask(principal(), kind)
    case = locked(case_id)
    asking.ask(case, kind, **body)
    return told(case)


@room.get("/case-requests", permission="case.read")
@room.arguments(CaseRequestQuerySchema, location="query")
@room.response(200, page_of(CaseRequestSchema))
def list_requests(query: dict[str, Any]) -> Page:
    """List requests, those to be decided first in front; a liaison sees its own."""
    cursor, limit = query.pop("cursor"), query.pop("limit")
    statement = followups.requests_listed(visible_requests(principal()), **query)
    found = page(statement, cursor=cursor, limit=limit)
    return Page(followup_views.requests_view(found.items), found.next)


@waits("requests", permission="case.decide")
def _to_decide(caller: Principal) -> Select[Any]:
    within = visible_requests(caller), decidable_requests(caller)
    listed = followups.requests_listed(*within, state=RequestState.OPEN.value)
    return listed.with_only_columns(CaseRequest.id)


@room.post("/case-requests/<uuid:request_id>/decide", permission="case.decide")
@room.arguments(CaseDecisionSchema)
@room.response(200, CaseSchema)
def decide(body: dict[str, Any], request_id: UUID) -> Answer:
    """Decide what somebody else asked for; what is granted takes effect at once."""
    caller = principal()
    request = followups.request(request_id, visible_requests(caller))
    require_may_decide(caller, RequestKind(request.kind))
    case = locked(request.case_id)
    asking.decide(case, request, **body)
    return told(case)


@room.post("/cases/<uuid:case_id>/resume", permission="case.manage")
@room.arguments(CaseReasonSchema)
@room.response(200, CaseSchema)
def resume(body: dict[str, str], case_id: UUID) -> Answer:
    """Let a paused case's time run again."""
    case = locked(case_id)
    asking.resume(case, body["reason"])
    return answer(room, case)


@room.post("/cases/<uuid:case_id>/transfer", permission="case.manage")
@room.arguments(CaseTransferSchema)
@room.response(200, CaseSchema)
def transfer(body: dict[str, Any], case_id: UUID) -> Answer:
    """Give a case to another unit."""
    case = locked(case_id)
    moving.transfer(case, body["unit_id"], body["reason"])
    return answer(room, case)


@room.post("/cases/<uuid:case_id>/merge", permission="case.manage")
@room.arguments(CaseMergeSchema)
@room.response(200, CaseSchema)
def merge(body: dict[str, Any], case_id: UUID) -> Answer:
    """Let a case take over a younger one."""
    case, younger = locked(case_id), locked(body["case_id"])
    moving.merge(case, younger, body["reason"])
    return answer(room, case)


@room.post("/cases/<uuid:case_id>/split", permission="case.manage")
@room.arguments(CaseSplitSchema)
@room.response(201, CaseSchema)
def split(body: dict[str, Any], case_id: UUID) -> Answer:
    """Make a case of its own of some findings; answers with the new case."""
    return told(moving.split(locked(case_id), **body))


@room.post("/cases/<uuid:case_id>/revisits", permission="case.manage")
@room.arguments(NewRevisitSchema)
@room.response(201, CaseSchema)
def ask_revisit(body: dict[str, Any], case_id: UUID) -> Answer:
    """Ask for a look at the place before the case closes."""
    case = locked(case_id)
    closing.ask_revisit(case, body["working_days"])
    return told(case)


@room.post("/cases/<uuid:case_id>/revisits/<uuid:revisit_id>", permission="case.open")
@room.arguments(RevisitResultSchema)
@room.response(200, CaseSchema)
def tell_revisit(body: dict[str, Any], case_id: UUID, revisit_id: UUID) -> Answer:
    """Tell what a look at the place showed."""
    case = locked(case_id)
    closing.tell_revisit(case, revisit_id, **body)
    return answer(room, case)
