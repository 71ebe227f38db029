"""Addresses of documents: what was issued to a unit, at its desk, and the signature of receipt."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from flask import Response
from sqlalchemy import Select, select

from anfang.documents import queries, receiving, views
from anfang.documents.models import Notice, NoticeReceipt
from anfang.documents.policies import delivered_notices
from anfang.documents.schemas import DeskDocumentSchema, ReceiptSchema
from anfang.kit.http import Room
from anfang.kit.pages import Page, PageQuery, page, page_of
from anfang.kit.principal import Principal, principal
from anfang.kit.waiting import waits

room = Room("document-desk", __name__, description="Documents at a unit's desk")


@room.get("/desk/documents", permission="document.receive")
@room.arguments(PageQuery, location="query")
@room.response(200, page_of(DeskDocumentSchema))
def list_received(query: dict[str, Any]) -> Page:
    """List what was issued to the caller's unit and those below it, the latest first."""
    found = page(queries.delivered_listed(delivered_notices(principal())), **query)
    return Page(views.at_the_desk(found.items), found.next)


@waits("received", permission="document.receive")
def _to_sign_for(caller: Principal) -> Select[Any]:
    signed = select(NoticeReceipt.notice_id)
    return select(Notice.id).where(delivered_notices(caller), Notice.id.not_in(signed))


@room.get("/desk/documents/<uuid:notice_id>", permission="document.receive")
@room.response(200, DeskDocumentSchema)
def show_received(notice_id: UUID) -> dict[str, Any]:
    """Return one document that was issued to the caller's unit."""
    return views.at_the_desk([_delivered(notice_id)])[0]


@room.get("/desk/documents/<uuid:notice_id>/document.pdf", permission="document.receive")
@room.response(200, content_type="application/pdf")
def show_received_pdf(notice_id: UUID) -> Response:
    """Return the PDF as it was issued."""
    notice = _delivered(notice_id)
    name = quote(f"{notice.number}.pdf", safe="")
    return Response(
        queries.pdf(notice),
        mimetype="application/pdf",
        headers={"Content-Disposition": f"inline; filename*=UTF-8''{name}"},
    )


@room.post("/desk/documents/<uuid:notice_id>/receipt", permission="document.receive")
@room.arguments(ReceiptSchema)
@room.response(200, DeskDocumentSchema)
def sign_receipt(body: dict[str, str], notice_id: UUID) -> dict[str, Any]:
    """Sign for a document; receipt is no agreement."""
    notice = queries.notice_for_update(notice_id, delivered_notices(principal()))
    receiving.sign_receipt(notice, body["remark"])
    return views.at_the_desk([notice])[0]


def _delivered(notice_id: UUID) -> Notice:
    return queries.notice(notice_id, delivered_notices(principal()))
