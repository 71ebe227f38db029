"""Write the demonstration's database as this version leaves it, for the tests of later versions.

Run it once when a release is made, after its version stands in pyproject.toml:
`.venv/bin/python tools/release_database.py`. Needs PostgreSQL (`make test` installs it).
"""

import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from sqlalchemy import create_engine  # noqa: E402 -- after the path

from support import releases  # noqa: E402
from support.postgres import find_binaries, running_postgres  # noqa: E402


def main() -> None:
    """Play the demonstration on both databases and dump them."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    binaries = find_binaries()
    if binaries is None:
        sys.exit("PostgreSQL is not installed")
    with running_postgres(binaries) as server, tempfile.TemporaryDirectory() as folder:
        for kind in ("sqlite", "postgresql"):
            data = Path(folder) / kind
            url = server.create_database() if kind == "postgresql" else _sqlite(data)
            _play(data, url)
            engine = create_engine(url)
            releases.dump(engine, releases.file_of(version, kind))
            engine.dispose()
            sys.stdout.write(f"{releases.file_of(version, kind)}\n")


def _sqlite(data: Path) -> str:
    return f"sqlite:///{data}/anfang.sqlite3"


def _play(data: Path, url: str) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ANFANG_")}
    environment = {**kept, "ANFANG_DATA": str(data), "ANFANG_DATABASE_URL": url}
    command = [sys.executable, "-m", "anfang.cli", "demo"]
    subprocess.run(command, env=environment, check=True)  # noqa: S603 -- our own program


if __name__ == "__main__":
    main()
