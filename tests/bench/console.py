"""Lists, filters, groups and sheets of the console's ledger and queue, each beside its bare SQL.

Each call goes through the whole application as a signed-in lead's or liaison's would. Its slowest
statement is then run again by itself through the database's own driver, in the same run, on the
same data. Goal: p95 no more than twice the statement's plus 20 ms, and below 300 ms on 50,000.
"""

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import event, insert

from anfang.app import create_app
from anfang.campaigns.models import Campaign, CampaignState, CampaignTheme
from anfang.cases.models import Case, CaseClass, CaseSource, CaseState
from anfang.identity import service as identity
from anfang.identity.models import Inspector
from anfang.inspections.models import Record, RecordState
from anfang.installation import prepare
from anfang.kit.clock import now
from anfang.kit.config import load_settings
from anfang.kit.db import db, transaction
from anfang.kit.principal import Role
from anfang.registry import service as registry
from support.postgres import find_binaries, running_postgres

SIZE = 50_000
ROUNDS = 20
CHUNK = 5_000
PASSWORD = "correct horse battery staple"

CALLS = {
    "cases": "/cases?limit=100",
    "cases deep": "/cases?limit=100&sort=-opened",
    "cases by unit": "/cases?limit=100&sort=unit",
    "cases state": "/cases?limit=100&state=rectified",
    "cases red": "/cases?limit=100&colour=red",
    "cases subtree": "/cases?limit=100&unit={bureau}&state=open",
    "cases owner": "/cases?limit=100&owner={owner}&colour=blue",
    "cases theme, class": "/cases?limit=100&theme={theme}&class=at_once",
    "cases text": "/cases?limit=100&q=4999",
    "groups colour": "/case-groups?by=colour",
    "groups unit": "/case-groups?by=unit",
    "groups owner": "/case-groups?by=owner",
    "groups state": "/case-groups?by=state&unit={bureau}",
    "findings without case": "/findings-without-case?limit=50",
    "queue": "/review/queue?limit=60",
    "queue unit": "/review/queue?limit=60&unit={bureau}",
    "queue any": "/review/queue?limit=60&state=any",
}
DESK_CALLS = {"desk cases": "/cases?limit=100", "desk groups": "/case-groups?by=state"}

_STATES = {
    CaseState.OPEN: 15, CaseState.ANSWERED: 10, CaseState.RECTIFIED: 10, CaseState.CLOSED: 65
}  # fmt: skip
"""How many of a hundred cases stand where."""


def run(size: int | None) -> dict[str, object]:
    """Measure with `size` cases and as many records (50,000): SQLite, PostgreSQL if it is there."""
    count = size or SIZE
    with tempfile.TemporaryDirectory(prefix="anfang-bench-") as folder:
        found: dict[str, object] = {"cases": count, "sqlite": _measured(Path(folder), None, count)}
    binaries = find_binaries()
    if binaries is None:
        return {**found, "postgresql": "not installed"}
    with running_postgres(binaries) as server, tempfile.TemporaryDirectory() as folder:
        found["postgresql"] = _measured(Path(folder), server.create_database(), count)
    return found


def _measured(folder: Path, database: str | None, count: int) -> dict[str, object]:
    app = _application(folder, database)
    with app.app_context():
        started = time.perf_counter()
        names = fill(count)
        filled = time.perf_counter() - started
        lead, desk = _signed_in(app, "bench-lead"), _signed_in(app, "bench-desk")
        rows = {name: _call(lead, path.format(**names)) for name, path in CALLS.items()}
        rows |= {name: _call(desk, path) for name, path in DESK_CALLS.items()}
        db.session.remove()
        db.engine.dispose()
    missed = [name for name, row in rows.items() if not row["within_goal"]]
    slowest = max(row["p95_ms"] for row in rows.values())
    return {
        "filled_s": round(filled, 1),
        "calls": rows,
        "slowest_p95_ms": slowest,
        "missed": missed,
    }


def _call(client: Any, path: str) -> dict[str, Any]:
    def ask() -> None:
        answer = client.get(f"/api/v1{path}")
        assert answer.status_code == 200, (path, answer.get_data(as_text=True)[:200])

    ask()
    with _heard() as statements:
        ask()
    whole = _times(ask)
    connection = db.engine.raw_connection()
    try:
        alone = [_times(lambda q=one: _execute(connection, *q), 2) for one in statements]
        slowest = statements[max(range(len(alone)), key=lambda place: alone[place][0])]
        bare = _times(lambda: _execute(connection, *slowest))
    finally:
        connection.close()
    return {
        "p50_ms": _at(whole, 0.5),
        "p95_ms": _at(whole, 0.95),
        "bare_p50_ms": _at(bare, 0.5),
        "bare_p95_ms": _at(bare, 0.95),
        "statements": len(statements),
        "within_goal": _at(whole, 0.95) <= 2 * _at(bare, 0.95) + 20,
    }


@contextmanager
def _heard() -> Iterator[list[tuple[str, Any]]]:
    """Hear the statements of one request, with what was bound to them."""
    heard: list[tuple[str, Any]] = []

    def before(_c: Any, _cursor: Any, said: str, bound: Any, _context: Any, _many: Any) -> None:
        heard.append((said, bound))

    event.listen(db.engine, "before_cursor_execute", before)
    try:
        yield heard
    finally:
        event.remove(db.engine, "before_cursor_execute", before)


