"""What Linux does for a process and no module of Python asks for."""

import ctypes
import signal
from typing import Final

_SYSTEM: Final = ctypes.CDLL(None)
_SET_PARENT_DEATH_SIGNAL: Final = 1
"""`PR_SET_PDEATHSIG` of <sys/prctl.h>: prctl(2)."""
_MOST_HEAPS: Final = -8
"""`M_ARENA_MAX` of <malloc.h>: mallopt(3)."""


def end_with_parent() -> None:
    """Have the kernel stop this process in order (SIGTERM) when its parent is killed outright.

    Systems without prctl(2) have no such tie.
    """
    if hasattr(_SYSTEM, "prctl"):
        _SYSTEM.prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)


def limit_heaps(most: int) -> None:
    """Let this process and its children have no more than `most` heaps of memory.

    glibc would keep one for each of many threads, and gives none of them back. Other libraries
    of C have no such setting.
    """
    if hasattr(_SYSTEM, "mallopt"):
        _SYSTEM.mallopt(_MOST_HEAPS, most)
