"""The database itself: reachable, of this version, undamaged."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from anfang.ballots import queries as ballots
from anfang.kit.schema import is_current
from anfang.upkeep.findings import Finding


def is_there(engine: Engine) -> bool:
    """Whether there is a database to examine: opening SQLite's would make an empty one."""
    url = engine.url
    return url.get_backend_name() != "sqlite" or Path(str(url.database)).is_file()


def check(engine: Engine, *, deep: bool) -> Iterator[Finding]:
    """Look at the schema's version and, on SQLite, at the file's pages and references.

    Args:
        deep: compare every index with its table as well.
    """
    try:
        if not is_current(engine):
            yield Finding("schema-behind")
        if engine.dialect.name == "sqlite":
            yield from _check_sqlite(engine, deep=deep)
    except DatabaseError as error:
        yield Finding("database-unreadable", type(error.orig).__name__)


def check_ballot_box(engine: Engine, *, deep: bool) -> Iterator[Finding]:
    """Look at the ballot box, a store of its own: there, with its tables, undamaged."""
    if not is_there(engine) or not ballots.is_store_ready():
        yield Finding("ballot-box-missing", engine.url.render_as_string())
        return
    try:
        if engine.dialect.name == "sqlite":
            for line in _faults(engine, deep=deep):
                yield Finding("ballot-box-damaged", line)
    except DatabaseError as error:
        yield Finding("ballot-box-damaged", type(error.orig).__name__)


def _faults(engine: Engine, *, deep: bool) -> Iterator[str]:
    pragma = "integrity_check" if deep else "quick_check"
    with engine.connect() as connection:
        for (line,) in connection.exec_driver_sql(f"PRAGMA {pragma}"):
            if line != "ok":
                yield str(line)


def _check_sqlite(engine: Engine, *, deep: bool) -> Iterator[Finding]:
    for line in _faults(engine, deep=deep):
        yield Finding("database-damaged", line)
    with engine.connect() as connection:
        for table, *_ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield Finding("database-damaged", str(table))
