"""What a record and a list cost as the tables grow: 10³, 10⁴, 10⁵, 10⁶ records and cases.

The rows below are made by bulk and share a pool of units, owners and one inspector; they have no
pictures of their own.
"""

import time
from collections.abc import Sequence
from typing import Any

import httpx

from bench import console
from bench.server.houses import House, is_available, running_house
from bench.server.ingest import RECORDS, middle, queues
from bench.server.load import deliver, shape

CLIENTS = 8
LISTS = {
    "queue": "/review/queue?limit=50",
    "cases": "/cases?limit=50",
    "red": "/cases?limit=50&colour=red",
}
ROUNDS = 30


def run(
    size: int | None, database: Sequence[str], repeat: int, largest: int, **_others: Any
) -> dict[str, Any]:
    """Measure at each power of ten up to `largest`, with `size` records a figure (400)."""
    steps = [10**n for n in range(3, 10) if 10**n <= largest]
    return {
        name: {str(rows): _at(name, rows, size or RECORDS, repeat) for rows in steps}
        if is_available(name)
        else "not installed"
        for name in database
    }


def _at(database: str, rows: int, records: int, repeat: int) -> dict[str, Any]:
    with running_house(database, CLIENTS, lambda: console.fill(rows)) as house:
        runs = [deliver(house.address, queues(house, records, CLIENTS, 0)) for _ in range(repeat)]
        return {"ingest": middle(runs), **{name: _list(house, at) for name, at in LISTS.items()}}


def _list(house: House, path: str) -> dict[str, float]:
    session = house.lead.client.get_cookie("anfang_session")
    cookies = {session.key: session.value}
    times = []
    with httpx.Client(base_url=f"{house.site.anfang.origin}/api/v1", cookies=cookies) as client:
        for _ in range(ROUNDS):
            started = time.perf_counter()
            client.get(path).raise_for_status()
            times.append(time.perf_counter() - started)
    return shape(times)
