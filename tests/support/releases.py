"""Databases of earlier releases as SQL text: written when a release is made, restored by tests."""

import sqlite3
import subprocess
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import URL, Engine, make_url

from anfang.kit.db import Base
from support.house import ROOT, import_everything
from support.postgres import find_binaries

FOLDER = ROOT / "tests" / "upgrade" / "databases"
"""One folder a release, named by its version, with a file a kind of database."""


def versions() -> list[str]:
    """The releases whose databases are kept, the oldest first."""
    return sorted(
        (path.name for path in FOLDER.glob("*.*.*")),
        key=lambda version: [int(part) for part in version.split(".")],
    )


def file_of(version: str, kind: str) -> Path:
    """Where a release's database lies; kind is `sqlite` or `postgresql`."""
    return FOLDER / version / f"{kind}.sql"


def dump(engine: Engine, path: Path) -> None:
    """Write a whole database, schema and rows, as SQL that its own kind reads."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if engine.dialect.name == "sqlite":
        with sqlite3.connect(str(engine.url.database)) as connection:
            path.write_text("\n".join(connection.iterdump()) + "\n", encoding="utf-8")
    else:
        path.write_text(_postgresql(engine.url, "pg_dump", "--inserts", "--no-owner"))


def restore(url: str, path: Path) -> None:
    """Fill an empty database from such a text."""
    target = make_url(url)
    if target.get_backend_name() == "sqlite":
        with sqlite3.connect(str(target.database)) as connection:
            connection.executescript(path.read_text(encoding="utf-8"))
    else:
        _postgresql(target, "psql", "--quiet", "--set=ON_ERROR_STOP=1", f"--file={path}")


def differences(engine: Engine) -> list[object]:
    """What a database's schema and the models do not have in common."""
    import_everything()
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        return compare_metadata(context, Base.metadata)


def _postgresql(url: URL, program: str, *options: str) -> str:
    binaries = find_binaries()
    assert binaries is not None
    address = f"postgresql://{url.username}@{url.host}:{url.port}/{url.database}"
    command = [str(binaries / program), *options, f"--dbname={address}"]
    made = subprocess.run(command, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    return made.stdout
