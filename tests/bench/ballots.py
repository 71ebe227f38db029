"""Cast ballots one after the other through the raters' page, against bare durable writes.

The raw limit writes the same rows in the same three transactions with `sqlite3` alone, as durably
(WAL, synchronous FULL, two files). Then the box is sealed, opened before three witnesses and
counted again. The paper asks of 21 units in five things, as the source document does.
"""

import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient

from anfang.app import create_app
from anfang.ballots import box as store
from anfang.ballots import queries, service
from anfang.installation import prepare
from anfang.kit.db import transaction
from factories import ballots, rulebooks, setup
from support.server import accounts_of, close, settings_of

SIZE = 10_000
UNITS = 21
HOUR = 3600


def run(size: int | None) -> dict[str, object]:
    """Measure with `size` ballots (10,000 by default)."""
    with tempfile.TemporaryDirectory(prefix="anfang-bench-") as name:
        folder = Path(name)
        app = create_app(settings_of(folder))
        with app.app_context():
            prepare(app)
            box, codes = _slips(app, size or SIZE)
            fields = ballots.marks(box.told(), "mostly")
            client = app.test_client()
            cast = [(code, f"10.0.{at >> 8}.{at & 255}") for at, code in enumerate(codes)]
            casting = _timed(lambda: [_cast(client, *one, fields) for one in cast])
            sealing = _timed(box.sealed)
            opening = _timed(box.opened)
            recounting = _timed(lambda: box.lead.get(f"{box.path}/recount"))
            sealed = store.sealed_ballots(_id(box))[0].sealed
        close(app)
        raw = _raw(folder / "raw", len(codes), sealed)
    return {
        "ballots": len(codes),
        "marks_a_ballot": len(fields),
        "cast_per_second": round(len(codes) / casting, 1),
        "cast_per_hour": round(len(codes) / casting * HOUR),
        "minutes_for_all": round(casting / 60, 2),
        "raw_per_second": round(len(codes) / raw, 1),
        "times_slower_than_raw": round(casting / raw, 1),
        "bytes_a_sealed_ballot": len(sealed),
        "seal_seconds": round(sealing, 1),
        "open_seconds": round(opening, 1),
        "recount_seconds": round(recounting, 1),
    }


def _slips(app: Flask, size: int) -> tuple[ballots.Box, list[str]]:
    """Open a box for 21 units, and make slips without printing them."""
    office = accounts_of(app)
    campaign = rulebooks.loaded(office, "s4-minzhu-pingyi", ends_on="2099-12-31")
    city = campaign.tree.city
    units = [_bureau(campaign, city, number) for number in range(UNITS)]
    rulebooks.assign(campaign.lead, campaign.id, bureau=[city], construction=units)
    today = queries.today().isoformat()
    box = ballots.open_box(office, campaign, day=today)
    codes: list[str] = []
    while len(codes) < size:
        with transaction():
            found = queries.box(_id(box))
            made = service.issue(found, "assessors", min(service.MOST_SLIPS, size - len(codes)))
        codes += [code for _, code in made]
    return box, codes


def _bureau(campaign: setup.Campaign, city: str, number: int) -> str:
    body = {
        "name": f"第{number}县区建设局",
        "code": f"jia-js-{number}",
        "category": "government_functional",
    }
    answer = campaign.lead.post("/units", {**body, "parent_id": city})
    return str(setup.created(answer)["id"])


def _cast(client: FlaskClient, code: str, address: str, fields: dict[str, str]) -> None:
    # Every phone has its own address: calls are counted by it.
    caller = {"REMOTE_ADDR": address}
    answer = client.post("/p/ballots/", data={"code": code, **fields}, environ_base=caller)
    assert answer.status_code == 303, answer.get_data(as_text=True)


def _raw(folder: Path, count: int, sealed: str) -> float:
    """Write the rows of `count` ballots as durably as they can be."""
    folder.mkdir()
    slips, box = (_bare(folder / name) for name in ("slips", "box"))
    slips.execute("CREATE TABLE slips (id INTEGER PRIMARY KEY, state TEXT)")
    box.execute("CREATE TABLE ballots (id TEXT PRIMARY KEY, sealed TEXT) WITHOUT ROWID")
    slips.executemany("INSERT INTO slips VALUES (?, 'issued')", ((one,) for one in range(count)))

    def write() -> None:
        for one in range(count):
            slips.execute("UPDATE slips SET state = 'casting' WHERE id = ?", (one,))
            box.execute("INSERT INTO ballots VALUES (hex(randomblob(16)), ?)", (sealed,))
            slips.execute("UPDATE slips SET state = 'used' WHERE id = ?", (one,))

    seconds = _timed(write)
    slips.close()
    box.close()
    return seconds


def _bare(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _id(box: ballots.Box) -> UUID:
    return UUID(box.id)
