"""A database that others hold for long: the caller is told to come again, nothing is half-done."""

import fcntl
import sqlite3
from concurrent.futures import ThreadPoolExecutor

from anfang.kit import db as database
from anfang.kit.db import db, transaction
from anfang.kit.principal import Role


def test_a_database_that_others_hold_is_busy_and_no_fault(app, settings, office):
    lead = office(Role.LEAD)
    db.session.remove()
    with db.engine.connect() as connection:  # the one that the next call takes from the pool
        connection.exec_driver_sql("PRAGMA busy_timeout=50")
    holder = sqlite3.connect(settings.data / "anfang.sqlite3", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    refused = lead.post("/inspectors", {"alias": "甲"})
    holder.close()
    assert (refused.status_code, refused.json["code"]) == (503, "busy")
    assert refused.headers["Retry-After"] == "2"
    assert lead.post("/inspectors", {"alias": "甲"}).status_code == 201


def test_writers_queue_for_a_turn_before_they_ask_for_the_database(settings, office, monkeypatch):
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0.05)
    lead = office(Role.LEAD)
    with (settings.data / "anfang.sqlite3-turn").open() as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        refused = lead.post("/inspectors", {"alias": "甲"})
        assert lead.get("/inspectors").status_code == 200, "who only reads waits for nobody"
    assert (refused.status_code, refused.json["code"]) == (503, "busy")
    assert lead.post("/inspectors", {"alias": "甲"}).status_code == 201


def test_a_turn_is_given_back_also_by_transactions_within_one(app, settings):
    with transaction():
        db.session.execute(db.text("SELECT 1"))
        for _ in range(2):
            with transaction():
                db.session.execute(db.text("SELECT 1"))
    with (settings.data / "anfang.sqlite3-turn").open() as turn:
        fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_without_a_place_for_turns_writing_goes_on(settings, office):
    lead = office(Role.LEAD)
    turn = settings.data / "anfang.sqlite3-turn"
    turn.unlink()
    turn.mkdir()
    assert lead.post("/inspectors", {"alias": "甲"}).status_code == 201


def test_many_writers_at_once_are_all_served(office):
    lead = office(Role.LEAD)

    def write(place: int) -> int:
        return lead.signed_in_again().post("/inspectors", {"alias": f"甲{place}"}).status_code

    with ThreadPoolExecutor(16) as several:
        assert set(several.map(write, range(48))) == {201}
