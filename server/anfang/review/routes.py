"""Addresses of review: the queue, one record, decisions about it, its pictures."""

from typing import Any
from uuid import UUID

from flask import Response, redirect, request, stream_with_context
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from anfang.evidence import queries as evidence
from anfang.inspections import queries as inspections
from anfang.inspections import service as records
from anfang.inspections.models import Record, RecordState, RecordVersion
from anfang.kit.db import transaction
from anfang.kit.http import Room
from anfang.kit.pages import Page, page, page_of
from anfang.kit.principal import Principal, principal
from anfang.kit.waiting import waits
from anfang.review import pictures, policies, queries, service, view, waiting
from anfang.review.forms import (
    AcceptanceSchema,
    ClearanceSchema,
    RecordQuerySchema,
    RedactionSchema,
    RejectionSchema,
    ReturnSchema,
)
from anfang.review.models import Decision
from anfang.review.schemas import (
    ANY_STATE,
    FindingQuerySchema,
    FindingSchema,
    PictureDecisionSchema,
    QueueItemSchema,
    QueueQuerySchema,
    RecordViewSchema,
    ReviewClaimSchema,
)

room = Room("review", __name__, description="Review of records")

_RECORD = "/review/records/<uuid:record_id>"
_PICTURE = _RECORD + "/pictures/<string:sha256>"
_KINDS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/heic": "heic"}


@room.get("/review/queue", permission="record.read")
@room.arguments(QueueQuerySchema, location="query")
@room.response(200, page_of(QueueItemSchema))
def list_queue(query: dict[str, Any]) -> Page:
    """List the records that wait for a reviewer, the longest waiting first; others by state."""
    cursor, limit = query.pop("cursor"), query.pop("limit")
    if query["state"] == ANY_STATE:
        del query["state"]
    statement = inspections.records_listed(policies.visible_records(principal()), **query)
    found = page(statement, cursor=cursor, limit=limit)
    lines = waiting.queue_of(found.items, aliases=records.alias_is_shown_to(principal()))
    return Page(lines, found.next)


@waits("records", permission="record.review")
def _records_to_judge(caller: Principal) -> Select[Any]:
    seen = policies.visible_records(caller)
    listed = inspections.records_listed(seen, state=RecordState.COMPLETE.value)
    return listed.with_only_columns(Record.id)


@room.get("/review/findings", permission="record.read")
@room.arguments(FindingQuerySchema, location="query")
@room.response(200, page_of(FindingSchema))
def list_findings(query: dict[str, Any]) -> Page:
    """List confirmed findings, the newest first."""
    cursor, limit = query.pop("cursor"), query.pop("limit")
    statement = queries.findings_listed(policies.visible_findings(principal()), **query)
    return page(statement, cursor=cursor, limit=limit)


@room.verb("GET", _RECORD, permission="record.read", own_transactions=True)
@room.arguments(RecordQuerySchema, location="query")
@room.response(200, RecordViewSchema)
def show_record(query: dict[str, bool], record_id: UUID) -> dict[str, Any]:
    """Return the current version of a record with everything needed to judge it."""
    return _view(record_id, None, private=query["private"])


@room.verb(
    "GET",
    _RECORD + "/versions/<string:record_sha256>",
    permission="record.read",
    own_transactions=True,
)
@room.arguments(RecordQuerySchema, location="query")
@room.response(200, RecordViewSchema)
def show_version(query: dict[str, bool], record_id: UUID, record_sha256: str) -> dict[str, Any]:
    """Return any version of a record, in the same form."""
    return _view(record_id, record_sha256, private=query["private"])


@room.post(_RECORD + "/claim", permission="record.review")
@room.response(200, ReviewClaimSchema)
def claim_record(record_id: UUID) -> dict[str, Any]:
    """Take a record to judge it, or prolong one's claim by 15 minutes."""
    return waiting.claim_view(service.claim(record_id))


@room.post(_RECORD + "/release", permission="record.review")
@room.response(204)
def release_record(record_id: UUID) -> None:
    """Give a claimed record back to the queue."""
    service.release(record_id)


@room.post(_RECORD + "/admit", permission="record.review")
@room.response(200, RecordViewSchema)
def admit_record(record_id: UUID) -> dict[str, Any]:
    """Let a claimed record of a revoked phone be judged like any other."""
    service.admit(record_id)
    return _members(service.visible_record(record_id))


@room.post(_RECORD + "/accept", permission="record.review")
@room.arguments(AcceptanceSchema)
@room.response(200, RecordViewSchema)
def accept_record(body: dict[str, Any], record_id: UUID) -> dict[str, Any]:
    """Accept a claimed record and confirm its findings."""
    return _decided(service.accept(record_id, **body))


@room.post(_RECORD + "/return", permission="record.review")
@room.arguments(ReturnSchema)
@room.response(200, RecordViewSchema)
def return_record(body: dict[str, Any], record_id: UUID) -> dict[str, Any]:
    """Give a claimed record back to its inspector with remarks."""
    return _decided(service.return_(record_id, **body))


