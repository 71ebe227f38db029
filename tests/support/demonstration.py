"""The demonstration, loaded once in a test run; every installation gets a copy of its own."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

ANFANG: Final = Path(sys.executable).with_name("anfang")
SHARED: Final = "TESTS_SHARED_FOLDER"
"""Names the folder that all processes of a test run share; `tests/conftest.py` makes it."""
_LOADING_SECONDS: Final = 240


def put_demonstration(environment: Mapping[str, str], *, anew: bool = False) -> dict[str, Any]:
    """Put the demonstration into the folder of an installation; returns what the command tells.

    Args:
        environment: the installation's, `ANFANG_DATA` among it.
        anew: load it by the command, because not everything of it is kept in that folder.
    """
    shared = os.environ.get(SHARED)
    if anew or shared is None:
        return _loaded(environment)
    return _copied(Path(shared), environment)


def _loaded(environment: Mapping[str, str]) -> dict[str, Any]:
    run = subprocess.run(
        [str(ANFANG), "demo", "--json"],
        env=dict(environment),
        check=True,
        stdout=subprocess.PIPE,
        timeout=_LOADING_SECONDS,
    )
    told: dict[str, Any] = json.loads(run.stdout)
    return told


def _copied(shared: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    folder, told = shared / "demonstration", shared / "demonstration.json"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            shutil.rmtree(folder, ignore_errors=True)
            loaded = _loaded({**environment, "ANFANG_DATA": str(folder)})
            told.write_text(json.dumps(loaded), "utf-8")
    shutil.copytree(folder, environment["ANFANG_DATA"], dirs_exist_ok=True)
    demonstration: dict[str, Any] = json.loads(told.read_text("utf-8"))
    return demonstration
