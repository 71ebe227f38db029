"""`anfang serve`: gunicorn and the worker as two children that start and stop together."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Final

from anfang.kit.config import ConfigurationError, Settings

_UPLOAD_SECONDS: Final = 600
_POLL_SECONDS: Final = 0.3
_SHORTEST_LIFE: Final = 5.0


class CannotServe(ConfigurationError):  # noqa: N818 -- says what happened
    """Why the service cannot start as configured, in one sentence."""


def require_free_port(settings: Settings) -> None:
    """Raise CannotServe when another program listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise CannotServe(
                f"port {settings.port} on {settings.host} cannot be used ({error.strerror}); "
                "choose another with PORT=…"
            ) from error


def serve(settings: Settings, announce: Callable[[], None], *, with_worker: bool = True) -> int:
    """Run web and worker until told to stop; returns the exit code.

    Args:
        announce: called once the web server answers.
        with_worker: False where the worker runs on a machine or in a container of its own.

    A worker that dies is started again; when the web server ends, everything ends. On SIGINT or
    SIGTERM both children finish what is under way.
    """
    require_free_port(settings)
    stopping = _stop_on_signals()
    web = _start(_gunicorn(settings))
    worker = _start(_worker()) if with_worker else None
    try:
        if _wait_until_listening(settings, web):
            announce()
        while not stopping and web.poll() is None:
            if worker is not None and worker.poll() is not None:
                time.sleep(_SHORTEST_LIFE)
                worker = _start(_worker())
            time.sleep(_POLL_SECONDS)
    finally:
        _stop(*(child for child in (web, worker) if child is not None))
    return 0 if stopping else web.returncode or 1


def _stop_on_signals() -> list[int]:
    received: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        received.append(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, note)
    return received


def _gunicorn(settings: Settings) -> list[str]:
    options = {
        "--bind": f"{settings.host}:{settings.port}",
        "--worker-class": "gthread",
        "--workers": str(settings.web_workers),
        "--threads": str(settings.web_threads),
        "--timeout": str(_UPLOAD_SECONDS),
        "--graceful-timeout": "30",
        "--keep-alive": "30",
        "--log-level": "warning",
        "--logger-class": "anfang.web_logs.WebLogger",
        "--worker-tmp-dir": "/dev/shm" if os.access("/dev/shm", os.W_OK) else "/tmp",  # noqa: S108
    }
    arguments = [part for pair in options.items() for part in pair]
    # The program is read once, before gunicorn forks: its processes share what it takes in memory.
    return [sys.executable, "-m", "gunicorn", "--preload", *arguments, "anfang.wsgi:app"]


def _worker() -> list[str]:
    return [sys.executable, "-m", "anfang.cli", "worker"]


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    # A process group of its own: Ctrl-C reaches this parent alone, which then stops both in order.
    # No session of its own: Linux shares its processors among sessions first, and that the worker
    # yields to the web server would come to nothing.
    bound = [*_tied_to_this_process(), *command]
    # glibc would keep a heap for each of many threads, and gives none of them back.
    environment = {"MALLOC_ARENA_MAX": "2", **os.environ}
    return subprocess.Popen(bound, process_group=0, env=environment)  # noqa: S603 -- our own program


def _tied_to_this_process() -> list[str]:
    """Return what makes the kernel stop a child in order when this parent is killed outright.

    Without it an orphan would go on serving the port, unseen by whoever restarts the service.
    Systems without util-linux have no such tie.
    """
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []


def _wait_until_listening(settings: Settings, web: subprocess.Popen[bytes]) -> bool:
    for _ in range(100):
        if web.poll() is not None:
            return False
        with suppress(OSError), socket.create_connection((settings.host, settings.port), 0.5):
            return True
        time.sleep(0.2)
    return False


def _stop(*children: subprocess.Popen[bytes]) -> None:
    for child in children:
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
    for child in children:
        try:
            child.wait(timeout=40)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
