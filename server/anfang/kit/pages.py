"""Cursor pagination: keyset pages that stay stable while rows are added."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

from marshmallow import Schema, fields, validate
from sqlakeyset import BadBookmark, select_page
from sqlalchemy import ColumnElement, Select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute

from anfang.kit.db import db
from anfang.kit.errors import CursorInvalid
from anfang.kit.writing import QuicklyWritten

Value = TypeVar("Value")

LARGEST_PAGE: Final = 200


@dataclass(frozen=True)
class Page:
    """One page of a list; `next` is None at the end."""

    items: Sequence[Any]
    next: str | None


class PageQuery(Schema):
    """Query members of every list; a room's filter inherits from it."""

    cursor = fields.String(load_default=None)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, LARGEST_PAGE))


def page_of(item: type[Schema]) -> type[Schema]:
    """Return the schema of a page of `item`."""
    members = {
        "items": fields.List(fields.Nested(item), required=True),
        "next": fields.String(required=True, allow_none=True),
    }
    return type(item.__name__.removesuffix("Schema") + "Page", (QuicklyWritten,), members)


def filled(column: InstrumentedAttribute[Value | None]) -> ColumnElement[Value]:
    """Return a nullable column to order by where the statement's conditions leave no NULL in it.

    A cursor cannot rest on NULL, so rows would fall out between pages; saying so here is cheaper
    than `coalesce`, which no index serves.
    """
    return type_coerce(cast(ColumnElement[Value], column), column.type)


def page(statement: Select[Any], *, cursor: str | None, limit: int) -> Page:
    """Run a statement whose ORDER BY ends in a unique column and return one page of it.

    Single-entity statements give the entity itself, others their row. Where a joined table's column
    is in the ORDER BY, the statement should ask for it: sqlakeyset would, under a new name each
    time, so that SQLAlchemy would build the statement anew for every call.

    Raises:
        CursorInvalid: the cursor is not one of this list.
    """
    try:
        found = select_page(db.session(), statement, per_page=limit, page=cursor)
    except (BadBookmark, ValueError) as error:
        raise CursorInvalid from error
    rows = list(found)
    single = len(statement.column_descriptions) == 1
    return Page(
        items=[row[0] for row in rows] if single else rows,
        next=found.paging.bookmark_next if found.paging.has_next else None,
    )
