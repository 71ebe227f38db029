"""The power fails while independent phones deliver: what was acknowledged was on the disk.

Kills leave written bytes in the system's memory, which writes them later. Here they are lost: the
file system stops without its last writes, as when the plug is pulled, and is mounted anew.
ANFANG_FAULT_CUTS says how often (2).
"""

import os
import random
import tempfile
import time
from pathlib import Path

import pytest

from support.deliveries import delivering
from support.disk import mounted_disk
from support.faulty_site import Postgres, Site
from support.postgres import find_binaries

pytestmark = pytest.mark.slow

CUTS = int(os.environ.get("ANFANG_FAULT_CUTS", "2"))


@pytest.fixture
def disk():
    # Not below pytest's folder: PostgreSQL's own user must reach it.
    with tempfile.TemporaryDirectory(prefix="anfang-disk-") as name:
        Path(name).chmod(0o755)
        with mounted_disk(Path(name)) as mounted:
            yield mounted


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request, disk):
    postgres = None
    if request.param == "postgresql":
        if find_binaries() is None:
            pytest.skip("PostgreSQL is not installed (make test installs it)")
        postgres = Postgres(disk.folder / "postgresql")
        postgres.start()
    made = Site(disk.folder, postgres)
    try:
        made.put_demonstration()
        made.start()
        yield made
    finally:
        stop_everything(made)


def stop_everything(site):
    if site.process is not None and site.process.poll() is None:
        site.kill_everything()
    if site.postgres is not None:
        site.postgres.kill()


def test_what_was_acknowledged_was_on_the_disk(site, disk):
    with delivering(site):
        for _ in range(CUTS):
            time.sleep(random.uniform(2, 5))
            disk.cut_power()
            stop_everything(site)
            disk.mount_again()
            if site.postgres is not None:
                site.postgres.start()
            site.start()
        time.sleep(2)
