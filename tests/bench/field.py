"""The field app on a slow phone and a slow line, beside a bare form and the browser's own limits.

One run, one Chromium: 4 times slower processor, 1.47 Mbit/s and 562 ms for first loads, medians of
`--size` repetitions (5). Chromium slows the page's thread, not its workers. Time to interactive is
the first moment after which the form can be used and no long task follows; blocking time is what
long tasks take beyond 50 ms until then.
"""

import gzip
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

from PIL import Image
from playwright.sync_api import CDPSession, Page, expect, sync_playwright

from support.fault_proxy import Fault, FaultProxy, Link
from support.field_office import KillablePhone, begin_free_visit, field_office_in
from support.house import ROOT
from support.postgres import free_port

REPEATS = 5
SLOWDOWN = 4
LINE_BYTES_A_SECOND = 1_470_000 / 8
ROUND_TRIP_SECONDS = 0.562
PIN = "730518"
PEER = Path(__file__).parent / "field_peer"
OFFLINE_RELOADS = 20
_LONGEST_SECONDS = 300
LOOPBACK_PHOTOS, LOOPBACK_BYTES = 50, 2_000_000
LINE_PHOTOS, LINE_BYTES = 10, 200_000

# Notes in the page itself when something is asked for and when it stands there.
STAMPS = """(() => {
  window.stamps = {}
  const wanted = new Map()
  const look = () => {
    for (const [name, [selector, count]] of wanted) {
      if (document.querySelectorAll(selector).length < count) continue
      stamps[name] = performance.now()
      wanted.delete(name)
    }
  }
  window.watchFor = (name, selector, count = 1) => { wanted.set(name, [selector, count]); look() }
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true })
  for (const kind of ['click', 'change']) {
    addEventListener(kind, (event) => { stamps[kind] = event.timeStamp }, { capture: true })
  }
  window.longTasks = []
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) longTasks.push([one.startTime, one.duration])
  }).observe({ type: 'longtask', buffered: true })
  new PerformanceObserver((list) => { window.lcp = list.getEntries().at(-1).startTime })
    .observe({ type: 'largest-contentful-paint', buffered: true })
})()"""
UPLOAD = """async ([url, count, size]) => {
  const body = crypto.getRandomValues(new Uint8Array(65536))
  const photo = new Blob(Array.from({ length: Math.ceil(size / 65536) }, () => body)).slice(0, size)
  const began = performance.now()
  for (let n = 0; n < count; n += 1) await fetch(url, { method: 'POST', body: photo })
  return count * size / 1000 / (performance.now() - began)
}"""


@dataclass(frozen=True)
class App:
    """Where something to measure is, and what stands there when it can be used."""

    name: str
    url: str
    usable: str
    photo: str = "[data-testid=thumb]"
    file: str = "[data-testid=file]"
    submit: str = "[data-testid=submit]"

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return "/".join(self.url.split("/")[:3])


def run(size: int | None) -> dict[str, object]:
    """Measure with `size` repetitions (5 by default)."""
    repeats = size or REPEATS
    with (
        tempfile.TemporaryDirectory(prefix="anfang-bench-") as name,
        field_office_in(Path(name) / "office") as office,
        _peer(Path(name) / "peer") as peer_port,
        FaultProxy(free_port(), peer_port) as peer_way,
        sync_playwright() as playwright,
    ):
        expect.set_options(timeout=60_000)
        phone = KillablePhone(playwright, office.origin, Path(name) / "phone", PIN, "pin")
        try:
            phone.enrol(office.asked("enrol", "--alias", "台架一号")["url"])
            expect(phone["free"]).to_be_visible()
            ours = App("ours", f"{office.origin}/field", "[data-testid=pin-1]")
            bare = App("bare", f"http://127.0.0.1:{peer_port}/", "[data-testid=answer-0-yes]")
            return {
                "repeats": repeats,
                "load_average": round(os.getloadavg()[0], 1),
                **_loads(phone, ours, repeats),
                **_loads(phone, bare, repeats),
                **_work_ours(phone, ours, Path(name), repeats),
                **_work_bare(phone, bare, Path(name), repeats),
                **_store(phone, f"http://127.0.0.1:{peer_port}/store.html", repeats),
                **_sync(phone, office.way, peer_way, Path(name)),
            }
        finally:
            phone.stop()


