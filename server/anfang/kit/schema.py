"""The database's schema: Alembic migrations, the same on SQLite and PostgreSQL."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from anfang.kit.schema_version import MIGRATIONS


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database to a revision; a database already there is left alone."""
    command.upgrade(_config(engine), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the database back to a revision (tests and emergencies)."""
    command.downgrade(_config(engine), revision)


def is_current(engine: Engine) -> bool:
    """Tell whether the database has every migration."""
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_heads()
    return set(present) == set(ScriptDirectory.from_config(_config(engine)).get_heads())


def _config(engine: Engine) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["engine"] = engine
    return config
