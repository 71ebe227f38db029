"""What the tests of the log share: an office with something in the log, a seal, a verdict."""

import shutil

import pytest
import time_machine
from sqlalchemy.orm import Session

from anfang import log_map
from anfang.kit.db import db, transaction
from factories import inspections, packs
from support.authority import Authority


@pytest.fixture(autouse=True)
def clock(migrated_database):
    with time_machine.travel(inspections.NOW, tick=False) as travel:
        yield travel


@pytest.fixture
def seal(app):
    return packs.seal


@pytest.fixture
def faults(app):
    """Return a function: what `anfang log verify` finds, as {(code, row)}."""

    def find(against=None):
        with transaction(write=False):
            return {(one.code, one.where) for one in log_map.verify(against)}

    return find


@pytest.fixture
def tamper(app):
    """Return a function that runs SQL behind the application's back."""

    def run(statement, **values):
        with transaction():
            done = db.session.execute(db.text(statement), values)
            assert done.rowcount, "nothing was changed"

    return run


@pytest.fixture
def found_after(app, monkeypatch):
    """Return a function: what would be found after these SQL statements, which are then undone."""

    def find(*statements):
        with db.engine.connect() as connection, connection.begin() as undone:
            connection.execute(db.text("PRAGMA defer_foreign_keys=ON"))
            for statement in statements:
                assert connection.execute(db.text(statement)).rowcount, statement
            with monkeypatch.context() as patch:
                patch.setattr(db, "session", Session(connection))
                codes = {one.code for one in log_map.verify()}
            undone.rollback()
        return codes

    return find


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl")
    return Authority(tmp_path_factory.mktemp("authority"))