# --- first loads ---------------------------------------------------------------------------


def _say(what: str) -> None:
    """Where it is, for whoever waits."""
    sys.stderr.write(f"{what}\n")
    sys.stderr.flush()


def _loads(phone: KillablePhone, app: App, repeats: int) -> dict[str, object]:
    _say(f"first loads: {app.name}")
    cold = [_cold(phone, app) for _ in range(repeats)]
    _say(f"offline reloads: {app.name}")
    offline = _offline(phone, app)
    return {f"{app.name}_{what}": _median([one[what] for one in cold]) for what in cold[0]} | {
        f"{app.name}_offline_reload_ms": _median(offline),
        f"{app.name}_offline_reloads": f"{len(offline)} of {OFFLINE_RELOADS}",
    }


def _cold(phone: KillablePhone, app: App) -> dict[str, float]:
    """Load with nothing cached, as on the first visit of an enrolled phone."""
    phone.page.goto("about:blank")
    page = phone.page.context.new_page()
    tools = page.context.new_cdp_session(page)
    _slow(tools, line=True)
    tools.send("Network.clearBrowserCache")
    kept_by_worker = {"origin": app.origin, "storageTypes": "service_workers,cache_storage"}
    tools.send("Storage.clearDataForOrigin", kept_by_worker)
    received: list[float] = []
    tools.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.add_init_script(f"{STAMPS};watchFor('usable', '{app.usable}')")
    page.goto(app.url, wait_until="commit")
    _until(page, "stamps.usable")
    requests, kib = len(received), sum(received) / 1024
    page.wait_for_timeout(1500)
    found = page.evaluate("({ lcp, longTasks, usable: stamps.usable })")
    quiet = max([found["usable"], *(start + took for start, took in found["longTasks"])])
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.close()
    return {
        "first_kib": kib,
        "first_requests": requests,
        "lcp_ms": found["lcp"],
        "usable_ms": found["usable"],
        "tti_ms": quiet,
        "tbt_ms": sum(max(0, took - 50) for _, took in found["longTasks"]),
    }


def _offline(phone: KillablePhone, app: App) -> list[float]:
    """Reload without a network after that one visit; milliseconds of those that worked."""
    page = phone.page
    tools = page.context.new_cdp_session(page)
    page.goto(app.url)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    _slow(tools, line=False)
    page.add_init_script(f"{STAMPS};watchFor('usable', '{app.usable}')")
    phone.go_offline()
    times = []
    for _ in range(OFFLINE_RELOADS):
        page.reload(wait_until="commit")
        _until(page, "stamps.usable")
        times.append(page.evaluate("stamps.usable"))
    phone.go_online()
    tools.detach()
    return times


def _slow(tools: CDPSession, *, line: bool) -> None:
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    tools.send("Network.enable")
    if line:
        conditions = {
            "offline": False,
            "latency": ROUND_TRIP_SECONDS * 1000,
            "downloadThroughput": LINE_BYTES_A_SECOND,
            "uploadThroughput": LINE_BYTES_A_SECOND,
        }
        tools.send("Network.emulateNetworkConditions", conditions)


# --- work on the form ----------------------------------------------------------------------


