"""A build that is killed outright, by a real SIGKILL, in the middle of writing."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from anfang.identity import queries as identity
from anfang.jobs import service as jobs
from anfang.kit.db import transaction
from anfang.packs.verify import verify_pack
from factories import packs, setup

SECONDS = 60
# Storage that stops in the middle of the second picture, as a slow disk would, and says so.
STALLING = """
import sys, time
from pathlib import Path
from anfang.storage import service as storage

whole, asked = storage.stream, []

def stalling(key):
    if not key.startswith("originals/"):
        return whole(key)
    asked.append(key)
    return whole(key) if len(asked) < 2 else half(key)

def half(key):
    first = next(iter(whole(key)))
    yield first[: len(first) // 2]
    Path(sys.argv[1]).touch()
    time.sleep(600)

storage.stream = stalling
"""
WORKER = """
from uuid import UUID
from anfang.cli.application import installation
from anfang.packs import building
building._BATCH = 1  # the first picture is on the disk when the second one stalls
with installation():
    building.build_requested(UUID(sys.argv[2]))
"""
COMMAND = """
from anfang.cli import cli
from anfang.packs import building
building._BATCH = 1
cli(sys.argv[2:])
"""


@pytest.fixture
def killed(settings, tmp_path):
    """Run a script over stalling storage and kill it where it stalls; inside, it is at its work."""

    @contextmanager
    def run(script, *arguments):
        stalled = tmp_path / "stalled"
        process = subprocess.Popen(
            [sys.executable, "-c", STALLING + script, stalled, *map(str, arguments)],
            env={**os.environ, "ANFANG_DATA": str(settings.data)},
        )
        try:
            until = time.monotonic() + SECONDS
            while not stalled.exists():
                assert process.poll() is None, "it ended before it could be killed"
                assert time.monotonic() < until
                time.sleep(0.02)
            yield
        finally:
            process.send_signal(signal.SIGKILL)
            assert process.wait() == -signal.SIGKILL

    return run


def stored_packs(app):
    folder = Path(app.config["STORAGE_URL"].removeprefix("file://"))
    return [path for path in (folder / "packs").rglob("*") if path.is_file()]


def test_a_killed_worker_offers_nothing_and_the_next_one_starts_over(sealed, app, killed, tmp_path):
    ordered = setup.created(
        sealed.lead.post("/packs", {"profile": "full", "records": [sealed.record.id]})
    )
    path = f"/packs/{ordered['id']}"
    with killed(WORKER, ordered["id"]):
        pass
    (leftover,) = app.config["SPOOL"].glob("pack-*")
    assert leftover.stat().st_size > 0
    assert setup.created(sealed.lead.get(path))["state"] == "building"
    refused = sealed.lead.get(f"{path}/file")
    assert (refused.status_code, refused.json["code"]) == (409, "pack-not-ready")
    assert stored_packs(app) == []
    jobs.run_pending()
    pack = setup.created(sealed.lead.get(path))
    assert pack["state"] == "ready"
    assert not leftover.exists()
    with transaction(write=False):
        (key,) = identity.office_keys()
    file = packs.downloaded(sealed.lead, pack, tmp_path)
    assert verify_pack(file, office_key=key.kid).exit_code == 0
    again = packs.ordered(sealed.lead, "full", records=[sealed.record.id])
    assert again["sha256"] == pack["sha256"]


def test_a_killed_command_leaves_no_pack_and_the_next_one_starts_over(
    sealed, settings, killed, tmp_path
):
    folder = tmp_path / "out"
    folder.mkdir()
    output = folder / "a.zip"
    words = ["pack", "build", "--profile", "full", "--record", sealed.record.id, "--output", output]
    command = [sys.executable, "-m", "anfang.cli", *map(str, words)]
    environment = {**os.environ, "ANFANG_DATA": str(settings.data)}
    with killed(COMMAND, *words):
        (unfinished,) = folder.iterdir()
        assert (unfinished.name, unfinished.stat().st_size > 0) == (".a.zip.part", True)
        beside = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False
        )
        assert (beside.returncode, "being built" in beside.stderr) == (1, True)
    assert list(folder.iterdir()) == [unfinished]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    assert list(folder.iterdir()) == [output]
    with transaction(write=False):
        (key,) = identity.office_keys()
    assert verify_pack(output, office_key=key.kid).exit_code == 0
