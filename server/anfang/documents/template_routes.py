"""Addresses of documents: templates, which the office edits as versions."""

from typing import Any
from uuid import UUID

from anfang.documents import template_queries as queries
from anfang.documents import template_views as views
from anfang.documents import templating
from anfang.documents.content import NoticeKind
from anfang.documents.template_schemas import (
    NewTemplateVersionSchema,
    TemplateChangeSchema,
    TemplateQuerySchema,
    TemplateSchema,
    TemplateSummarySchema,
)
from anfang.kit.http import Room
from anfang.kit.pages import Page, page, page_of

room = Room("document-templates", __name__, description="Templates of documents")


@room.get("/document-templates", permission="notice.read")
@room.arguments(TemplateQuerySchema, location="query")
@room.response(200, page_of(TemplateSummarySchema))
def list_templates(query: dict[str, Any]) -> Page:
    """List versions kind by kind, the newest first."""
    cursor, limit, current = query.pop("cursor"), query.pop("limit"), query.pop("current", None)
    found = page(queries.versions_listed(**query), cursor=cursor, limit=limit)
    listed = views.summaries(found.items)
    chosen = listed if current is None else [one for one in listed if one["current"] is current]
    return Page(chosen, found.next)


@room.post("/document-templates", permission="template.manage")
@room.arguments(NewTemplateVersionSchema)
@room.response(201, TemplateSchema)
def draft_template(body: dict[str, str]) -> dict[str, Any]:
    """Begin a kind's next version as a copy of the newest."""
    return views.template_view(templating.draft_next(NoticeKind(body["kind"])))


@room.get("/document-templates/<uuid:version_id>", permission="notice.read")
@room.etag
@room.response(200, TemplateSchema)
def show_template(version_id: UUID) -> dict[str, Any]:
    """Return one version with the fields that it may use."""
    return views.template_view(queries.template_version(version_id))


@room.put("/document-templates/<uuid:version_id>", permission="template.manage")
@room.etag
@room.arguments(TemplateChangeSchema)
@room.response(200, TemplateSchema)
def change_template(body: dict[str, Any], version_id: UUID) -> dict[str, Any]:
    """Replace a draft's text and fields."""
    version = queries.template_version(version_id)
    room.check_etag(views.template_view(version), TemplateSchema)
    templating.change_draft(version, **body)
    return views.template_view(version)


@room.post("/document-templates/<uuid:version_id>/publish", permission="template.manage")
@room.response(200, TemplateSchema)
def publish_template(version_id: UUID) -> dict[str, Any]:
    """Freeze a draft: from now on documents of its kind are drafted by it."""
    version = queries.template_version(version_id)
    templating.publish(version)
    return views.template_view(version)