def _execute(connection: Any, statement: str, parameters: Any) -> None:
    cursor = connection.cursor()
    cursor.execute(statement, parameters)
    cursor.fetchall()
    cursor.close()
    connection.rollback()


def _times(work: Callable[[], None], rounds: int = ROUNDS) -> list[float]:
    found = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        found.append(1000 * (time.perf_counter() - started))
    return sorted(found)


def _at(times: list[float], share: float) -> float:
    if share == 0.5:
        return round(statistics.median(times), 2)
    return round(times[min(int(len(times) * share), len(times) - 1)], 2)


def _application(folder: Path, database: str | None):
    for name in [
        name for name in os.environ if name.startswith("ANFANG_") and name != "ANFANG_PWA"
    ]:
        os.environ.pop(name)
    os.environ["ANFANG_DATA"] = str(folder)
    if database is not None:
        os.environ["ANFANG_DATABASE_URL"] = database
    app = create_app(load_settings())
    with app.app_context():
        prepare(app)
    return app


def _signed_in(app: Any, username: str) -> Any:
    client = app.test_client()
    answer = client.post("/api/v1/session", json={"username": username, "password": PASSWORD})
    assert answer.status_code == 200, answer.json
    return client


def fill(count: int) -> dict[str, str]:
    """Write units, accounts, a campaign, cases and records by bulk; the same each time."""
    chance = random.Random(20261122)
    with transaction():
        bureaus, units = _units()
        owners = [
            identity.create_user(f"bench-{n}", PASSWORD, f"经办{n}", [Role.REVIEWER]).id
            for n in range(10)
        ]
        lead = identity.create_user("bench-lead", PASSWORD, "负责人", [Role.LEAD]).id
        identity.create_user("bench-desk", PASSWORD, "联络员", [Role.LIAISON], bureaus[0])
        inspector = Inspector(alias="甲")
        campaign = Campaign(
            name="作风整顿",
            starts_on=now().date(),
            ends_on=now().date(),
            state=CampaignState.RUNNING.value,
        )
        campaign.themes = [
            CampaignTheme(code=str(n), title=f"专题{n}", position=n) for n in range(5)
        ]
        db.session.add_all([inspector, campaign])
        db.session.flush()
        themes = [theme.id for theme in campaign.themes]
        campaign_id, inspector_id = campaign.id, inspector.id
    for first in range(0, count, CHUNK):
        places = range(first, min(first + CHUNK, count))
        with transaction():
            db.session.execute(
                insert(Case),
                [_case(chance, n, campaign_id, units, [*owners, lead], themes) for n in places],
            )
            db.session.execute(
                insert(Record), [_record(chance, campaign_id, units, inspector_id) for _ in places]
            )
    with db.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
    return {"bureau": str(bureaus[3]), "owner": str(owners[0]), "theme": str(themes[0])}


def _units() -> tuple[list[UUID], list[UUID]]:
    kind = "government_functional"
    city = registry.create_unit("甲市", "jia", kind).id
    bureaus = [registry.create_unit(f"局{n}", f"jia-{n}", kind, city).id for n in range(20)]
    below = [
        registry.create_unit(f"所{n}-{m}", f"jia-{n}-{m}", kind, bureau).id
        for n, bureau in enumerate(bureaus)
        for m in range(10)
    ]
    return bureaus, [*bureaus, *below]


def _case(
    chance: random.Random,
    place: int,
    campaign: UUID,
    units: list[UUID],
    owners: list[UUID],
    themes: list[UUID],
) -> dict[str, Any]:
    opened = now() - timedelta(minutes=chance.randint(1_000, 500_000))
    state = chance.choices([*_STATES], [*_STATES.values()])[0]
    closed = state is CaseState.CLOSED
    return {
        "id": uuid4(),
        "number": f"2026-{place:06d}",
        "campaign_id": campaign,
        "unit_id": chance.choice(units),
        "owner_id": chance.choice(owners),
        "theme_id": chance.choice(themes),
        "source": chance.choice(list(CaseSource)).value,
        "title": f"服务窗口无故空岗 {place}",
        "case_class": chance.choice((CaseClass.AT_ONCE, CaseClass.BY_DATE)).value,
        "state": state.value,
        "opened_at": opened,
        "due_at": opened + timedelta(days=chance.randint(3, 400)),
        "defence_until": opened + timedelta(days=7),
        "closed_at": now() if closed else None,
        "reply_sha256": "0" * 64 if closed else None,
        "raiser_reply_sha256": "0" * 64 if closed else None,
        "revision": 1,
    }


def _record(
    chance: random.Random, campaign: UUID, units: list[UUID], inspector: UUID
) -> dict[str, Any]:
    states = (RecordState.COMPLETE, RecordState.ACCEPTED, RecordState.RETURNED)
    return {
        "id": uuid4(),
        "inspector_id": inspector,
        "campaign_id": campaign,
        "unit_id": chance.choice(units),
        "checklist_version_id": campaign,
        "site_id": None,
        "assignment_id": None,
        "day": now().date(),
        "outcome": "done",
        "state": chance.choices(states, (20, 75, 5))[0].value,
        "newest_sha256": uuid4().hex * 2,
        "decided_sha256": None,
        "points": chance.randint(40, 100),
        "quarantined": False,
        "received_at": now() - timedelta(minutes=chance.randint(1, 500_000)),
        "revision": 1,
    }
