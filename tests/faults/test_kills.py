"""kill -9 at random instants while independent phones deliver: what was acknowledged is there.

ANFANG_FAULT_KILLS says how often (3), ANFANG_FAULT_UPLOADS how many photos must have come in
the meantime (0); ANFANG_FAULT_SEED repeats a run.
"""

import os
import random
import shutil
import tempfile
import time
from pathlib import Path

import pytest

from support.deliveries import delivering
from support.faulty_site import Postgres, Redis, Site
from support.postgres import find_binaries

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("ANFANG_FAULT_KILLS", "3"))
UPLOADS = int(os.environ.get("ANFANG_FAULT_UPLOADS", "0"))
SEED = int(os.environ.get("ANFANG_FAULT_SEED", str(random.SystemRandom().randrange(10**6))))


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request, tmp_path):
    postgres = redis = None
    if request.param == "postgresql":
        if find_binaries() is None or shutil.which("redis-server") is None:
            pytest.skip("PostgreSQL and Redis are not installed (make test installs them)")
        # Not below tmp_path: PostgreSQL's own user must reach it.
        shared = Path(tempfile.mkdtemp(prefix="anfang-postgres-"))
        shared.chmod(0o755)
        postgres, redis = Postgres(shared / "server"), Redis(tmp_path / "redis")
        postgres.start()
        redis.start()
    made = Site(tmp_path, postgres, redis)
    try:
        made.put_demonstration()
        made.start()
        yield made
    finally:
        if made.process is not None and made.process.poll() is None:
            made.kill_everything()
        if postgres is not None:
            postgres.kill()
            shutil.rmtree(shared)
        if redis is not None:
            redis.kill()


def strike(site: Site, chance: random.Random) -> str:
    """Kill something, and start again what nothing else would start."""
    blows = ["web", "worker", "everything"]
    blows += ["postgresql", "redis"] if site.postgres else []
    blow = chance.choice(blows)
    if blow == "web":
        site.kill_web_worker()
    elif blow == "worker":
        site.kill_worker()
    elif blow == "everything":
        site.kill_everything()
        site.start()
    elif blow == "postgresql":
        site.postgres.kill()
        site.postgres.start()
    else:
        site.redis.kill()
        site.redis.start()
    return blow


def test_what_was_acknowledged_survives_every_kill(site):
    chance = random.Random(SEED)
    blows = []
    with delivering(site) as done:
        while len(blows) < KILLS or photos_of(done) < UPLOADS:
            time.sleep(chance.uniform(0.3, 2.0))
            blows.append(strike(site, chance))
            # Shown by `pytest -s`, and where the test fails.
            print(f"seed {SEED}, blow {len(blows)}: {blows[-1]}; {photos_of(done)} delivered")  # noqa: T201
        time.sleep(1)


def photos_of(done):
    return sum(len(one.photos) for one in done)
