"""Reads of registry."""

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import aliased

from anfang.kit.db import db, found_by
from anfang.kit.names import Names
from anfang.registry.models import Site, Unit

_UNIT_NAMES: Final = Names(Unit.id, Unit.name)
_SITE_NAMES: Final = Names(Site.id, Site.name)
_FEW: Final = 500
"""Units of a subtree that are named one by one in a statement."""


def unit(unit_id: UUID, *within: ColumnElement[bool]) -> Unit:
    """Return a unit; raises NotFound, also when it is outside the predicates `within`."""
    return found_by(select(Unit).where(Unit.id == unit_id, *within))


def site(site_id: UUID, *within: ColumnElement[bool]) -> Site:
    """Return a site; raises NotFound, also when it is outside the predicates `within`."""
    return found_by(select(Site).where(Site.id == site_id, *within))


def unit_by_code(code: str) -> Unit | None:
    """Return a unit by its code."""
    return db.session.scalar(select(Unit).filter_by(code=code))


def units_of(ids: Iterable[UUID]) -> Sequence[Unit]:
    """Return the units with these ids, by code; unknown ids are left out."""
    return db.session.scalars(select(Unit).where(Unit.id.in_(list(ids))).order_by(Unit.code)).all()


def sites_of(ids: Iterable[UUID]) -> Sequence[Site]:
    """Return the sites with these ids, by name; unknown ids are left out."""
    return db.session.scalars(
        select(Site).where(Site.id.in_(list(ids))).order_by(Site.name, Site.id)
    ).all()


def unit_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of units, for lists that mention them."""
    return _UNIT_NAMES.of(ids)


def site_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of sites, for lists that mention them."""
    return _SITE_NAMES.of(ids)


def subtree_ids(root_id: UUID) -> Sequence[UUID] | Select[UUID]:
    """Return the ids of a unit and all beneath it, for `column.in_(…)`; their statement if many.

    A database that sees how few they are looks them up in an index; of a statement it does not
    know, and goes through the whole table.
    """
    statement = subtree_listed(root_id)
    few = db.session.scalars(statement.limit(_FEW + 1)).all()
    return few if len(few) <= _FEW else statement


def subtree_listed(root_id: UUID) -> Select[UUID]:
    """Return the statement of the ids of a unit and all beneath it."""
    root = aliased(Unit)
    return select(Unit.id).join(root, Unit.path.startswith(root.path)).where(root.id == root_id)


def active_units() -> Select[Unit]:
    """Return the statement of the units in service, by code."""
    return select(Unit).where(Unit.active).order_by(Unit.code)


def active_sites() -> Select[Site]:
    """Return the statement of the sites in service whose unit is in service too, by name."""
    return (
        select(Site)
        .join(Unit, Unit.id == Site.unit_id)
        .where(Site.active, Unit.active)
        .order_by(Site.name, Site.id)
    )


def units_listed(
    *within: ColumnElement[bool],
    parent: UUID | None = None,
    category: str | None = None,
    q: str | None = None,
) -> Select[Unit]:
    """Return the statement of units by code: below `parent`, of a category, named like `q`."""
    statement = select(Unit).where(*within).order_by(Unit.code)
    if parent is not None:
        statement = statement.where(Unit.parent_id == parent)
    if category is not None:
        statement = statement.where(Unit.category == category)
    if q:
        statement = statement.where(
            or_(Unit.name.icontains(q, autoescape=True), Unit.code.icontains(q, autoescape=True))
        )
    return statement


def sites_listed(
    *within: ColumnElement[bool], unit: UUID | None = None, q: str | None = None
) -> Select[Site]:
    """Return the statement of sites by name: of a unit and all beneath it, named like `q`."""
    statement = select(Site).where(*within).order_by(Site.name, Site.id)
    if unit is not None:
        statement = statement.where(Site.unit_id.in_(subtree_ids(unit)))
    if q:
        statement = statement.where(Site.name.icontains(q, autoescape=True))
    return statement
