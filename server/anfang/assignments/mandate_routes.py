"""Addresses of assignments about invited supervisors."""

from typing import Any
from uuid import UUID

from anfang.assignments import mandate_queries, mandates
from anfang.assignments.mandate_models import Capacity, SupervisorMandate
from anfang.assignments.mandate_schemas import (
    MandateEndSchema,
    MandateQuerySchema,
    MandateSchema,
    NewMandateSchema,
)
from anfang.kit.http import Room
from anfang.kit.pages import Page, page, page_of

room = Room("supervisors", __name__, description="Invited supervisors")


@room.get("/supervisors", permission="assignment.manage")
@room.arguments(MandateQuerySchema, location="query")
@room.response(200, page_of(MandateSchema))
def list_mandates(query: dict[str, Any]) -> Page:
    """List mandates, the latest first."""
    cursor, limit = query.pop("cursor"), query.pop("limit")
    return page(mandate_queries.mandates_listed(**query), cursor=cursor, limit=limit)


@room.post("/supervisors", permission="assignment.manage")
@room.arguments(NewMandateSchema)
@room.response(201, MandateSchema)
def give_mandate(body: dict[str, Any]) -> SupervisorMandate:
    """Make an inspector an invited supervisor of a campaign."""
    return mandates.give(**{**body, "capacity": Capacity(body["capacity"])})


@room.post("/supervisors/<uuid:mandate_id>/end", permission="assignment.manage")
@room.arguments(MandateEndSchema)
@room.response(200, MandateSchema)
def end_mandate(body: dict[str, Any], mandate_id: UUID) -> SupervisorMandate:
    """End a mandate; its visits that were not made are taken back."""
    mandate = mandate_queries.mandate_for_update(mandate_id)
    mandates.end(mandate, **body)
    return mandate
