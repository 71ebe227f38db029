"""What every part does with a page: slow it down, wait in it, note moments, look at its heap."""

import random
import statistics
import sys
from dataclasses import dataclass
from io import BytesIO

from PIL import Image
from playwright.sync_api import CDPSession, Page

SLOWDOWN = 4
LINE_BYTES_A_SECOND = 1_470_000 / 8
ROUND_TRIP_SECONDS = 0.562
_LONGEST_SECONDS = 300

# Notes in the page itself when something is asked for and when it stands there. Who waits asks
# once: what Playwright does to look again and again is done on the page's slowed thread.
STAMPS = """(() => {
  window.stamps = {}
  const wanted = new Map()
  const waiting = new Map()
  const look = () => {
    for (const [name, [selector, count]] of wanted) {
      if (document.querySelectorAll(selector).length < count) continue
      stamps[name] = performance.now()
      wanted.delete(name)
      waiting.get(name)?.()
    }
  }
  window.stamped = async (name, longest) => {
    if (name in stamps) return
    await new Promise((resolve, reject) => {
      waiting.set(name, resolve)
      setTimeout(() => reject(new Error(`never: ${name}`)), longest)
    })
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


def say(what: str) -> None:
    """Where it is, for whoever waits."""
    sys.stderr.write(f"{what}\n")
    sys.stderr.flush()


def slow(tools: CDPSession, *, line: bool) -> None:
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


def watch_for(page: Page, name: str, selector: str, count: int = 1) -> None:
    """Have the page note under `name` when that many elements stand there, from now on."""
    page.evaluate(
        "([name, ...what]) => { delete stamps[name]; watchFor(name, ...what) }",
        [name, selector, count],
    )


def stamped(page: Page, name: str) -> float:
    """Wait for what is watched for; milliseconds of the page's own clock."""
    page.evaluate("([name, longest]) => stamped(name, longest)", [name, 1000 * _LONGEST_SECONDS])
    moment: float = page.evaluate("(name) => stamps[name]", name)
    return moment


def since(page: Page, end: str, begin: str) -> float:
    """Wait for one moment; milliseconds since the other."""
    moment = stamped(page, end)
    difference: float = page.evaluate("([begin, end]) => end - stamps[begin]", [begin, moment])
    return difference


def heap(tools: CDPSession) -> float:
    """Megabytes that scripts hold in a page, with whatever drives it."""
    tools.send("HeapProfiler.collectGarbage")
    return float(tools.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def drivers_heap(page: Page) -> float:
    """Megabytes of Playwright's own scripts, which it puts into a page once it looks for something.

    Measured in an empty page of the same context; no part of any app.
    """
    empty = page.context.new_page()
    empty.goto("about:blank")
    tools = empty.context.new_cdp_session(empty)
    before = heap(tools)
    look_around(empty)
    grown = heap(tools) - before
    empty.close()
    return grown


def look_around(page: Page) -> None:
    """Make Playwright put its scripts into the page, if it has not yet."""
    page.locator("body").is_visible()


def shot(width: int, height: int) -> bytes:
    """A JPEG about as large as a camera's, unlike any other."""
    coarse = Image.frombytes(
        "RGB", (width // 8, height // 8), random.randbytes(width * height * 3 // 64)
    )
    out = BytesIO()
    coarse.resize((width, height)).save(out, "JPEG", quality=85)
    return out.getvalue()


def median(values: list[float]) -> float:
    return round(statistics.median(values), 1) if values else float("nan")