def _work_ours(phone: KillablePhone, app: App, folder: Path, repeats: int) -> dict[str, object]:
    page, tools = _fresh_page(phone, app)
    _say("unlocking")
    unlocking = []
    for _ in range(repeats):
        page.reload()
        page.evaluate("watchFor('in', '[data-testid=tab-today]')")
        phone.unlock()
        unlocking.append(_since(page, "in", "click"))
    expect(phone["free"]).to_be_visible()
    phone["free"].click()
    page.evaluate("watchFor('form', '[data-testid^=answer-]')")
    phone["free-start"].click()
    _until(page, "stamps.form")
    opening = _since(page, "form", "click")
    phone["back"].click()
    phone["back"].click()
    item = begin_free_visit(phone)
    figures = _photos(page, tools, app, f"[data-testid='file-{item}']", folder, repeats)
    _say("submitting")
    submits = []
    for _ in range(repeats):
        before = phone["entry"].count()
        phone["submit"].click()
        page.evaluate(f"watchFor('entry', '[data-testid=entry]', {before + 1})")
        phone["submit-now"].click()
        _until(page, "stamps.entry")
        submits.append(_since(page, "entry", "click"))
        page.evaluate("delete stamps.entry")
        phone["tab-today"].click()
        begin_free_visit(phone)
        phone.saved()
    return {
        "ours_unlock_ms": _median(unlocking),
        "ours_form_opens_ms": round(opening),
        **figures,
        "ours_submit_ms": _median(submits),
    }


def _work_bare(phone: KillablePhone, app: App, folder: Path, repeats: int) -> dict[str, object]:
    page, tools = _fresh_page(phone, app)
    figures = _photos(page, tools, app, app.file, folder, repeats)
    submits = []
    for _ in range(repeats):
        page.reload()
        page.evaluate("watchFor('entry', '[data-testid=entry]')")
        page.click(app.submit)
        _until(page, "stamps.entry")
        submits.append(_since(page, "entry", "click"))
    return {**figures, "bare_submit_ms": _median(submits)}


def _fresh_page(phone: KillablePhone, app: App) -> tuple[Page, CDPSession]:
    phone.page.close() if len(phone.page.context.pages) > 1 else None
    page = phone.page.context.new_page()
    phone.page = page
    tools = page.context.new_cdp_session(page)
    _slow(tools, line=False)
    page.add_init_script(STAMPS)
    page.goto(app.url)
    return page, tools


def _photos(
    page: Page, tools: CDPSession, app: App, into: str, folder: Path, repeats: int
) -> dict[str, object]:
    """Shots of 12 megapixels until they are kept and shown, then the heap with 20 photos."""
    _say(f"photos: {app.name}")
    heap = _heap(tools)
    times, blocked = [], []
    for number in range(20):
        path = folder / "shot.jpg"
        path.write_bytes(_shot(4000, 3000) if number < repeats else _shot(1200, 900))
        page.evaluate("longTasks.length = 0; delete stamps.shown")
        page.evaluate(f"watchFor('shown', '{app.photo}', {number + 1})")
        page.set_input_files(into, path)
        _until(page, "stamps.shown")
        if number < repeats:
            times.append(_since(page, "shown", "change"))
            blocked.append(page.evaluate("Math.max(0, ...longTasks.map(([, took]) => took))"))
    return {
        f"{app.name}_heap_mb": heap,
        f"{app.name}_photo_ms": _median(times),
        f"{app.name}_photo_blocks_ms": _median(blocked),
        f"{app.name}_heap_20_photos_mb": _heap(tools),
    }


def _since(page: Page, end: str, begin: str) -> float:
    _until(page, f"stamps.{end}")
    difference: float = page.evaluate(f"stamps.{end} - stamps.{begin}")
    return difference


def _until(page: Page, condition: str) -> None:
    """Wait; Playwright's own way evaluates text, which the app's content policy forbids."""
    deadline = time.monotonic() + _LONGEST_SECONDS
    while not page.evaluate(condition):
        assert time.monotonic() < deadline, f"never: {condition}"
        page.wait_for_timeout(25)


def _heap(tools: CDPSession) -> float:
    tools.send("HeapProfiler.collectGarbage")
    return round(float(tools.send("Runtime.getHeapUsage")["usedSize"]) / 1e6, 1)


