"""A database of every earlier release becomes one of this version, with all that it held.

`tools/release_database.py` writes such a database when a release is made.
"""

import re
import tomllib
from dataclasses import replace

import pytest
from sqlalchemy import create_engine, inspect, text

from anfang.app import create_app
from anfang.kit.db import db
from anfang.kit.schema import is_current, upgrade
from factories import setup
from support import releases
from support.house import ROOT
from support.server import accounts_of, close, settings_of

KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)]


@pytest.fixture(params=KINDS)
def kind(request):
    return request.param


@pytest.fixture
def empty(kind, request, tmp_path):
    """Give addresses of empty databases."""

    def make(name):
        if kind == "sqlite":
            return f"sqlite:///{tmp_path}/{name}.sqlite3"
        return request.getfixturevalue("postgres").create_database()

    return make


@pytest.fixture(params=["present", *releases.versions()])
def earlier(request, kind, empty, tmp_path):
    """A database as a release left it; `present` is what today's version would leave."""
    if request.param != "present":
        return releases.file_of(request.param, kind)
    path = tmp_path / "present.sql"
    settings = settings_of(tmp_path / "data")
    app = create_app(replace(settings, database_url=empty("present")))
    with app.app_context():
        upgrade(db.engine)
        (settings.data / "keys").mkdir(parents=True)
        setup.running_campaign(accounts_of(app))
        releases.dump(db.engine, path)
    close(app)
    return path


def rows_of(engine):
    with engine.connect() as connection:
        return {
            name: connection.scalar(text(f'SELECT count(*) FROM "{name}"'))
            for name in inspect(engine).get_table_names()
            if name != "alembic_version"
        }


def test_it_is_migrated_and_nothing_is_lost(earlier, empty):
    url = empty("restored")
    releases.restore(url, earlier)
    engine = create_engine(url)
    try:
        before = rows_of(engine)
        assert sum(before.values()) > 10, "an empty database proves nothing"
        upgrade(engine)
        assert is_current(engine)
        assert not releases.differences(engine), "a released migration was changed"
        after = rows_of(engine)
        assert {name: after.get(name) for name in before} == before
    finally:
        engine.dispose()


def test_every_release_left_its_database():
    """A version that the changelog calls released is there to be upgraded from."""
    present = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    released = set(re.findall(r"^## \[?(\d+\.\d+\.\d+)\]?", changelog, re.MULTILINE))
    assert released - {present} <= set(releases.versions())
