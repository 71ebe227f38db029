"""`make run`: it comes up in seconds once installed, says what to do, and leaves nothing behind."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from support.house import ROOT
from support.postgres import free_port

pytestmark = pytest.mark.slow

FIRST_START_SECONDS = 300
SECOND_START_SECONDS = 30


@contextmanager
def _make_run(data: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    inherited = {k: v for k, v in os.environ.items() if k not in {"MAKEFLAGS", "MAKELEVEL"}}
    # The service's processes write their names over their environment, unless they are told not to.
    inherited["SPT_NOENV"] = "1"
    with (data.parent / "output").open("wb") as output:
        process = subprocess.Popen(
            ["make", "--no-print-directory", "run"],
            cwd=ROOT,
            env={**inherited, "PORT": str(port), "ANFANG_DATA": str(data)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(timeout=60)


def _seconds_until_ready(process: subprocess.Popen[bytes], port: int, limit: float) -> float:
    started = time.monotonic()
    while time.monotonic() - started < limit:
        assert process.poll() is None, "make run ended by itself"
        try:
            with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2):
                return time.monotonic() - started
        except (URLError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"not ready after {limit} s")


def _stop_like_ctrl_c(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGINT)
    process.wait(timeout=60)


def _left_behind(data: Path) -> list[str]:
    """Processes that still work for this installation."""
    mark, found = f"ANFANG_DATA={data}".encode(), []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark in environment.read_bytes().split(b"\0"):
                found.append((environment.parent / "cmdline").read_bytes().decode())
        except (FileNotFoundError, PermissionError, ProcessLookupError):
            continue
    return found


def test_it_starts_tells_what_to_do_stops_and_starts_again_in_seconds(tmp_path):
    data, port = tmp_path / "data", free_port()
    with _make_run(data, port) as process:
        _seconds_until_ready(process, port, FIRST_START_SECONDS)
        time.sleep(2)
        told = (tmp_path / "output").read_text("utf-8")
        _stop_like_ctrl_c(process)
    assert f"http://127.0.0.1:{port}" in told
    assert "reviewer" in told
    assert "#" in told, "the enrolment link carries its secret behind a #"
    assert not _left_behind(data)
    with _make_run(data, port) as process:
        seconds = _seconds_until_ready(process, port, SECOND_START_SECONDS)
        _stop_like_ctrl_c(process)
    assert seconds < SECOND_START_SECONDS
    assert not _left_behind(data)
