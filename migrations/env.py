"""Alembic's entry: runs migrations on the engine that `anfang.kit.schema` hands over."""

from alembic import context
from sqlalchemy import text

from anfang.kit.db import Base, UtcDateTime


def render_item(kind, item, _context):
    """Write our column types in SQLAlchemy's own words: a migration imports no application code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


engine = context.config.attributes["engine"]

with engine.connect() as connection:
    if connection.dialect.name == "postgresql":
        # An upgrade must not queue behind a long query and block every new one behind itself.
        connection.execute(text("SET lock_timeout = '5s'"))
        connection.commit()
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
