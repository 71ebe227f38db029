"""Reads of packs."""

from importlib import resources
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from anfang.kit.db import found_by, locked
from anfang.kit.errors import NotFound
from anfang.packs.models import Pack
from anfang.storage import service as storage

SCHEMAS: Final = {
    "pack.json": "pack.schema.json",
    "proofs.json": "proofs.schema.json",
    "case.json": "case.schema.json",
}


def pack(pack_id: UUID, *within: ColumnElement[bool]) -> Pack:
    """Return a pack; raises NotFound, also when it is outside the predicates `within`."""
    return found_by(select(Pack).where(Pack.id == pack_id, *within))


def pack_for_update(pack_id: UUID) -> Pack:
    """Return a pack, locked and read anew; raises NotFound."""
    return found_by(locked(select(Pack).where(Pack.id == pack_id)))


def packs_listed(
    *within: ColumnElement[bool], profile: str | None = None, state: str | None = None
) -> Select[Pack]:
    """Return the statement of packs, the newest request first, narrowed by what is given.

    Args:
        within: the policy's predicate for the caller.
    """
    equal = {Pack.profile: profile, Pack.state: state}
    return (
        select(Pack)
        .where(*within, *(column == value for column, value in equal.items() if value is not None))
        .order_by(Pack.requested_at.desc(), Pack.id)
    )


def schema(name: str) -> str:
    """Return the text of a published schema, by the document that it describes; raises NotFound."""
    if name not in SCHEMAS:
        raise NotFound
    return resources.files("anfang.packs").joinpath(SCHEMAS[name]).read_text("utf-8")


def file_key(sha256: str) -> str:
    """Return where storage keeps a pack's file: by the file's own hash, the same pack once."""
    return storage.derived_key("packs", sha256)
