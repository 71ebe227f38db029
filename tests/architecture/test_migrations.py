"""Migrations make exactly the models' tables, and can be taken back, on both databases."""

import ast

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from anfang.kit.schema import MIGRATIONS, downgrade, is_current, upgrade
from support.releases import differences


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


def test_migrations_match_the_models(engine):
    upgrade(engine)
    assert is_current(engine)
    assert not differences(engine)


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


def _contracting(source: str) -> set[str]:
    """What an upgrade takes away from the version that still runs beside it."""
    (upgrading,) = (
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and node.name == "upgrade"
    )
    calls = [node for node in ast.walk(upgrading) if isinstance(node, ast.Call)]
    found = {call.func.attr for call in calls if isinstance(call.func, ast.Attribute)}
    renamed = {word.arg for call in calls for word in call.keywords} & {"new_column_name"}
    return found & {"drop_column", "drop_table", "rename_table"} | renamed


def test_an_upgrade_only_adds_unless_it_names_the_release_that_stopped_using_it():
    """Expand, then contract (docs/operations.md, Upgrade)."""
    for path in sorted((MIGRATIONS / "versions").glob("*.py"))[1:]:
        source = path.read_text(encoding="utf-8")
        assert not _contracting(source) or "\nUNUSED_SINCE = " in source, path.name


@pytest.mark.parametrize(
    ("step", "found"),
    [
        ("op.add_column('a', sa.Column('b', sa.Text(), nullable=True))", set()),
        ("op.drop_column('a', 'b')", {"drop_column"}),
        ("with op.batch_alter_table('a') as t: t.drop_column('b')", {"drop_column"}),
        ("op.alter_column('a', 'b', new_column_name='c')", {"new_column_name"}),
    ],
)
def test_what_an_upgrade_takes_away_is_seen(step, found):
    assert _contracting(f"def upgrade():\n    {step}\n") == found
