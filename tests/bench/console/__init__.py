"""Every list, filter, map and chart of the console that grows with records, beside its bare SQL.

Each call goes through the whole application as a signed-in lead's or liaison's would. Its slowest
statement (of the map and the charts: all) is then run again by itself through the database's own
driver, in the same run, on the same data. Goal: p95 no more than twice the statement's plus 20 ms.
"""

import os
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import click
from flask import Flask
from flask.testing import FlaskClient

from anfang.app import create_app
from anfang.installation import prepare
from anfang.kit.clock import now
from anfang.kit.config import load_settings
from anfang.kit.db import db
from anfang.kit.memory import lasting
from bench.console.calls import DESK, FIGURES, LISTS, measure
from bench.console.filling import DESK as DESK_NAME
from bench.console.filling import LEAD as LEAD_NAME
from bench.console.filling import PASSWORD, fill
from support.postgres import find_binaries, running_postgres

__all__ = ["OPTIONS", "PASSWORD", "fill", "run"]

SIZE: Final = 100_000
ROUNDS: Final = 20
DATABASES: Final = ("sqlite", "postgresql")

OPTIONS: Final = [
    click.Option(["--database"], type=click.Choice(DATABASES), help="Only this one."),
    click.Option(["--rounds"], type=click.IntRange(5), default=ROUNDS, show_default=True),
]


def run(size: int | None, database: str | None = None, rounds: int = ROUNDS) -> dict[str, object]:
    """Measure with `size` cases and as many records (100,000), on SQLite and PostgreSQL."""
    count = size or SIZE
    found: dict[str, object] = {"records": count, "load_before": round(os.getloadavg()[0], 1)}
    for one in [database] if database else DATABASES:
        found[one] = _on_sqlite(count, rounds) if one == "sqlite" else _on_postgres(count, rounds)
    return found | {"load_after": round(os.getloadavg()[0], 1)}


def _on_sqlite(count: int, rounds: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="anfang-bench-") as folder:
        return _measured(Path(folder), None, count, rounds)


def _on_postgres(count: int, rounds: int) -> dict[str, Any] | str:
    binaries = find_binaries()
    if binaries is None:
        return "not installed"
    with running_postgres(binaries) as server, tempfile.TemporaryDirectory() as folder:
        return _measured(Path(folder), server.create_database(), count, rounds)


def _measured(folder: Path, database: str | None, count: int, rounds: int) -> dict[str, Any]:
    app = _application(folder, database)
    with app.app_context():
        started = time.perf_counter()
        names = fill(count) | {"month_ago": str((now() - timedelta(days=30)).date())}
        filled = time.perf_counter() - started
        # As the served application does; else one call in some fifty waits 200 ms while the
        # collector goes through the whole program.
        lasting()
        lead, desk = _signed_in(app, LEAD_NAME), _signed_in(app, DESK_NAME)
        rows = {
            name: measure(client, path.format(**names), rounds, whole=calls is FIGURES)
            for client, calls in ((lead, LISTS), (lead, FIGURES), (desk, DESK))
            for name, path in calls.items()
        }
        db.session.remove()
        db.engine.dispose()
    return {
        "filled_s": round(filled, 1),
        "calls": rows,
        "slowest_p95_ms": max(row["p95_ms"] for row in rows.values()),
        "missed": [name for name, row in rows.items() if not row["within_goal"]],
    }


def _application(folder: Path, database: str | None) -> Flask:
    for name in [one for one in os.environ if one.startswith("ANFANG_") and one != "ANFANG_PWA"]:
        os.environ.pop(name)
    os.environ["ANFANG_DATA"] = str(folder)
    if database is not None:
        os.environ["ANFANG_DATABASE_URL"] = database
    app = create_app(load_settings())
    with app.app_context():
        prepare(app)
    return app


def _signed_in(app: Flask, username: str) -> FlaskClient:
    client = app.test_client()
    answer = client.post("/api/v1/session", json={"username": username, "password": PASSWORD})
    assert answer.status_code == 200, answer.json
    return client
