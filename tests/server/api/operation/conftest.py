"""A service over real connections, started as an office starts it."""

import http.client
import os
import subprocess
import sys

import pytest

from support.faulty_site import until
from support.postgres import free_port


@pytest.fixture
def served(settings, tmp_path):
    """A running `anfang serve` on this installation: process and port."""
    port = free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("ANFANG_")},
        "ANFANG_DATA": str(settings.data),
        "PORT": str(port),
        "ANFANG_ORIGIN": settings.origin,
    }
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "anfang.cli", "serve"], env=environment, stderr=log, stdout=log
        )
        try:
            until(lambda: _ready(port))
            yield process, port
        finally:
            if process.poll() is None:
                process.kill()
            process.wait(10)


def _ready(port):
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
