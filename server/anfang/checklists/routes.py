"""Addresses of checklists."""

from typing import Any
from uuid import UUID

from anfang.checklists import queries, service
from anfang.checklists.library import library
from anfang.checklists.models import Checklist, ChecklistVersion
from anfang.checklists.schemas import (
    ChecklistQuerySchema,
    ChecklistSchema,
    ChecklistVersionChangeSchema,
    ChecklistVersionSchema,
    NewChecklistSchema,
    ShippedChecklistsSchema,
)
from anfang.kit.http import Room
from anfang.kit.pages import Page, page, page_of

room = Room("checklists", __name__, description="Checklists and their versions")


@room.get("/checklist-library", permission="checklist.read")
@room.response(200, ShippedChecklistsSchema)
def list_library() -> dict[str, Any]:
    """List the checklists that come with the product, to begin one's own from."""
    return {"items": library()}


@room.get("/checklists", permission="checklist.read")
@room.arguments(ChecklistQuerySchema, location="query")
@room.response(200, page_of(ChecklistSchema))
def list_checklists(query: dict[str, Any]) -> Page:
    """List checklists by code."""
    cursor, limit = query.pop("cursor"), query.pop("limit")
    return page(queries.checklists_listed(**query), cursor=cursor, limit=limit)


@room.post("/checklists", permission="checklist.manage")
@room.arguments(NewChecklistSchema)
@room.response(201, ChecklistSchema)
def create_checklist(body: dict[str, Any]) -> Checklist:
    """Begin a checklist with a draft of its version 1."""
    return service.create_checklist(**body)


@room.get("/checklists/<uuid:checklist_id>", permission="checklist.read")
@room.response(200, ChecklistSchema)
def show_checklist(checklist_id: UUID) -> Checklist:
    """Return one checklist with its versions."""
    return queries.checklist(checklist_id)


@room.post("/checklists/<uuid:checklist_id>/versions", permission="checklist.manage")
@room.response(201, ChecklistVersionSchema)
def draft_next_version(checklist_id: UUID) -> ChecklistVersion:
    """Begin the next version as a copy of the newest."""
    return service.draft_next_version(queries.checklist(checklist_id))


@room.get("/checklist-versions/<uuid:version_id>", permission="checklist.read")
@room.etag
@room.response(200, ChecklistVersionSchema)
def show_version(version_id: UUID) -> ChecklistVersion:
    """Return one version with its items."""
    return queries.checklist_version(version_id)


@room.put("/checklist-versions/<uuid:version_id>", permission="checklist.manage")
@room.etag
@room.arguments(ChecklistVersionChangeSchema)
@room.response(200, ChecklistVersionSchema)
def change_version(body: dict[str, Any], version_id: UUID) -> ChecklistVersion:
    """Replace a draft's title and items."""
    version = queries.checklist_version(version_id)
    room.check_etag(version, ChecklistVersionSchema)
    service.change_draft(version, **body)
    return version


@room.post("/checklist-versions/<uuid:version_id>/publish", permission="checklist.manage")
@room.response(200, ChecklistVersionSchema)
def publish_version(version_id: UUID) -> ChecklistVersion:
    """Freeze a draft, so that campaigns may use it."""
    version = queries.checklist_version(version_id)
    service.publish(version)
    return version
