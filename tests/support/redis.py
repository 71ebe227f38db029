"""A throwaway Redis on a port of its own, without persistence."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as RedisUnreachable

from support.postgres import free_port

_START_SECONDS = 10


@contextmanager
def running_redis(program: str) -> Iterator[str]:
    """Start a server, yield its URL, stop it at the end."""
    port = free_port()
    server = subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
        stdout=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )
    try:
        _wait_until_ready(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait_until_ready(port: int) -> None:
    client = Redis(port=port)
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            client.ping()
            return
        except RedisUnreachable:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """URL of a Redis server for the whole run."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed (make test installs it)")
    with running_redis(program) as url:
        yield url
