"""Addresses of documents in the office.

`public_pages.py` has what the public reads, `desk_routes.py` what a unit does.
"""

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID

from flask import Response
from sqlalchemy import Select, select

from anfang.documents import composing, publishing, queries, service, succeeding, views
from anfang.documents.content import NoticeKind
from anfang.documents.kinds import Audience
from anfang.documents.models import ISSUED_STATES, Notice, NoticeState
from anfang.documents.policies import visible_notices
from anfang.documents.schemas import (
    CorrectionSchema,
    LegalCheckSchema,
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
from anfang.kit.principal import Principal, principal
from anfang.kit.waiting import waits

room = Room("documents", __name__, description="Notices, orders, letters, bulletins, replies")

_PDF: Final = "application/pdf"
_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@room.get("/notices", permission="notice.read")
@room.arguments(NoticeQuerySchema, location="query")
@room.response(200, page_of(NoticeSummarySchema))
def list_notices(query: dict[str, Any]) -> Page:
    """List notices, the latest drafted first."""
    cursor, limit = query.pop("cursor"), query.pop("limit")
    statement = queries.notices_listed(visible_notices(principal()), **query)
    found = page(statement, cursor=cursor, limit=limit)
    return Page(views.summaries(found.items), found.next)


@waits("approvals", permission="notice.approve")
def _to_approve(caller: Principal) -> Select[Any]:
    return _in_state(caller, NoticeState.IN_APPROVAL)


@waits("approved", permission="notice.draft")
def _to_publish(caller: Principal) -> Select[Any]:
    return _in_state(caller, NoticeState.APPROVED)


def _in_state(caller: Principal, state: NoticeState) -> Select[Any]:
    return select(Notice.id).where(visible_notices(caller), Notice.state == state.value)


@room.post("/notices", permission="notice.draft")
@room.arguments(NewNoticeSchema)
@room.response(201, NoticeSchema)
def draft_notice(body: dict[str, Any]) -> dict[str, Any]:
    """Draft a document of any kind from cases, by its kind's template."""
    return views.notice_view(composing.draft(**_as_asked(body)))


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
    """Return a document as it stands as a PDF, without number and verification."""
    return Response(publishing.preview(_visible(notice_id)), mimetype=_PDF)


@room.post("/notice-previews/<uuid:notice_id>", permission="notice.draft", own_transactions=True)
@room.arguments(NoticeChangeSchema)
@room.response(200, content_type="application/pdf")
def preview_changes(body: dict[str, Any], notice_id: UUID) -> Response:
    """Return a document as it would be with changes that are not kept yet, as a PDF.

    Not below the document's own address: whoever posts there has changed it, and reads it anew.
    """
    with transaction(write=False):
        return Response(publishing.preview(_visible(notice_id), body), mimetype=_PDF)


@room.get("/notices/<uuid:notice_id>/document.pdf", permission="notice.read")
@room.response(200, content_type="application/pdf")
def show_pdf(notice_id: UUID) -> Response:
    """Return the PDF of an issued document as it was issued."""
    notice = _visible(notice_id)
    return _file(queries.pdf(notice), _PDF, f"{notice.number}.pdf", "inline")


@room.get("/notices/<uuid:notice_id>/document.docx", permission="notice.read")
@room.response(200, content_type=_DOCX)
def show_word(notice_id: UUID) -> Response:
    """Return the Word file: as it was issued, or as the document stands."""
    notice = _visible(notice_id)
    if notice.state in ISSUED_STATES:
        return _file(queries.docx(notice), _DOCX, f"{notice.number}.docx")
    name = notice.title.replace("\n", "")
    return _file(publishing.preview_word(notice), _DOCX, f"{name}.docx")


@room.post("/notices/<uuid:notice_id>/submit", permission="notice.draft")
@room.response(200, NoticeSchema)
def submit_notice(notice_id: UUID) -> dict[str, Any]:
    """Hand a draft to the approvers."""
    notice = _locked(notice_id)
    service.submit(notice)
    return views.notice_view(notice)


@room.post("/notices/<uuid:notice_id>/legal-check", permission="notice.check")
@room.arguments(LegalCheckSchema)
@room.response(200, NoticeSchema)
def check_notice(body: dict[str, Any], notice_id: UUID) -> dict[str, Any]:
    """Record the legal check of a submitted document by somebody who did not write on it."""
    notice = _locked(notice_id)
    service.check_lawfulness(notice, **body)
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
    """Issue an approved document under the next number of its series and year."""
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
    return views.notice_view(succeeding.draft_correction(_locked(notice_id), **body))


@room.post("/notices/<uuid:notice_id>/withdraw", permission="notice.draft")
@room.arguments(ReasonSchema)
@room.response(201, NoticeSchema)
def withdraw_notice(body: dict[str, str], notice_id: UUID) -> dict[str, Any]:
    """Draft the withdrawal of a published notice, which stands until that is published."""
    return views.notice_view(succeeding.draft_withdrawal(_locked(notice_id), **body))


def _visible(notice_id: UUID) -> Notice:
    return queries.notice(notice_id, visible_notices(principal()))


def _locked(notice_id: UUID) -> Notice:
    return queries.notice_for_update(notice_id, visible_notices(principal()))


def _as_asked(body: dict[str, Any]) -> dict[str, Any]:
    """Name the members of a request as `composing.draft` does."""
    asked = {**body, "kind": NoticeKind(body["kind"]), "deadline": body.pop("report_by")}
    asked.pop("report_by", None)
    asked["fields"] = asked.pop("fields_", None)
    if "audience" in asked:
        asked["audience"] = Audience(asked["audience"])
    return asked


def _file(
    content: bytes | Iterator[bytes], mimetype: str, name: str, disposition: str = "attachment"
) -> Response:
    headers = {"Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(content, mimetype=mimetype, headers=headers)
