"""What a step tells of itself: the seconds of its work, and its peak memory in bytes."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def measured() -> Iterator[None]:
    """Measure what is done inside, and tell it on standard output."""
    started = time.perf_counter()
    yield
    told = {"seconds": time.perf_counter() - started, "peak_bytes": peak_bytes()}
    sys.stdout.write(f"{json.dumps(told)}\n")


def peak_bytes() -> int:
    """Return the most memory that this program has held.

    The kernel's word for a process (`ru_maxrss`) also counts what its parent held when it was made.
    """
    status = Path("/proc/self/status").read_text("ascii")
    (peak,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return int(peak) * 1024
