"""Whether the database has the tables of this version, asked without loading the migrations."""

from pathlib import Path
from typing import Final

import sqlalchemy as sa

from anfang.kit.errors import SchemaOutdated

MIGRATIONS: Final = Path(__file__).resolve().parents[3] / "migrations"
_VERSIONS: Final = sa.table("alembic_version", sa.column("version_num"))


def newest() -> str:
    """Return the newest migration: files are named by their number, which is their revision."""
    return max(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def require_newest(engine: sa.Engine) -> None:
    """Raise SchemaOutdated unless the database has every migration and no more."""
    if not sa.inspect(engine).has_table(_VERSIONS.name):
        raise SchemaOutdated
    with engine.connect() as connection:
        if connection.scalars(sa.select(_VERSIONS)).all() != [newest()]:
            raise SchemaOutdated
