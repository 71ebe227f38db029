"""`anfang serve`: web server and worker, forked from one program, that start and stop together."""

import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.context import ForkProcess
from types import FrameType
from typing import Final

from flask import Flask
from setproctitle import setproctitle

from anfang.jobs.worker import run_worker
from anfang.kit.config import ConfigurationError, Settings
from anfang.kit.memory import lasting
from anfang.kit.processes import end_with_parent, limit_heaps
from anfang.web_server import run_web

_HEAPS: Final = 2
_POLL_SECONDS: Final = 0.3
_SHORTEST_LIFE: Final = 5.0
_STOP_SECONDS: Final = 40


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


def serve(
    app: Flask, settings: Settings, announce: Callable[[], None], *, with_worker: bool = True
) -> int:
    """Run web and worker until told to stop; returns the exit code.

    Args:
        app: the program, read whole; its children share it in memory. Nothing of it may be in use:
            no connection, no thread.
        announce: called once the web server answers.
        with_worker: False where the worker runs on a machine or in a container of its own.

    A worker that dies is started again; when the web server ends, everything ends. On SIGINT or
    SIGTERM both children finish what is under way.
    """
    limit_heaps(_HEAPS)
    lasting()
    web = _start("web", run_web, app, settings)
    worker = _start("worker", run_worker, app, settings) if with_worker else None
    stopping = _stop_on_signals()
    try:
        if _wait_until_listening(settings, web):
            announce()
        while not stopping and web.is_alive():
            if worker is not None and not worker.is_alive():
                time.sleep(_SHORTEST_LIFE)
                worker = _start("worker", run_worker, app, settings)
            time.sleep(_POLL_SECONDS)
    finally:
        _stop(*(child for child in (web, worker) if child is not None))
    return 0 if stopping else web.exitcode or 1


def _start(
    name: str, run: Callable[[Flask, Settings], None], app: Flask, settings: Settings
) -> ForkProcess:
    def work() -> None:
        _stand_alone(name)
        run(app, settings)

    child = multiprocessing.get_context("fork").Process(target=work, name=name)
    child.start()
    return child


def _stand_alone(name: str) -> None:
    """Make a child what it would be, had it been started as a program."""
    setproctitle(f"anfang {name}")
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    # A process group of its own: Ctrl-C reaches the parent alone, which then stops both in order.
    # No session of its own: Linux shares its processors among sessions first, and that the worker
    # yields to the web server would come to nothing.
    os.setpgid(0, 0)
    # An orphan would go on serving the port, unseen by whoever restarts the service.
    end_with_parent()


def _stop_on_signals() -> list[int]:
    received: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        received.append(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, note)
    return received


def _wait_until_listening(settings: Settings, web: ForkProcess) -> bool:
    for _ in range(100):
        if not web.is_alive():
            return False
        with suppress(OSError), socket.create_connection((settings.host, settings.port), 0.5):
            return True
        time.sleep(0.2)
    return False


def _stop(*children: ForkProcess) -> None:
    for child in children:
        child.terminate()
    for child in children:
        child.join(_STOP_SECONDS)
        if child.is_alive():
            child.kill()
            child.join()
