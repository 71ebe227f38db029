"""Migrations make exactly the models' tables, and can be taken back, on both databases."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect

from anfang.kit.db import Base
from support.house import ROOT, import_everything


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/migrated.sqlite3"
    return request.getfixturevalue("postgres_url")


@pytest.fixture
def engine(url):
    engine = create_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def config(url, monkeypatch, tmp_path):
    monkeypatch.setenv("ANFANG_DATABASE_URL", url)
    monkeypatch.setenv("ANFANG_DATA", str(tmp_path))
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", url)
    return config


def _differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        return compare_metadata(context, Base.metadata)


def test_migrations_match_the_models(config, engine):
    import_everything()
    command.upgrade(config, "head")
    assert not _differences(engine)


def test_migrations_can_be_taken_back_and_made_again(config, engine):
    command.upgrade(config, "head")
    command.downgrade(config, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    command.upgrade(config, "head")


def test_there_is_one_line_of_migrations():
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def test_migrations_are_numbered_in_order():
    names = sorted(path.name for path in (ROOT / "migrations" / "versions").glob("*.py"))
    assert [name.split("_")[0] for name in names] == [f"{i:04d}" for i in range(1, len(names) + 1)]