@room.post(_RECORD + "/reject", permission="record.review")
@room.arguments(RejectionSchema)
@room.response(200, RecordViewSchema)
def reject_record(body: dict[str, Any], record_id: UUID) -> dict[str, Any]:
    """Reject a claimed record for a reason."""
    return _decided(service.reject(record_id, **body))


@room.post(_PICTURE + "/redact", permission="record.review", own_transactions=True)
@room.arguments(RedactionSchema)
@room.response(200, PictureDecisionSchema)
def redact_picture(body: dict[str, Any], record_id: UUID, sha256: str) -> dict[str, Any]:
    """Black out rectangles of a picture; the newest redaction counts."""
    decision = pictures.redact(record_id, sha256, **body)
    with transaction(write=False):
        return view.picture_decision_view(decision)


@room.post(_PICTURE + "/clear", permission="record.review", own_transactions=True)
@room.arguments(ClearanceSchema)
@room.response(200, PictureDecisionSchema)
def clear_picture(body: dict[str, Any], record_id: UUID, sha256: str) -> dict[str, Any]:
    """Clear a picture expressly: nothing in it needs to be hidden."""
    decision = pictures.clear(record_id, sha256, **body)
    with transaction(write=False):
        return view.picture_decision_view(decision)


@room.get(_PICTURE + "/preview", permission="record.read")
@room.response(200, content_type="image/jpeg")
def show_preview(record_id: UUID, sha256: str) -> Response:
    """Return a JPEG of at most 1600 pixels a side, upright, without metadata."""
    return _derivative(record_id, sha256, evidence.PREVIEW)


@room.get(_PICTURE + "/thumbnail", permission="record.read")
@room.response(200, content_type="image/jpeg")
def show_thumbnail(record_id: UUID, sha256: str) -> Response:
    """Return a JPEG of at most 320 pixels a side, upright, without metadata."""
    return _derivative(record_id, sha256, evidence.THUMBNAIL)


@room.get(_PICTURE + "/original", permission="record.read")
@room.response(200, content_type="application/octet-stream")
@room.alt_response(302, description="a signed link to the bucket that holds it")
def show_original(record_id: UUID, sha256: str) -> ResponseReturnValue:
    """Return the original's bytes as they came, as a download: no browser shall interpret them."""
    picture = view.picture_of(service.visible_record(record_id), sha256)
    link = evidence.original_link(sha256)
    if link is not None:
        return redirect(link)
    answer = Response(mimetype="application/octet-stream")
    ending = _KINDS.get(picture.found_mime or "", "bin")
    answer.headers["Content-Disposition"] = f'attachment; filename="{sha256}.{ending}"'
    if not _is_known(answer, sha256):
        answer.headers["Content-Length"] = str(picture.bytes)
        answer.response = stream_with_context(evidence.original(sha256))
    return answer


@room.get(_PICTURE + "/redacted", permission="record.read")
@room.response(200, content_type="image/png")
def show_redacted(record_id: UUID, sha256: str) -> Response:
    """Return the PNG that may be published: the newest redaction or clearance."""
    service.visible_record(record_id)
    decision = queries.picture_decision(record_id, sha256)
    answer = Response(mimetype="image/png")
    if not _is_known(answer, decision.png_sha256):
        answer.set_data(queries.redacted_png(decision))
    return answer


def _derivative(record_id: UUID, sha256: str, kind: str) -> Response:
    view.picture_of(service.visible_record(record_id), sha256)
    answer = Response(mimetype="image/jpeg")
    if not _is_known(answer, f"{kind}-{sha256}"):
        read = evidence.preview if kind == evidence.PREVIEW else evidence.thumbnail
        answer.set_data(read(sha256))
    return answer


def _is_known(answer: Response, etag: str) -> bool:
    """Name the content and shield it; True if the caller has it already, then it is a 304."""
    answer.set_etag(etag)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if request.if_none_match.contains(etag):
        answer.status_code = 304
        return True
    return False


def _view(record_id: UUID, record_sha256: str | None, *, private: bool) -> dict[str, Any]:
    with transaction(write=private):
        record = service.visible_record(record_id)
        version = None
        if record_sha256 is not None:
            version = inspections.version_of(record_id, record_sha256)
        if private:
            service.note_private_read(record)
        return _members(record, version, private=private)


def _decided(decision: Decision) -> dict[str, Any]:
    record = service.visible_record(decision.record_id)
    return _members(record, inspections.version_of(record.id, decision.record_sha256))


def _members(
    record: Record, version: RecordVersion | None = None, *, private: bool = False
) -> dict[str, Any]:
    return view.record_view(
        record,
        version or inspections.current_version(record),
        aliases=records.alias_is_shown_to(principal()),
        private=private,
    )
