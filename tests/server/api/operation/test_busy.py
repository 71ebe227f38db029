"""A database that others hold for long: the caller is told to come again, nothing is half-done."""

import sqlite3

from anfang.kit.db import db
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
