"""Clients that deliver prepared submissions at once, each over a connection of its own."""

import http.client
import multiprocessing
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_PROCESSES = 4


@dataclass(frozen=True)
class Call:
    """One HTTP request, ready to be sent."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Submission = Sequence[Call]
"""What one record takes: itself and its photos."""


def deliver(address: tuple[str, int], queues: Sequence[Sequence[Submission]]) -> dict[str, Any]:
    """Deliver every client's queue; all begin at the same moment.

    Returns:
        Submissions a second and the times of one, in ms.
    """
    context = multiprocessing.get_context("fork")  # what was prepared is not copied
    shares = [queues[n::_PROCESSES] for n in range(min(_PROCESSES, len(queues)))]
    together = context.Barrier(len(queues) + 1)
    results = context.SimpleQueue()
    workers = [
        context.Process(target=_work, args=(address, share, together, results)) for share in shares
    ]
    for worker in workers:
        worker.start()
    together.wait()
    started = time.perf_counter()
    times: list[float] = []
    for _ in workers:
        found = results.get()
        if isinstance(found, str):
            raise RuntimeError(found)
        times += found
    took = time.perf_counter() - started
    for worker in workers:
        worker.join()
    return {"per_second": round(len(times) / took, 1), **shape(times)}


def shape(times: Sequence[float]) -> dict[str, float]:
    """Return p50, p95 and p99 of times in seconds, as milliseconds."""
    ordered = sorted(times)
    return {
        "p50_ms": round(1000 * statistics.median(ordered), 1),
        "p95_ms": _at(ordered, 0.95),
        "p99_ms": _at(ordered, 0.99),
    }


def _at(ordered: Sequence[float], share: float) -> float:
    return round(1000 * ordered[min(int(len(ordered) * share), len(ordered) - 1)], 1)


def _work(address: Any, share: Any, together: Any, results: Any) -> None:
    times: list[float] = []
    faults: list[str] = []
    threads = [
        threading.Thread(target=_client, args=(address, queue, together, times, faults))
        for queue in share
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.put(faults[0] if faults else times)


def _client(address: Any, queue: Any, together: Any, times: list[float], faults: list[str]) -> None:
    connection = http.client.HTTPConnection(*address, timeout=120)
    connection.connect()
    together.wait()
    try:
        for submission in queue:
            started = time.perf_counter()
            for call in submission:
                _send(connection, call)
            times.append(time.perf_counter() - started)
    except (OSError, http.client.HTTPException, AssertionError) as fault:
        faults.append(repr(fault))
    finally:
        connection.close()


def _send(connection: http.client.HTTPConnection, call: Call) -> None:
    connection.request(call.method, call.path, call.body, call.headers)
    answer = connection.getresponse()
    said = answer.read()
    assert answer.status == 201, (answer.status, said[:300])
