"""Addresses of packs."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from flask import Response, redirect, stream_with_context
from flask.typing import ResponseReturnValue

from anfang.identity import queries as identity
from anfang.kit.db import transaction
from anfang.kit.http import PUBLIC, Room
from anfang.kit.i18n import translate
from anfang.kit.pages import Page, page, page_of
from anfang.kit.principal import principal
from anfang.packs import expiring, queries, service
from anfang.packs.models import Pack, PackState
from anfang.packs.policies import visible_packs
from anfang.packs.schemas import NewPackSchema, PackQuerySchema, PackSchema
from anfang.packs.selector import Selector
from anfang.storage import service as storage

room = Room("packs", __name__, description="Evidence packs")

_FILE: Final = "/packs/<uuid:pack_id>/file"


@room.get("/packs", permission="pack.read")
@room.arguments(PackQuerySchema, location="query")
@room.response(200, page_of(PackSchema))
def list_packs(query: dict[str, Any]) -> Page:
    """List the packs that were asked for, the newest first."""
    cursor, limit = query.pop("cursor"), query.pop("limit")
    statement = queries.packs_listed(visible_packs(principal()), **query)
    found = page(statement, cursor=cursor, limit=limit)
    return Page(_views(found.items), found.next)


@room.post("/packs", permission="pack.build")
@room.arguments(NewPackSchema)
@room.response(201, PackSchema)
def request_pack(body: dict[str, Any]) -> dict[str, Any]:
    """Ask for a pack of records, of a case or of a notice; the worker builds it."""
    options = {name: body.pop(name) for name in ("profile", "seal", "private")}
    pack = service.request_pack(selector=Selector.from_json(body), **options)
    return _views([pack])[0]


@room.get("/packs/<uuid:pack_id>", permission="pack.read")
@room.response(200, PackSchema)
def show_pack(pack_id: UUID) -> dict[str, Any]:
    """Return one pack: how far it is, or where its file is."""
    return _views([queries.pack(pack_id, visible_packs(principal()))])[0]


# Taking a pack away is written down, so this GET writes.
@room.verb("GET", _FILE, permission="pack.read", own_transactions=True)
@room.response(200, content_type="application/zip")
@room.alt_response(302, description="a signed link to the bucket that holds it")
def download_pack(pack_id: UUID) -> ResponseReturnValue:
    """Return a pack's file."""
    with transaction():
        pack = queries.pack(pack_id, visible_packs(principal()))
        sha256 = service.hand_out(pack)
    link = storage.link(queries.file_key(sha256))
    if link is not None:
        return redirect(link)
    answer = Response(
        stream_with_context(storage.stream(queries.file_key(sha256))), mimetype="application/zip"
    )
    answer.headers["Content-Length"] = str(pack.bytes)
    answer.set_etag(sha256)
    answer.headers["Content-Disposition"] = f'attachment; filename="{pack.pack_name}.zip"'
    return answer


@room.get("/packs/schemas/<string:name>", permission=PUBLIC)
@room.response(200, content_type="application/schema+json")
def show_schema(name: str) -> Response:
    """Return the published JSON Schema of a pack's document: pack.json, proofs.json, case.json."""
    return Response(queries.schema(name), mimetype="application/schema+json")


def _views(packs: Sequence[Pack]) -> list[dict[str, Any]]:
    people = identity.display_names(list({pack.requested_by for pack in packs}))
    return [_view(pack, people) for pack in packs]


def _view(pack: Pack, people: dict[UUID, str]) -> dict[str, Any]:
    shown = ("id", "profile", "selector", "private", "state", "bytes", "sha256", "requested_at",
             "finished_at")  # fmt: skip
    ready = pack.state == PackState.READY
    return {
        **{name: getattr(pack, name) for name in shown},
        "pack": pack.pack_name,
        "records": pack.record_count,
        "progress": _progress(pack),
        "failure": _failure(pack),
        "file": f"/api/v1/packs/{pack.id}/file" if ready else None,
        "expires_at": expiring.until(pack.finished_at) if ready and pack.finished_at else None,
        "requested_by": people.get(pack.requested_by),
    }


def _progress(pack: Pack) -> dict[str, int] | None:
    if pack.bytes_done is None or pack.bytes_total is None:
        return None
    return {"done": pack.bytes_done, "total": pack.bytes_total}


def _failure(pack: Pack) -> dict[str, str] | None:
    if pack.failure is None:
        return None
    return {"code": pack.failure, "text": translate(pack.failure, **pack.failure_details)}
