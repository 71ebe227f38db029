"""Addresses of evidence: tus 1.0.0 (core, creation, creation-with-upload, checksum, termination,
expiration) as PROTOCOL §5 asks for it."""

from collections.abc import Iterator
from typing import Any, Final, cast
from uuid import UUID

from flask import Response, request
from werkzeug.http import http_date

from anfang.evidence import uploads
from anfang.evidence.errors import (
    ChecksumAlgorithmUnsupported,
    TusVersionUnsupported,
    UploadTooLarge,
    UploadTypeUnsupported,
)
from anfang.evidence.schemas import (
    ChunkHeadersSchema,
    CreationHeadersSchema,
    OverrideHeadersSchema,
)
from anfang.kit.http import PUBLIC, Room
from anfang.kit.principal import device

room = Room("evidence", __name__, description="Media uploads (tus 1.0.0)")

TUS_VERSION: Final = "1.0.0"
CHUNK_TYPE: Final = "application/offset+octet-stream"
_PIECE: Final = 1 << 14
"""Bytes read at a time; a line that falls silent loses at most this much."""
_LONGEST_SILENCE: Final = 30.0
_CAPABILITIES: Final = {
    "Tus-Version": TUS_VERSION,
    "Tus-Extension": "creation,creation-with-upload,checksum,termination,expiration",
    "Tus-Max-Size": str(uploads.LARGEST_UPLOAD),
    "Tus-Checksum-Algorithm": "sha256",
}


def require_tus() -> None:
    """Refuse a call that does not speak this version; asking which one it is needs none."""
    if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != TUS_VERSION:
        raise TusVersionUnsupported


def name_tus(response: Response) -> Response:
    """Say on every answer, also a refusal, which version this is."""
    response.headers["Tus-Resumable"] = TUS_VERSION
    if response.status_code == TusVersionUnsupported.status:
        response.headers["Tus-Version"] = TUS_VERSION
    return response


room.before_request(require_tus)
room.after_request(name_tus)


@room.verb("OPTIONS", "/uploads", permission=PUBLIC)
@room.response(204)
def show_capabilities() -> Response:
    """Return what this server speaks, in headers."""
    return Response(status=204, headers=_CAPABILITIES)


@room.post("/uploads", permission="device.deliver", own_transactions=True)
@room.arguments(CreationHeadersSchema, location="headers")
@room.response(201)
def create_upload(headers: dict[str, Any]) -> Response:
    """Begin an upload of a picture that a record declares; its first bytes may come along."""
    metadata = headers["metadata"]
    wanted = uploads.Wanted(
        owner_id=metadata["record"],
        sha256=metadata["sha256"],
        length=headers["length"],
        metadata=metadata["header"],
    )
    chunk = _chunk(headers) if _has_body() else None
    made = uploads.create(device(), wanted, chunk)
    answer = _answer(201, made)
    answer.headers["Location"] = f"{request.path}/{made.id}"
    return answer


@room.verb("HEAD", "/uploads/<uuid:upload_id>", permission="device.deliver", own_transactions=True)
@room.response(200)
def show_upload(upload_id: UUID) -> Response:
    """Return how far an upload is, in headers."""
    found = uploads.progress(device(), upload_id)
    answer = _answer(200, found)
    answer.headers["Upload-Length"] = str(found.length)
    answer.headers["Upload-Metadata"] = found.metadata
    return answer


@room.patch("/uploads/<uuid:upload_id>", permission="device.deliver", own_transactions=True)
@room.arguments(ChunkHeadersSchema, location="headers")
@room.response(204)
def continue_upload(headers: dict[str, Any], upload_id: UUID) -> Response:
    """Take the next bytes of an upload; the last ones finish it."""
    return _answer(204, uploads.append(device(), upload_id, headers["offset"], _chunk(headers)))


@room.verb(
    "DELETE", "/uploads/<uuid:upload_id>", permission="device.deliver", own_transactions=True
)
@room.response(204)
def end_upload(upload_id: UUID) -> Response:
    """End an upload and drop its bytes; a picture that arrived whole stays held."""
    uploads.terminate(device(), upload_id)
    return Response(status=204)


@room.post("/uploads/<uuid:upload_id>", permission="device.deliver", own_transactions=True)
@room.arguments(OverrideHeadersSchema, location="headers")
@room.response(204)
def override_method(headers: dict[str, str], upload_id: UUID) -> Response:
    """Do what `X-HTTP-Method-Override` says, for a phone behind a proxy that knows POST only."""
    meant: dict[str, Any] = {"PATCH": continue_upload, "DELETE": end_upload, "HEAD": show_upload}
    return cast(Response, meant[headers["method"]](upload_id=upload_id))


def _answer(status: int, progress: uploads.Progress) -> Response:
    answer = Response(status=status)
    answer.headers["Upload-Offset"] = str(progress.offset)
    if progress.offset < progress.length:
        answer.headers["Upload-Expires"] = http_date(progress.expires_at)
    return answer


def _has_body() -> bool:
    return bool(request.content_length) or "chunked" in request.headers.get("Transfer-Encoding", "")


def _chunk(headers: dict[str, Any]) -> uploads.Chunk:
    if request.mimetype != CHUNK_TYPE:
        raise UploadTypeUnsupported
    if (request.content_length or 0) > uploads.LARGEST_UPLOAD:
        raise UploadTooLarge(limit=uploads.LARGEST_UPLOAD)
    algorithm, digest = headers["checksum"] or ("sha256", None)
    if algorithm != "sha256":
        raise ChecksumAlgorithmUnsupported
    return uploads.Chunk(_pieces(), digest)


def _pieces() -> Iterator[bytes]:
    """Yield the body as it arrives, never more of it in memory than one piece.

    A phone that has lost its network without a word must not hold its upload's lock for ever:
    after half a minute of silence it has vanished.
    """
    # One byte more than is ever taken: the upload's own length is the limit that answers.
    request.max_content_length = uploads.LARGEST_UPLOAD + 1
    connection = request.environ.get("gunicorn.socket")
    if connection is not None:
        connection.settimeout(_LONGEST_SILENCE)
    while piece := request.stream.read(_PIECE):
        yield piece
