"""Writers of one SQLite file take turns. Pure.

SQLite lets one write at a time, and whoever finds it taken asks again, ever more seldom, down to
ten times a second: among many writers the unlucky one waits for seconds while others go first.
Here the threads of a process queue for a lock of their own, and its first one asks often for the
turn of the machine: an operating system's lock (flock), which falls with the process that held it.
SQLite's own lock still decides; whoever writes without a turn only waits longer.
"""

import fcntl
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

_ASK_AGAIN_SECONDS: Final = 0.002


class TurnNotHadError(Exception):
    """Others kept writing for longer than one waits."""


class Turns:
    """The turns at one database.

    Args:
        file: what is locked; made where it is missing, and always empty.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._within_process = threading.Lock()

    def take(self, seconds: float) -> Callable[[], None]:
        """Wait for the turn and return what gives it back; the caller does so once.

        Raises:
            TurnNotHadError: it did not come within these seconds.
            OSError: the file cannot be opened.
        """
        ends = time.monotonic() + seconds
        if not self._within_process.acquire(timeout=seconds):
            raise TurnNotHadError
        try:
            handle = _locked(self._file, ends)
        except BaseException:
            self._within_process.release()
            raise

        def give_back() -> None:
            os.close(handle)
            self._within_process.release()

        return give_back


def _locked(file: Path, ends: float) -> int:
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        while not _has_locked(handle):
            if time.monotonic() > ends:
                raise TurnNotHadError
            time.sleep(_ASK_AGAIN_SECONDS)
    except BaseException:
        os.close(handle)
        raise
    return handle


def _has_locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
