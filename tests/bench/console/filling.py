"""An office of any size, written by bulk: the same each time but for its ids."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection

from anfang.campaigns.models import Campaign, CampaignState, CampaignTheme
from anfang.cases.models import Case, CaseFinding
from anfang.checklists.models import Checklist, ChecklistVersion
from anfang.identity import service as identity
from anfang.identity.models import Inspector
from anfang.inspections.models import Record, RecordState
from anfang.kit.clock import now
from anfang.kit.db import db, transaction
from anfang.kit.principal import Role
from anfang.registry import service as registry
from anfang.registry.models import Site, SiteKind, Unit
from anfang.review.models import Finding
from bench.console.rows import Cast, Row, case_row, finding_row, record_row

PASSWORD = "correct horse battery staple"
LEAD, DESK = "bench-lead", "bench-desk"
_CHUNK: Final = 10_000
_SITES: Final = 2_000
_WITHOUT_CASE: Final = 20
"""One finding in so many waits for its case."""


def fill(count: int) -> dict[str, str]:
    """Write `count` cases, as many records, and findings on a third of the accepted ones.

    Returns:
        What the calls are about, by name: ids of a campaign, bureau, site, owner and theme.
    """
    chance = random.Random(20261122)
    with transaction():
        cast = _cast(chance)
    with _unbound() as connection:
        for first in range(0, count, _CHUNK):
            places = range(first, min(first + _CHUNK, count))
            _write(connection, chance, places, cast)
            connection.commit()
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
    return {
        "campaign": str(cast.campaigns[1]),
        "bureau": str(db.session.query(Unit.id).filter_by(code="yi-3").scalar()),
        "site": str(cast.sites[0][0]),
        "owner": str(cast.owners[0]),
        "theme": str(cast.themes[0]),
        "version": str(cast.checklist_version),
    }


def _write(connection: Connection, chance: random.Random, places: range, cast: Cast) -> None:
    cases = [case_row(chance, place, cast) for place in places]
    records = [record_row(chance, cast) for _ in places]
    findings = [
        finding_row(chance, record, cast.owners[0])
        for record in records
        if record["state"] == RecordState.ACCEPTED.value and chance.random() < 1 / 3
    ]
    tied = [
        {"case_id": case["id"], "finding_id": finding["id"]}
        for place, (case, finding) in enumerate(zip(cases, findings, strict=False))
        if place % _WITHOUT_CASE
    ]
    written: list[tuple[Any, list[Row]]] = [
        (Case, cases), (Record, records), (Finding, findings), (CaseFinding, tied)
    ]  # fmt: skip
    for table, rows in written:
        if rows:
            connection.execute(table.__table__.insert(), rows)


@contextmanager
def _unbound() -> Iterator[Connection]:
    """Give a connection that checks no foreign keys: no call reads versions and decisions."""
    off, on = {
        "sqlite": ("PRAGMA foreign_keys=OFF", "PRAGMA foreign_keys=ON"),
        "postgresql": (
            "SET session_replication_role = replica",
            "SET session_replication_role = origin",
        ),
    }[db.engine.dialect.name]
    with db.engine.connect() as connection:
        # SQLite ignores the switch within a transaction; the driver's cursor opens none.
        _say(connection, off)
        try:
            yield connection
        finally:
            _say(connection, on)


def _say(connection: Connection, statement: str) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(statement)
    if db.engine.dialect.name == "postgresql":
        driver.commit()


def _cast(chance: random.Random) -> Cast:
    bureaus, units = _units()
    sites = _sites(chance, units)
    owners = [_account(f"bench-{n}", f"经办{n}", Role.REVIEWER) for n in range(10)]
    lead = _account(LEAD, "负责人", Role.LEAD)
    _account(DESK, "联络员", Role.LIAISON, bureaus[0])
    inspector = Inspector(alias="甲")
    campaigns = [_campaign(n) for n in range(4)]
    checklist = Checklist(code="ck", title="窗口服务")
    version = ChecklistVersion(version=1, title="窗口服务", items=[], published_at=now())
    version.checklist = checklist
    db.session.add_all([inspector, *campaigns, checklist, version])
    db.session.flush()
    return Cast(
        campaigns=[one.id for one in campaigns],
        units=units,
        sites=sites,
        owners=[*owners, lead],
        themes=[theme.id for theme in campaigns[0].themes],
        inspector=inspector.id,
        checklist_version=version.id,
    )


def _account(username: str, name: str, role: Role, unit: UUID | None = None) -> UUID:
    return identity.create_user(username, PASSWORD, name, [role], unit).id


def _campaign(place: int) -> Campaign:
    today = now().date()
    made = Campaign(
        name=f"作风整顿{place}", starts_on=today, ends_on=today, state=CampaignState.RUNNING.value
    )
    made.themes = [CampaignTheme(code=str(n), title=f"专题{n}", position=n) for n in range(5)]
    return made


def _units() -> tuple[list[UUID], list[UUID]]:
    kind = "government_functional"
    city = registry.create_unit("乙市", "yi", kind).id
    bureaus = [registry.create_unit(f"局{n}", f"yi-{n}", kind, city).id for n in range(20)]
    below = [
        registry.create_unit(f"所{n}-{m}", f"yi-{n}-{m}", kind, bureau).id
        for n, bureau in enumerate(bureaus)
        for m in range(10)
    ]
    return bureaus, [*bureaus, *below]


def _sites(chance: random.Random, units: list[UUID]) -> list[tuple[UUID, UUID]]:
    made = [
        Site(
            unit_id=chance.choice(units),
            name=f"窗口{n}",
            kind=SiteKind.WINDOW.value,
            lat_e7=chance.randint(300_000_000, 310_000_000),
            lon_e7=chance.randint(1_100_000_000, 1_110_000_000),
            radius_m=100,
        )
        for n in range(_SITES)
    ]
    db.session.add_all(made)
    db.session.flush()
    return [(site.id, site.unit_id) for site in made]
