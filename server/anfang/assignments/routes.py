"""Addresses of assignments."""

from typing import Any
from uuid import UUID

from anfang.assignments import queries, service, visit_plans
from anfang.assignments.models import Assignment
from anfang.assignments.schemas import (
    AssignmentQuerySchema,
    AssignmentSchema,
    CampaignReadinessSchema,
    NewAssignmentSchema,
    VisitPlanQuerySchema,
    VisitPlanSchema,
)
from anfang.assignments.setup_steps import setup_steps
from anfang.campaigns import queries as campaigns
from anfang.kit.http import Room
from anfang.kit.pages import Page, page, page_of

room = Room("assignments", __name__, description="Assignments")


@room.get("/assignments", permission="assignment.read")
@room.arguments(AssignmentQuerySchema, location="query")
@room.response(200, page_of(AssignmentSchema))
def list_assignments(query: dict[str, Any]) -> Page:
    """List assignments, the latest first day first."""
    cursor, limit = query.pop("cursor"), query.pop("limit")
    return page(queries.assignments_listed(**query), cursor=cursor, limit=limit)


@room.post("/assignments", permission="assignment.manage")
@room.arguments(NewAssignmentSchema)
@room.response(201, AssignmentSchema)
def create_assignment(body: dict[str, Any]) -> Assignment:
    """Hand a visit to an inspector."""
    return service.assign(**body)


@room.post("/assignments/<uuid:assignment_id>/cancel", permission="assignment.manage")
@room.response(200, AssignmentSchema)
def cancel_assignment(assignment_id: UUID) -> Assignment:
    """Take back a visit that was not made."""
    assignment = queries.assignment(assignment_id)
    service.cancel(assignment)
    return assignment


@room.get("/campaigns/<uuid:campaign_id>/readiness", permission="campaign.read")
@room.response(200, CampaignReadinessSchema)
def show_readiness(campaign_id: UUID) -> dict[str, Any]:
    """Return what the campaign has and what it still lacks before it can start."""
    return {"steps": setup_steps(campaigns.campaign(campaign_id))}


@room.get("/campaigns/<uuid:campaign_id>/visit-plan", permission="assignment.read")
@room.arguments(VisitPlanQuerySchema, location="query")
@room.response(200, VisitPlanSchema)
def show_visit_plan(query: dict[str, int], campaign_id: UUID) -> dict[str, Any]:
    """Divide a number of visits among the themes by the rulebook, beside what was made so far."""
    return visit_plans.visit_plan(campaigns.campaign(campaign_id), query["visits"])
