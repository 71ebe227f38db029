"""Addresses of custody: the custodians' ceremony, who holds the key, who is behind an alias."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Response, request

from anfang.identity import custody, passphrases, queries
from anfang.identity.models import CustodyShare
from anfang.identity.schemas import (
    AliasSchema,
    CeremonySchema,
    CustodySchema,
    HandOverSchema,
    PersonSchema,
)
from anfang.kit.db import transaction
from anfang.kit.http import Room
from anfang.kit.pages import Page, PageQuery, page, page_of

room = Room("custody", __name__, description="What only the two custodians open together")


@room.get("/custody", permission="custody.read")
@room.response(200, CustodySchema)
def show_custody() -> dict[str, Any]:
    """Return who holds the key, if anybody does yet."""
    return _state()


@room.post("/custody", permission="custody.hold", own_transactions=True)
@room.arguments(CeremonySchema)
@room.response(201, CustodySchema)
def establish_custody(body: dict[str, Any]) -> dict[str, Any]:
    """Hold the ceremony: two custodians take over everything that is sealed."""
    custody.establish(_pledges(body), request.remote_addr or "unknown")
    with transaction(write=False):
        return _state()


@room.post("/custody/shares", permission="custody.hold", own_transactions=True)
@room.arguments(HandOverSchema)
@room.response(201, CustodySchema)
def hand_custody_over(body: dict[str, Any]) -> dict[str, Any]:
    """Split the key anew, both who hold it present: another custodian, another passphrase."""
    present = {one["username"]: one["passphrase"] for one in body["present"]}
    custody.hand_over(present, _pledges(body), request.remote_addr or "unknown")
    with transaction(write=False):
        return _state()


@room.get("/custody/aliases", permission="custody.hold")
@room.arguments(PageQuery, location="query")
@room.response(200, page_of(AliasSchema))
def list_aliases(query: dict[str, Any]) -> Page:
    """List aliases, and whether the person behind each has been entered."""
    found = page(queries.persons_listed(), **query)
    items = [{"id": one.id, "alias": one.alias, "sealed_at": at} for one, at in found.items]
    return Page(items, found.next)


@room.put("/inspectors/<uuid:inspector_id>/person", permission="custody.hold")
@room.arguments(PersonSchema)
@room.response(204)
def seal_person(body: dict[str, str], inspector_id: UUID) -> Response:
    """Seal who an inspector is; it can be replaced, and read only by a release."""
    custody.keep_person(queries.inspector(inspector_id), **body)
    return Response(status=204)


def _pledges(body: dict[str, Any]) -> list[custody.Pledge]:
    return [custody.Pledge(**one) for one in body["custodians"]]


def _state() -> dict[str, Any]:
    key = queries.custody_key()
    shares: Sequence[CustodyShare] = () if key is None else queries.custody_shares(key.kid)
    return {
        "key": key and key.kid,
        "established_at": key and key.established_at,
        "custodians": [share.user for share in shares],
        "without_person": queries.inspectors_without_person(),
        "shortest_passphrase": passphrases.SHORTEST,
    }
