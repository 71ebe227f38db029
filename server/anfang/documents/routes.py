"""Addresses of documents: notices in the office. `public_pages.py` has what the public reads."""

from typing import Any
from uuid import UUID

from flask import Response

from anfang.documents import publishing, queries, service, views
from anfang.documents.models import Notice
from anfang.documents.policies import visible_notices
from anfang.documents.schemas import (
    CorrectionSchema,
    NewNoticeSchema,
    NoticeChangeSchema,
    NoticeQuerySchema,
    NoticeSchema,
    NoticeSummarySchema,
    ReasonSchema,
)
from anfang.kit.db import transaction
from anfang.kit.http import Room
from anfang.kit.pages import Page, page, page_of
from anfang.kit.principal import principal

room = Room("documents", __name__, description="Notices")


@room.get("/notices", permission="notice.read")
@room.arguments(NoticeQuerySchema, location="query")
@room.response(200, page_of(NoticeSummarySchema))
def list_notices(query: dict[str, Any]) -> Page:
    """List notices, the latest drafted first."""
    cursor, limit = query.pop("cursor"), query.pop("limit")
    statement = queries.notices_listed(visible_notices(principal()), **query)
    found = page(statement, cursor=cursor, limit=limit)
    return Page(views.summaries(found.items), found.next)


@room.post("/notices", permission="notice.draft")
@room.arguments(NewNoticeSchema)
@room.response(201, NoticeSchema)
def draft_notice(body: dict[str, Any]) -> dict[str, Any]:
    """Draft an exposure notice from cases whose units were heard."""
    return views.notice_view(service.draft_exposure(**body))


@room.post("/review/records/<uuid:record_id>/reopen", permission="record.review")
@room.arguments(ReasonSchema)
@room.response(204)
def reopen_record(body: dict[str, str], record_id: UUID) -> None:
    """Take a decision about a record back for a reason, until a notice about it is on its way."""
    service.reopen_record(record_id, body["reason"])


@room.get("/notices/<uuid:notice_id>", permission="notice.read")
@room.etag
@room.response(200, NoticeSchema)
def show_notice(notice_id: UUID) -> dict[str, Any]:
    """Return one notice."""
    return views.notice_view(_visible(notice_id))


@room.patch("/notices/<uuid:notice_id>", permission="notice.draft")
@room.etag
@room.arguments(NoticeChangeSchema)
@room.response(200, NoticeSchema)
def change_notice(body: dict[str, Any], notice_id: UUID) -> dict[str, Any]:
    """Change a draft."""
    notice = _locked(notice_id)
    room.check_etag(views.notice_view(notice), NoticeSchema)
    service.change_notice(notice, **body)
    return views.notice_view(notice)


@room.get("/notices/<uuid:notice_id>/preview", permission="notice.read")
@room.response(200, content_type="application/pdf")
def preview_notice(notice_id: UUID) -> Response:
    """Return the notice as it stands as a PDF, without number and verification."""
    return Response(publishing.preview(_visible(notice_id)), mimetype="application/pdf")


@room.post("/notices/<uuid:notice_id>/submit", permission="notice.draft")
@room.response(200, NoticeSchema)
def submit_notice(notice_id: UUID) -> dict[str, Any]:
    """Hand a draft to the approvers."""
    notice = _locked(notice_id)
    service.submit(notice)
    return views.notice_view(notice)


@room.post("/notices/<uuid:notice_id>/approve", permission="notice.approve")
@room.response(200, NoticeSchema)
def approve_notice(notice_id: UUID) -> dict[str, Any]:
    """Approve a submitted notice as a second person."""
    notice = _locked(notice_id)
    service.approve(notice)
    return views.notice_view(notice)


@room.post("/notices/<uuid:notice_id>/reject", permission="notice.approve")
@room.arguments(ReasonSchema)
@room.response(200, NoticeSchema)
def reject_notice(body: dict[str, str], notice_id: UUID) -> dict[str, Any]:
    """Give a submitted or approved notice back to its drafter."""
    notice = _locked(notice_id)
    service.reject(notice, body["reason"])
    return views.notice_view(notice)


@room.post("/notices/<uuid:notice_id>/publish", permission="notice.draft", own_transactions=True)
@room.response(200, NoticeSchema)
def publish_notice(notice_id: UUID) -> dict[str, Any]:
    """Publish an approved notice under the next number of the year."""
    with transaction(write=False):
        _visible(notice_id)
    publishing.publish(notice_id)
    with transaction(write=False):
        return views.notice_view(queries.notice(notice_id))


@room.post("/notices/<uuid:notice_id>/correct", permission="notice.draft")
@room.arguments(CorrectionSchema)
@room.response(201, NoticeSchema)
def correct_notice(body: dict[str, Any], notice_id: UUID) -> dict[str, Any]:
    """Draft the correction of a published notice."""
    return views.notice_view(service.draft_correction(_locked(notice_id), **body))


@room.post("/notices/<uuid:notice_id>/withdraw", permission="notice.draft")
@room.arguments(ReasonSchema)
@room.response(201, NoticeSchema)
def withdraw_notice(body: dict[str, str], notice_id: UUID) -> dict[str, Any]:
    """Draft the withdrawal of a published notice, which stands until that is published."""
    return views.notice_view(service.draft_withdrawal(_locked(notice_id), **body))


def _visible(notice_id: UUID) -> Notice:
    return queries.notice(notice_id, visible_notices(principal()))


def _locked(notice_id: UUID) -> Notice:
    return queries.notice_for_update(notice_id, visible_notices(principal()))
