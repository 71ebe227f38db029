"""Records and photos a second, beside raw limits with the same bytes."""

import statistics
from collections.abc import Sequence
from typing import Any

from bench.server import limits
from bench.server.houses import House, is_available, running_house
from bench.server.load import Submission, deliver
from bench.server.memory import watched
from bench.server.submissions import submission

RECORDS = 400
PHOTOS = (0, 2)
PHOTO_SHARE = 4
"""With photos a quarter of the records is measured: they are fifty times as large."""


def run(
    size: int | None,
    database: Sequence[str],
    clients: Sequence[int],
    repeat: int,
    **_others: Any,
) -> dict[str, Any]:
    """Measure with `size` records a figure (400)."""
    return {
        name: _on(name, size or RECORDS, clients, repeat) if is_available(name) else "not installed"
        for name in database
    }


def _on(database: str, records: int, clients: Sequence[int], repeat: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    with running_house(database, max(clients)) as house, watched(house) as peaks:
        for photos in PHOTOS:
            count = records if not photos else max(records // PHOTO_SHARE, max(clients))
            for several in clients:
                runs = [_once(house, count, several, photos) for _ in range(repeat)]
                found[f"{photos} photos, {several} clients"] = middle(runs)
    return {**found, "memory": peaks}


def _once(house: House, count: int, clients: int, photos: int) -> dict[str, Any]:
    measured = deliver(house.address, queues(house, count, clients, photos))
    same = queues(house, count, clients, photos)
    flat = [submission for queue in same for submission in queue]
    appended, bare = limits.append_and_sync(flat), limits.bare_route(same)
    return {
        **measured,
        "append_and_sync_per_second": appended,
        "bare_route_per_second": bare["per_second"],
        "of_bare_route": round(measured["per_second"] / bare["per_second"], 3),
    }


def queues(house: House, count: int, clients: int, photos: int) -> list[list[Submission]]:
    """Prepare `count` submissions, spread over the clients, each a phone of its own."""
    each = max(1, count // clients)
    return [
        [submission(phone, house.campaign, photos) for _ in range(each)]
        for phone in house.phones[:clients]
    ]


def middle(runs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the medians of several runs, and the runs where there are several."""
    medians = {name: round(statistics.median(run[name] for run in runs), 3) for name in runs[0]}
    return {**medians, "runs": [run["per_second"] for run in runs]} if len(runs) > 1 else medians
