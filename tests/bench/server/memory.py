"""Memory of a service while it works: proportional set size, so that shared pages count once."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bench.server.houses import House
from support.faulty_site import descendants

_EVERY_SECONDS = 0.5


@contextmanager
def watched(house: House) -> Iterator[dict[str, float]]:
    """Give peaks in MB: of the service, of its largest process, of the database's server."""
    peaks = {"service_mb": 0.0, "largest_process_mb": 0.0, "database_mb": 0.0}
    stop = threading.Event()

    def watch() -> None:
        while not stop.wait(_EVERY_SECONDS):
            _raise_to(peaks, _now(house))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peaks
    finally:
        stop.set()
        watcher.join()
        _raise_to(peaks, _now(house))


def _now(house: House) -> dict[str, float]:
    assert house.site.process is not None
    root = house.site.process.pid
    service = [_pss(pid) for pid in (root, *descendants(root))]
    found = {"service_mb": sum(service), "largest_process_mb": max(service), "database_mb": 0.0}
    if house.postgres is not None:
        pid = house.postgres.pid
        found["database_mb"] = sum(_pss(one) for one in (pid, *descendants(pid)))
    return found


def _pss(pid: int) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return round(int(line.split()[1]) / 1024, 1)
    return 0.0


def _raise_to(peaks: dict[str, float], found: dict[str, float]) -> None:
    for name, value in found.items():
        peaks[name] = round(max(peaks[name], value), 1)
