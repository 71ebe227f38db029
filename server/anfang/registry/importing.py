"""Verbs of imports: put a sheet's units, sites or inspectors on file, whole or not at all.

The preview does what the import would do, in a savepoint that is rolled back: what it refuses is
refused by the same rules as on the pages.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import select

from anfang.identity import service as identity
from anfang.kit.db import db
from anfang.kit.errors import Problem
from anfang.kit.i18n import translate
from anfang.kit.workbooks import Row
from anfang.log import service as log
from anfang.registry import queries, service, sheets
from anfang.registry.coordinates import Datum, to_wgs84
from anfang.registry.errors import ImportFaulty
from anfang.registry.models import Site
from anfang.registry.sheets import E7, Line, SheetFault

_DEFAULT_RADIUS_M: Final = 100


@dataclass
class Report:
    """What a sheet would put on file; with a fault nothing of it is."""

    rows: int
    faults: list[SheetFault] = field(default_factory=list)
    done: bool = False


def import_rows(kind: str, rows: Sequence[Row], datum: Datum | None, *, apply: bool) -> Report:
    """Put the rows of a sheet on file, or only report what is wrong with them.

    Args:
        kind: `units`, `sites` or `inspectors`.
        datum: what the coordinates are, as the person declares; needed where there are any.

    Raises:
        ImportFaulty: `apply`, and there are faults; nothing was put on file.
    """
    lines, faults = sheets.read(kind, rows)
    report = Report(len(lines), faults)
    try:
        with db.session.begin_nested():
            report.faults.extend(_import(kind, lines, datum))
            report.done = apply and not report.faults
            if not report.done:
                raise _Undone
    except _Undone:
        report.faults.sort(key=lambda one: one.row)
    if apply and not report.done:
        raise ImportFaulty(count=len(report.faults))
    if report.done:
        log.audit("registry.imported", kind, "sheet", rows=report.rows)
    return report


class _Undone(Exception):  # noqa: N818 -- ends a savepoint, is no error
    """Takes back what the preview has tried."""


def _import(kind: str, lines: Sequence[Line], datum: Datum | None) -> Iterable[SheetFault]:
    if kind == "units":
        return _import_units(lines)
    return _import_sites(lines, datum) if kind == "sites" else _import_inspectors(lines)


def _import_units(lines: Sequence[Line]) -> Iterable[SheetFault]:
    """Create units, each after its parent, in whatever order they stand."""
    yield from _doubled(lines, "code")
    own = {line.members["code"]: line for line in lines}
    ids = {code: unit.id for code in _parents(lines) if (unit := queries.unit_by_code(code))}
    waiting = list(own.values())
    while waiting:
        ready = [one for one in waiting if _parent_of(one) in (None, *ids)]
        if not ready:
            break
        for line in ready:
            waiting.remove(line)
            parent = _parent_of(line)
            unit = yield from _tried(
                line,
                "code",
                service.create_unit,
                name=line.members["name"],
                code=line.members["code"],
                category=line.members["category"],
                parent_id=None if parent is None else ids[parent],
            )
            if unit is not None:
                ids[line.members["code"]] = unit.id
    for line in waiting:
        code = "unit-cycle" if _parent_of(line) in own else "import-unit-unknown"
        yield sheets.fault(line.number, "parent_code", code)


def _import_sites(lines: Sequence[Line], datum: Datum | None) -> Iterable[SheetFault]:
    seen: set[tuple[str, str]] = set()
    for line in lines:
        members = line.members
        unit = queries.unit_by_code(members["unit_code"])
        if unit is None:
            yield sheets.fault(line.number, "unit_code", "import-unit-unknown")
            continue
        key = (members["unit_code"], members["name"])
        if key in seen or _site_exists(unit.id, members["name"]):
            yield sheets.fault(line.number, "name", "import-row-twice")
            continue
        seen.add(key)
        position, refused = _position(members, datum)
        if refused:
            yield sheets.fault(line.number, "latitude", refused)
            continue
        more = {name: members[name] for name in ("capture",) if name in members}
        yield from _tried(
            line,
            "latitude",
            service.create_site,
            unit_id=unit.id,
            name=members["name"],
            kind=members["kind"],
            **position,
            **more,
        )


def _import_inspectors(lines: Sequence[Line]) -> Iterable[SheetFault]:
    yield from _doubled(lines, "alias")
    for line in {one.members["alias"]: one for one in lines}.values():
        yield from _tried(line, "alias", identity.create_inspector, alias=line.members["alias"])


def _position(members: Mapping[str, Any], datum: Datum | None) -> tuple[dict[str, int], str | None]:
    """Return a site's position in WGS-84, or the code of why there is none."""
    latitude: Decimal | None = members.get("latitude")
    longitude: Decimal | None = members.get("longitude")
    if latitude is None and longitude is None and "radius_m" not in members:
        return {}, None
    if latitude is None or longitude is None:
        return {}, "site-position-incomplete"
    if datum is None:
        return {}, "import-datum-undeclared"
    radius = members.get("radius_m", _DEFAULT_RADIUS_M)
    if datum is Datum.WGS84:
        # Digits as they were typed: no float stands between.
        lat_e7, lon_e7 = round(latitude * E7), round(longitude * E7)
    else:
        lat, lon = to_wgs84(datum, (float(latitude), float(longitude)))
        lat_e7, lon_e7 = round(lat * E7), round(lon * E7)
    return {"lat_e7": lat_e7, "lon_e7": lon_e7, "radius_m": radius}, None


def _tried(line: Line, column: str, verb: Callable[..., Any], **members: Any) -> Any:
    """Run a verb in a savepoint; its refusal becomes the line's fault. Returns its result."""
    try:
        with db.session.begin_nested():
            return verb(**members)
    except Problem as problem:
        text = translate(problem.code, None, **problem.details)
        yield SheetFault(line.number, sheets.heading(column), problem.code, text)
        return None


def _doubled(lines: Sequence[Line], column: str) -> Iterable[SheetFault]:
    seen: set[str] = set()
    for line in lines:
        if line.members[column] in seen:
            yield sheets.fault(line.number, column, "import-row-twice")
        seen.add(line.members[column])


def _parents(lines: Sequence[Line]) -> set[str]:
    return {parent for line in lines if (parent := _parent_of(line)) is not None}


def _parent_of(line: Line) -> str | None:
    parent: str | None = line.members.get("parent_code")
    return parent


def _site_exists(unit_id: Any, name: str) -> bool:
    statement = select(Site.id).where(Site.unit_id == unit_id, Site.name == name).limit(1)
    return db.session.scalar(statement) is not None
