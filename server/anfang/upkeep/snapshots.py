"""Snapshots of the database, taken while it is used, and put back: SQLite's own backup, pg_dump."""

import os
import sqlite3
import subprocess
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Engine, inspect

from anfang.upkeep.errors import ToolMissing

SQLITE: Final = "sqlite"
POSTGRESQL: Final = "postgresql"
_SUFFIXES: Final = {SQLITE: "sqlite3", POSTGRESQL: "pgdump"}


def kind_of(engine: Engine) -> str:
    """Return `sqlite` or `postgresql`."""
    return str(engine.dialect.name)


def file_name(name: str, engine: Engine) -> str:
    """Return what the snapshot of a database is called: `database` or `ballot-box`, by its kind."""
    return f"{name}.{_SUFFIXES[kind_of(engine)]}"


def take(engine: Engine, path: Path) -> None:
    """Write a snapshot of one moment; writers are not held up.

    Raises:
        ToolMissing: `pg_dump` is not there or refused.
    """
    if kind_of(engine) == SQLITE:
        _take_sqlite(Path(str(engine.url.database)), path)
    else:
        _run(engine.url, "pg_dump", "--format=custom", "--no-owner", f"--file={path}")


def put_back(engine: Engine, kind: str, path: Path) -> None:
    """Fill an empty database from a snapshot of its kind.

    Raises:
        ToolMissing: `pg_restore` is not there or refused.
    """
    if kind == SQLITE:
        _take_sqlite(path, Path(str(engine.url.database)))
    else:
        name = str(engine.url.database)
        _run(
            engine.url, "pg_restore", "--exit-on-error", "--no-owner", f"--dbname={name}", str(path)
        )


def is_empty(engine: Engine) -> bool:
    """Whether a database holds no table; asking does not bring SQLite's file into being."""
    if kind_of(engine) == SQLITE and not Path(str(engine.url.database)).exists():
        return True
    return not inspect(engine).get_table_names()


def _take_sqlite(source: Path, target: Path) -> None:
    """Copy in one reading transaction; the copy is one file, without a log beside it."""
    reading = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
    writing = sqlite3.connect(target)
    try:
        reading.backup(writing, pages=-1)
        writing.execute("PRAGMA journal_mode=DELETE")
    finally:
        writing.close()
        reading.close()
    target.chmod(0o600)


def _run(url: URL, program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL; the password travels in the environment, not in the list."""
    environment = {
        "PGHOST": url.host,
        "PGPORT": str(url.port) if url.port else None,
        "PGUSER": url.username,
        "PGPASSWORD": str(url.password) if url.password else None,
        "PGDATABASE": url.database,
    }
    given = {name: value for name, value in environment.items() if value}
    try:
        subprocess.run(  # noqa: S603 -- PostgreSQL's own program
            [program, *arguments],
            env={**os.environ, **given},
            check=True,
            capture_output=True,
            text=True,
        )
    except FileNotFoundError as error:
        raise ToolMissing(tool=program, reason="not installed") from error
    except subprocess.CalledProcessError as error:
        raise ToolMissing(tool=program, reason=error.stderr.strip().split("\n")[0]) from error
