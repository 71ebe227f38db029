"""Migrations make exactly the models' tables, and can be taken back, on both databases."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect

from anfang.kit.db import Base
from anfang.kit.schema import MIGRATIONS, downgrade, is_current, upgrade
from support.house import import_everything


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


def _differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        return compare_metadata(context, Base.metadata)


def test_migrations_match_the_models(engine):
    import_everything()
    upgrade(engine)
    assert is_current(engine)
    assert not _differences(engine)


def test_migrations_can_be_taken_back_and_made_again(engine):
    upgrade(engine)
    downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    upgrade(engine)
    assert is_current(engine)


def test_there_is_one_line_of_migrations():
    assert len(ScriptDirectory(str(MIGRATIONS)).get_heads()) == 1


def test_migrations_are_numbered_in_order():
    names = sorted(path.name for path in (MIGRATIONS / "versions").glob("*.py"))
    assert [name.split("_")[0] for name in names] == [f"{i:04d}" for i in range(1, len(names) + 1)]
