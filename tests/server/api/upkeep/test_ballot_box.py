"""A backup holds the ballot box, a database of its own, and a restore puts it back."""

import json
import sqlite3
from contextlib import closing

import pytest

from anfang.kit import sealing
from anfang.kit.db import BALLOTS, db
from factories import ballots, rulebooks


@pytest.fixture
def sealed_box(office, monkeypatch):
    monkeypatch.setattr(sealing, "COST", sealing.Cost(passes=1, memory_kib=64, lanes=1))
    campaign = rulebooks.loaded(office, "s4-minzhu-pingyi", ends_on="2099-12-31")
    box = ballots.open_box(office, ballots.judged(office, campaign), day=ballots.today())
    for code in ballots.slips(box, 3):
        ballots.cast(box, code)
    box.sealed()
    return box


def rows(path):
    with closing(sqlite3.connect(path)) as box:
        return box.execute("SELECT * FROM ballots ORDER BY id").fetchall()


def test_the_box_is_in_the_backup_and_comes_back(sealed_box, anfang, settings, tmp_path):
    assert anfang("backup", tmp_path / "b").exit_code == 0
    (snapshot,) = tmp_path.glob("b/*/ballot-box.sqlite3")
    assert snapshot.stat().st_mode & 0o077 == 0
    done = anfang("restore", tmp_path / "b", "--into", tmp_path / "new", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["sound"]
    before = rows(settings.data / "ballot-box.sqlite3")
    assert len(before) == 3
    assert rows(tmp_path / "new/ballot-box.sqlite3") == before


def test_a_box_that_was_touched_in_the_backup_is_not_restored(sealed_box, anfang, tmp_path):
    assert anfang("backup", tmp_path / "b").exit_code == 0
    (snapshot,) = tmp_path.glob("b/*/ballot-box.sqlite3")
    with closing(sqlite3.connect(snapshot)) as box:
        box.execute("DELETE FROM ballots WHERE id = (SELECT min(id) FROM ballots)")
        box.commit()
    done = anfang("restore", tmp_path / "b", "--into", tmp_path / "new")
    assert done.exception.code == "backup-damaged"
    assert not any((tmp_path / "new").iterdir())


def test_a_box_that_is_gone_or_damaged_is_told_of(sealed_box, app, examined, settings):
    file = settings.data / "ballot-box.sqlite3"
    assert app.test_client().get("/readyz").json == {"status": "ok"}
    assert not {"ballot-box-missing", "ballot-box-damaged"} & examined()[1].keys()
    db.engines[BALLOTS].dispose()
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    code, findings = examined()
    assert (code, "ballot-box-damaged" in findings) == (1, True)
    db.engines[BALLOTS].dispose()
    file.unlink()
    assert examined()[1]["ballot-box-missing"]["where"].endswith(file.name)
    assert not file.exists()
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"status": "ballot-box-missing"})
