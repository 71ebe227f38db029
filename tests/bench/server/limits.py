"""What this machine can do at most with the same bytes, in the same run."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from bench.server.load import Submission, deliver
from support.faulty_site import until
from support.house import ROOT
from support.postgres import free_port


def append_and_sync(submissions: Sequence[Submission]) -> float:
    """Append each body to one file and sync it; returns submissions a second."""
    with tempfile.TemporaryDirectory(prefix="anfang-bench-") as name:
        handle = os.open(Path(name) / "appended", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        try:
            started = time.perf_counter()
            for submission in submissions:
                for call in submission:
                    os.write(handle, call.body)
                    os.fsync(handle)
            return round(len(submissions) / (time.perf_counter() - started), 1)
        finally:
            os.close(handle)


def bare_route(queues: Sequence[Sequence[Submission]]) -> dict[str, Any]:
    """Deliver the same calls to a gunicorn that stores bodies and does nothing else."""
    with tempfile.TemporaryDirectory(prefix="anfang-bench-") as name, _served(Path(name)) as port:
        return deliver(("127.0.0.1", port), queues)


@contextmanager
def _served(folder: Path) -> Iterator[int]:
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--worker-class",
        "gthread", "--workers", "2", "--threads", "64", "--keep-alive", "30", "--log-level",
        "error", "bench.server.bare:app",
    ]  # fmt: skip
    environment = {**os.environ, "BARE_FOLDER": str(folder), "PYTHONPATH": str(ROOT / "tests")}
    server = subprocess.Popen(command, env=environment)
    try:
        until(lambda: _answers(port))
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _answers(port: int) -> bool:
    """Whether its workers have booted: the port listens before they do."""
    try:
        return httpx.post(f"http://127.0.0.1:{port}/", content=b"x", timeout=60).is_success
    except httpx.TransportError:
        return False
