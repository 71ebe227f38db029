"""The field app on a slow phone and a slow line, beside a bare form and the browser's own limits.

One run, one Chromium: 4 times slower processor, 1.47 Mbit/s and 562 ms for first loads, medians of
`--size` repetitions (5). Chromium slows the page's thread, not its workers. Time to interactive is
the first moment after which the form can be used and no long task follows; blocking time is what
long tasks take beyond 50 ms until then. `ANFANG_BENCH_PARTS=loads,work,store,delivery` measures
some of it only.
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from support.fault_proxy import FaultProxy
from support.field_bench import delivery, loads, work
from support.field_bench.page import App
from support.field_bench.peer import peer
from support.field_office import KillablePhone, field_office_in
from support.postgres import free_port

REPEATS = 5
PIN = "730518"
PARTS = "loads,work,store,delivery"


def run(size: int | None) -> dict[str, object]:
    """Measure with `size` repetitions (5 by default)."""
    repeats = size or REPEATS
    wanted = os.environ.get("ANFANG_BENCH_PARTS", PARTS).split(",")
    with (
        tempfile.TemporaryDirectory(prefix="anfang-bench-") as name,
        field_office_in(Path(name) / "office") as office,
        peer(Path(name) / "peer") as peer_port,
        FaultProxy(free_port(), peer_port) as peer_way,
        sync_playwright() as playwright,
    ):
        expect.set_options(timeout=60_000)
        folder = Path(name)
        phone = KillablePhone(playwright, office.origin, folder / "phone", PIN, "pin")
        ours = App("ours", f"{office.origin}/field", "[data-testid=pin-1]")
        bare = App("bare", f"http://127.0.0.1:{peer_port}/", "[data-testid=answer-0-yes]")
        parts: dict[str, Callable[[], dict[str, object]]] = {
            "loads": lambda: loads.loads(phone, ours, repeats) | loads.loads(phone, bare, repeats),
            "work": lambda: (
                work.work_ours(phone, office, ours, folder, repeats)
                | work.work_bare(phone, bare, folder, repeats)
            ),
            "store": lambda: work.store(phone, f"http://127.0.0.1:{peer_port}/store.html", repeats),
            "delivery": lambda: delivery.sync(phone, office, peer_way, folder),
        }
        try:
            phone.enrol(office.asked("enrol", "--alias", "台架一号")["url"])
            expect(phone["free"]).to_be_visible()
            result: dict[str, object] = {
                "repeats": repeats,
                "load_average": round(os.getloadavg()[0], 1),
            }
            for part in wanted:
                result |= parts[part]()
            return result
        finally:
            phone.stop()
