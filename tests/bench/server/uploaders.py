"""How many phones at 20 KB/s leave the console quick: p99 below 300 ms."""

import asyncio
import itertools
import os
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import httpx

from bench.server.houses import House, running_house
from bench.server.load import Call, deliver, shape
from bench.server.proxy import is_installed, running_proxy
from bench.server.submissions import upload
from support.phone import Phone, minimal_record

RATE = 20_000
GOAL_MS = 300
SECONDS = 20
STEPS = (30, 60, 120, 240, 500)
_BEAT = 0.1
_PER_RECORD = 50
_PHONES = 10
_PROBES = ("/cases?limit=50", "/review/queue?limit=50", "/session")


def run(size: int | None, **_others: Any) -> dict[str, Any]:
    """Try 30, 60, 120, 240, 500 uploaders, or `size` alone; on SQLite, one installation."""
    steps = (size,) if size else STEPS
    with running_house("sqlite", _PHONES) as house:
        found: dict[str, Any] = {"direct": _series(house, house.address, steps)}
        if not is_installed():
            return {**found, "proxy": "nginx is not installed"}
        with running_proxy(house.address) as address:
            return {**found, "proxy": _series(house, address, steps)}


def _series(house: House, address: tuple[str, int], steps: Sequence[int]) -> dict[str, Any]:
    rows = {str(several): _with(house, address, several) for several in steps}
    carried = [int(several) for several, row in rows.items() if row["within_goal"]]
    return {**rows, "carried": max(carried, default=0)}


def _with(house: House, address: tuple[str, int], several: int) -> dict[str, Any]:
    calls = _declared(house, several)
    with _probed(house, address, after=0) as alone:
        time.sleep(SECONDS)
    with _probed(house, address, after=SECONDS) as times:
        answers = asyncio.run(_upload_all(address, calls, several))
    figures = shape(times)
    return {
        **figures,
        "probes": len(times),
        "alone_just_before": shape(alone),
        "load_average": os.getloadavg()[0],
        "answers": {str(status): count for status, count in sorted(answers.items())},
        "within_goal": figures["p99_ms"] < GOAL_MS and answers[201] == len(calls),
    }


def _declared(house: House, several: int) -> list[Call]:
    """File the records whose photos will come slowly; returns two uploads for each uploader."""
    photos = [os.urandom(RATE * SECONDS) for _ in range(2 * several)]
    records, uploads = [], []
    for start in range(0, len(photos), _PER_RECORD):
        phone = house.phones[(start // _PER_RECORD) % len(house.phones)]
        some = photos[start : start + _PER_RECORD]
        record, its = _record(house, phone, some)
        records.append([record])
        uploads += its
    deliver(house.address, [records])
    return uploads


def _record(house: House, phone: Phone, photos: list[bytes]) -> tuple[Call, list[Call]]:
    clear, disclosures = minimal_record(house.campaign.id, house.campaign.window, media=photos)
    bearer = {"Authorization": f"Bearer {phone.access_token}"}
    request = httpx.Request("POST", "http://x/", json=phone.submission(clear, disclosures))
    headers = {**bearer, "Content-Type": "application/json"}
    record = Call("POST", "/api/v1/records", headers, request.content)
    return record, [upload(bearer, clear["id"], photo) for photo in photos]


async def _upload_all(
    address: tuple[str, int], calls: Sequence[Call], several: int
) -> Counter[int]:
    """Let each uploader send two photos, one after the other; they begin spread over one photo.

    Returns how often each status was answered, 0 for a broken line.
    """

    async def one(place: int) -> list[int]:
        await asyncio.sleep(SECONDS * place / several)
        return [await _upload(address, call) for call in calls[place::several]]

    answers = await asyncio.gather(*(one(place) for place in range(several)))
    return Counter(status for its in answers for status in its)


async def _upload(address: tuple[str, int], call: Call) -> int:
    """Send one upload at 20 KB/s; returns the status, 0 where the connection broke."""
    try:
        reader, writer = await asyncio.open_connection(*address)
        lines = [f"{call.method} {call.path} HTTP/1.1", "Host: bench", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in call.headers.items()]
        lines += [f"Content-Length: {len(call.body)}", "", ""]
        writer.write("\r\n".join(lines).encode())
        piece = int(RATE * _BEAT)
        for start in range(0, len(call.body), piece):
            writer.write(call.body[start : start + piece])
            await writer.drain()
            await asyncio.sleep(_BEAT)
        status = await asyncio.wait_for(reader.readline(), 120)
        writer.close()
        return int(status.split()[1])
    except (TimeoutError, OSError, IndexError):
        return 0


@contextmanager
def _probed(house: House, address: tuple[str, int], *, after: float) -> Iterator[list[float]]:
    """Use the console for 20 s, beginning `after` seconds; gives the times of calls.

    After one photo's time all upload, and at the end the first is done. Calls begin at a fixed
    beat, whether the one before was answered or not: a service that stands still for ten seconds
    must show as a hundred slow calls, not as one.
    """
    times: list[float] = []
    stop = threading.Event()
    prober = threading.Thread(
        target=lambda: asyncio.run(_probe(house, address, times, stop, after))
    )
    prober.start()
    try:
        yield times
    finally:
        stop.set()
        prober.join()


async def _probe(
    house: House,
    address: tuple[str, int],
    times: list[float],
    stop: threading.Event,
    after: float,
) -> None:
    session = house.lead.client.get_cookie("anfang_session")
    origin = f"http://{address[0]}:{address[1]}/api/v1"
    cookies = {session.key: session.value}
    await asyncio.sleep(after)
    async with httpx.AsyncClient(cookies=cookies, timeout=120) as client:

        async def ask(path: str) -> None:
            started = time.perf_counter()
            (await client.get(origin + path)).raise_for_status()
            times.append(time.perf_counter() - started)

        under_way = []
        ends = time.monotonic() + SECONDS
        for path in itertools.cycle(_PROBES):
            if stop.is_set() or time.monotonic() > ends:
                break
            under_way.append(asyncio.create_task(ask(path)))
            await asyncio.sleep(_BEAT)
        await asyncio.gather(*under_way)
