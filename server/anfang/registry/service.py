"""Verbs of registry: the tree of units, and sites."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, literal, select, update
from sqlalchemy.exc import IntegrityError

from anfang.kit.db import db
from anfang.kit.ids import new_id
from anfang.kit.principal import Person, Principal
from anfang.log import service as log
from anfang.registry import policies, queries
from anfang.registry.errors import SitePositionIncomplete, UnitCodeTaken, UnitCycle
from anfang.registry.models import PRIVATE_KINDS, Capture, Site, Unit


def visible_unit_ids(caller: Principal) -> Sequence[UUID] | Select[UUID]:
    """Return the ids of the units a caller may see, or their statement, for `column.in_(…)`."""
    if isinstance(caller, Person) and caller.unit is not None:
        return queries.subtree_ids(caller.unit)
    return select(Unit.id).where(policies.visible_units(caller))


def create_unit(name: str, code: str, category: str, parent_id: UUID | None = None) -> Unit:
    """Put a unit into the tree.

    Args:
        category: a `UnitCategory`.

    Raises:
        NotFound: there is no such parent.
        UnitCodeTaken: another unit has the code.
    """
    unit_id = new_id()
    path = f"{_path_of(parent_id)}{unit_id}/"
    unit = Unit(id=unit_id, name=name, code=code, category=category, parent_id=parent_id, path=path)
    db.session.add(unit)
    _flush_unit()
    log.audit("unit.created", "unit", unit.id)
    return unit


def change_unit(unit: Unit, **changes: Any) -> None:
    """Change what is given: `name`, `code`, `category`, `active`, `parent_id` (None: to the top).

    Raises:
        NotFound: there is no such parent.
        UnitCodeTaken: another unit has the code.
        UnitCycle: the new parent stands below the unit.
    """
    if "parent_id" in changes:
        _move(unit, changes.pop("parent_id"))
    for member, value in changes.items():
        setattr(unit, member, value)
    _flush_unit()
    log.audit("unit.changed", "unit", unit.id)


def create_site(
    unit_id: UUID,
    name: str,
    kind: str,
    lat_e7: int | None = None,
    lon_e7: int | None = None,
    radius_m: int | None = None,
    capture: str = Capture.ALLOWED.value,
) -> Site:
    """Register a site; at a private kind of place capture is forbidden whatever is asked for.

    Args:
        kind: a `SiteKind`.
        lat_e7, lon_e7: WGS-84 in 1e-7 degree; with `radius_m` in metres, or none of the three.

    Raises:
        NotFound: there is no such unit.
        SitePositionIncomplete: a part of the position is missing.
    """
    site = Site(
        unit=queries.unit(unit_id),
        name=name,
        kind=kind,
        lat_e7=lat_e7,
        lon_e7=lon_e7,
        radius_m=radius_m,
        capture=capture,
    )
    _settle(site)
    db.session.add(site)
    db.session.flush()
    log.audit("site.created", "site", site.id)
    return site


def change_site(site: Site, **changes: Any) -> None:
    """Change what is given, by the rules of `create_site`.

    Raises:
        NotFound: there is no such unit.
        SitePositionIncomplete: a part of the position would be missing.
    """
    if "unit_id" in changes:
        site.unit = queries.unit(changes.pop("unit_id"))
    for member, value in changes.items():
        setattr(site, member, value)
    _settle(site)
    db.session.flush()
    log.audit("site.changed", "site", site.id)


def _path_of(parent_id: UUID | None) -> str:
    return "/" if parent_id is None else queries.unit(parent_id).path


def _move(unit: Unit, parent_id: UUID | None) -> None:
    old, above = unit.path, _path_of(parent_id)
    if above.startswith(old):
        raise UnitCycle
    unit.parent_id = parent_id
    db.session.flush()
    new = f"{above}{unit.id}/"
    db.session.execute(
        update(Unit)
        .where(Unit.path.startswith(old))
        .values(path=literal(new) + func.substr(Unit.path, len(old) + 1)),
        execution_options={"synchronize_session": False},
    )
    db.session.refresh(unit)


def _settle(site: Site) -> None:
    position = (site.lat_e7, site.lon_e7, site.radius_m)
    if any(part is None for part in position) and any(part is not None for part in position):
        raise SitePositionIncomplete
    if site.kind in PRIVATE_KINDS:
        site.capture = Capture.FORBIDDEN.value


def _flush_unit() -> None:
    try:
        db.session.flush()
    except IntegrityError as error:
        raise UnitCodeTaken from error
