"""Addresses of breaches."""

from typing import Any
from uuid import UUID

from anfang.breaches import queries, service
from anfang.breaches.models import RuleBreach
from anfang.breaches.policies import open_to, visible_breaches
from anfang.breaches.schemas import (
    BreachDecisionSchema,
    BreachQuerySchema,
    BreachSchema,
    NewBreachSchema,
    VerdictsSchema,
)
from anfang.cases import queries as cases
from anfang.kit.http import Room
from anfang.kit.pages import Page, page, page_of
from anfang.kit.principal import principal

room = Room("breaches", __name__, description="Breaches of rule sets")


@room.get("/breaches", permission="breach.read")
@room.arguments(BreachQuerySchema, location="query")
@room.response(200, page_of(BreachSchema))
def list_breaches(query: dict[str, Any]) -> Page:
    """List breaches, the latest first; a liaison sees those of its own unit."""
    cursor, limit = query.pop("cursor"), query.pop("limit")
    statement = queries.breaches_listed(visible_breaches(principal()), **query)
    return page(statement, cursor=cursor, limit=limit)


@room.post("/cases/<uuid:case_id>/breaches", permission="breach.allege")
@room.arguments(NewBreachSchema)
@room.response(201, BreachSchema)
def allege_breach(body: dict[str, Any], case_id: UUID) -> RuleBreach:
    """Allege that the case's unit breached a rule."""
    return service.allege(cases.case(case_id, open_to(principal())), **body)


@room.post("/breaches/<uuid:breach_id>/decision", permission="breach.decide")
@room.arguments(BreachDecisionSchema)
@room.response(200, BreachSchema)
def decide_breach(body: dict[str, Any], breach_id: UUID) -> RuleBreach:
    """Establish or dismiss a breach."""
    breach = queries.breach(breach_id)
    service.decide(breach, **body)
    return breach


@room.get("/campaigns/<uuid:campaign_id>/verdicts", permission="campaign.read")
@room.response(200, VerdictsSchema)
def list_verdicts(campaign_id: UUID) -> dict[str, Any]:
    """List what vetoes demand: units made unqualified, breaches to be dealt with severely."""
    return {"items": queries.verdicts(campaign_id)}
