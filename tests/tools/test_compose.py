"""compose.yaml: what phones deliver through its proxy is kept, whichever container dies meanwhile.

Opt-in, for it needs a daemon and images: ANFANG_COMPOSE is the command of a composition whose image
has been built and whose volumes are empty, `docker compose -p anfang-test`; POSTGRES_PASSWORD and
ANFANG_ORIGIN stand in the environment, as compose.yaml asks.
"""

import os
import shlex
import subprocess
import time
from pathlib import Path

import pytest

from support.deliveries import check_house, check_receipts, phones_delivering
from support.e2e_server import Anfang

COMPOSE = shlex.split(os.environ.get("ANFANG_COMPOSE", ""))
ROOT = Path(__file__).resolve().parents[2]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not COMPOSE, reason="ANFANG_COMPOSE names no composition (see its head)"),
]


def compose(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*COMPOSE, *words], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )


class ComposedAnfang(Anfang):
    """An installation whose commands run in the worker's container."""

    def command(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return compose("exec", "-T", "worker", "anfang", *arguments)


@pytest.fixture
def office():
    started = compose("up", "--detach", "--no-build")
    assert started.returncode == 0, started.stderr
    made = ComposedAnfang(os.environ["ANFANG_ORIGIN"], Path("/data"), {}, {})
    try:
        made.demonstration.update(made.asked("demo"))
        yield made
    finally:
        compose("down", "--volumes")


def test_what_comes_through_the_proxy_is_kept_whichever_container_dies(office):
    with phones_delivering(office) as phones:
        for service in ("web", "worker", "redis", "postgres", "proxy", "web"):
            time.sleep(3)
            assert compose("kill", service).returncode == 0
            assert compose("up", "--detach", "--no-build", service).returncode == 0
        time.sleep(3)
    for phone, promised in phones:
        check_receipts(phone, promised)
    check_house(office)