def _shot(width: int, height: int) -> bytes:
    """A JPEG about as large as a camera's, unlike any other."""
    coarse = Image.frombytes(
        "RGB", (width // 8, height // 8), random.randbytes(width * height * 3 // 64)
    )
    out = BytesIO()
    coarse.resize((width, height)).save(out, "JPEG", quality=85)
    return out.getvalue()


# --- store and delivery --------------------------------------------------------------------


def _store(phone: KillablePhone, url: str, repeats: int) -> dict[str, object]:
    """Megabytes a second, at the machine's full speed."""
    _say("store")
    page = phone.page.context.new_page()
    page.goto(url)
    _until(page, "window.measure !== undefined")
    runs = [page.evaluate("measure()") for _ in range(repeats)]
    page.close()
    return {f"{what}_mb_s": _median([one[what] for one in runs]) for what in runs[0]}


def _sync(
    phone: KillablePhone, way: FaultProxy, peer_way: FaultProxy, folder: Path
) -> dict[str, object]:
    """Delivery beside bare uploads of the same bytes over the same kind of proxy."""
    sink = f"http://127.0.0.1:{peer_way.port}/sink"
    line = Link(rate=LINE_BYTES_A_SECOND)
    late = Fault("/(records|uploads|sink)", times=None, delay=ROUND_TRIP_SECONDS)
    result: dict[str, object] = {}
    for name, count, size, slow in (
        ("loopback", LOOPBACK_PHOTOS, LOOPBACK_BYTES, False),
        ("line", LINE_PHOTOS, LINE_BYTES, True),
    ):
        _say(f"delivery: {name}")
        for one in (way, peer_way):
            one.put(*([late] if slow else []), link=line if slow else None)
        page = phone.page.context.new_page()
        page.goto(f"http://127.0.0.1:{peer_way.port}/store.html")
        bare = page.evaluate(UPLOAD, [sink, count, size])
        page.close()
        ours = _deliver(phone, way, folder, count, size)
        result |= {
            f"sync_{name}_mb_s": round(ours, 3),
            f"bare_upload_{name}_mb_s": round(bare, 3),
            f"sync_{name}_ratio": round(ours / bare, 2),
        }
        way.put()
    return result


def _deliver(phone: KillablePhone, way: FaultProxy, folder: Path, count: int, size: int) -> float:
    link, way.link = way.link, Link(dead=True)
    page = phone.page
    page.close()
    phone.page = page = phone.page.context.new_page()
    page.add_init_script(STAMPS)
    page.goto(f"{phone.origin}/field")
    phone.unlock()
    item = begin_free_visit(phone)
    small = _shot(64, 48)
    for number in range(count):
        path = folder / "photo.jpg"
        path.write_bytes(small + random.randbytes(size - len(small)))
        phone[f"file-{item}"].set_input_files(path)
        expect(phone["thumb"]).to_have_count(number + 1)
    phone["submit"].click()
    phone["submit-now"].click()
    entry = phone["entry"].first
    expect(entry).to_have_attribute("data-phase", "sealed")
    record = entry.get_attribute("data-record")
    page.wait_for_timeout(1000)
    way.link = link
    done = f"[data-record='{record}'][data-phase=delivered]"
    page.evaluate(f"watchFor('delivered', \"{done}\")")
    began = page.evaluate("dispatchEvent(new Event('online')), performance.now()")
    _until(page, "stamps.delivered")
    took: float = page.evaluate("stamps.delivered") - began
    return count * size / 1000 / took


def _median(values: list[float]) -> float:
    return round(statistics.median(values), 1) if values else float("nan")


# --- the bare form's server ----------------------------------------------------------------


@contextmanager
def _peer(folder: Path) -> Iterator[int]:
    """Build the bare form with the PWA's tools and serve it as the office serves: gzip."""
    built = subprocess.run(
        [
            *(str(ROOT / "tools" / "pwa.sh"), "npm", "exec", "--", "vite", "build"),
            *("--config", str(PEER / "vite.config.mjs"), "--outDir", str(folder)),
        ],
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stdout + built.stderr

    class Files(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = folder / (self.path.strip("/") or "index.html")
            found = path.is_file()
            kinds = {".js": "text/javascript", ".html": "text/html; charset=utf-8"}
            body = gzip.compress(path.read_bytes()) if found else b""
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", kinds.get(path.suffix, "text/plain"))
            self.send_header("Content-Encoding", "gzip" if found else "identity")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            left = int(self.headers["Content-Length"])
            while left:
                left -= len(self.rfile.read(min(left, 1 << 16)))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Files)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
