"""Addresses of claims' questions: a difference put to the unit, its answer, the verdict."""

from typing import Any
from uuid import UUID

from anfang.claims import queries, questioning, views
from anfang.claims.models import ClaimQuestion, Verdict
from anfang.claims.policies import require_office, visible_questions
from anfang.claims.schemas import (
    ClaimExplanationSchema,
    ClaimQuestionQuerySchema,
    ClaimQuestionSchema,
    ClaimVerdictSchema,
    NewClaimQuestionSchema,
)
from anfang.kit.http import Room
from anfang.kit.pages import Page, page, page_of
from anfang.kit.principal import at_the_desk, principal

room = Room("claim_questions", __name__, description="Differences put to units")


@room.get("/claim-questions", permission="claim.read")
@room.arguments(ClaimQuestionQuerySchema, location="query")
@room.response(200, page_of(ClaimQuestionSchema))
def list_questions(query: dict[str, Any]) -> Page:
    """List differences that were put to units, the newest first."""
    cursor, limit = query.pop("cursor"), query.pop("limit")
    listed = queries.questions_listed(visible_questions(principal()), **query)
    found = page(listed, cursor=cursor, limit=limit)
    return Page(views.question_views(found.items, desk=at_the_desk(principal())), found.next)


@room.get("/claim-questions/<uuid:question_id>", permission="claim.read")
@room.response(200, ClaimQuestionSchema)
def show_question(question_id: UUID) -> dict[str, Any]:
    """Return one of them."""
    return _view(queries.question(question_id, visible_questions(principal())))


@room.post("/claim-sheets/<uuid:sheet_id>/questions", permission="claim.question")
@room.arguments(NewClaimQuestionSchema)
@room.response(201, ClaimQuestionSchema)
def put_question(body: dict[str, Any], sheet_id: UUID) -> dict[str, Any]:
    """Ask the unit to explain a difference."""
    require_office(principal())
    return _view(questioning.put(queries.sheet(sheet_id), **body))


@room.post("/claim-questions/<uuid:question_id>/answer", permission="claim.file")
@room.arguments(ClaimExplanationSchema)
@room.response(200, ClaimQuestionSchema)
def answer_question(body: dict[str, Any], question_id: UUID) -> dict[str, Any]:
    """Explain it, for the unit."""
    found = queries.question(question_id, visible_questions(principal()), lock=True)
    questioning.answer(found, **body)
    return _view(found)


@room.post("/claim-questions/<uuid:question_id>/verdict", permission="claim.judge")
@room.arguments(ClaimVerdictSchema)
@room.response(200, ClaimQuestionSchema)
def judge_question(body: dict[str, Any], question_id: UUID) -> dict[str, Any]:
    """Judge it as a second person; concealment opens a case."""
    require_office(principal())
    found = queries.question(question_id, lock=True)
    questioning.judge(found, Verdict(body["verdict"]), body["reason"])
    return _view(found)


def _view(question: ClaimQuestion) -> dict[str, Any]:
    return views.question_views([question], desk=at_the_desk(principal()))[0]
