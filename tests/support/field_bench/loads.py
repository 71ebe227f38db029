"""First loads with nothing cached, and reloads without a network."""

from support.field_bench.page import STAMPS, App, median, say, slow, stamped
from support.field_office import KillablePhone

OFFLINE_RELOADS = 100
_LOADING_MS = 3000
"""How long a page that loads is left alone: asking it is done on its slowed thread."""


def loads(phone: KillablePhone, app: App, repeats: int) -> dict[str, object]:
    say(f"first loads: {app.name}")
    cold = [_cold(phone, app) for _ in range(repeats)]
    say(f"offline reloads: {app.name}")
    offline = _offline(phone, app)
    return {f"{app.name}_{what}": median([one[what] for one in cold]) for what in cold[0]} | {
        f"{app.name}_offline_reload_ms": median(offline),
        f"{app.name}_offline_reloads": f"{len(offline)} of {OFFLINE_RELOADS}",
    }


def _cold(phone: KillablePhone, app: App) -> dict[str, float]:
    """Load with nothing cached, as on the first visit of an enrolled phone."""
    phone.page.goto("about:blank")
    page = phone.page.context.new_page()
    tools = page.context.new_cdp_session(page)
    slow(tools, line=True)
    tools.send("Network.clearBrowserCache")
    kept_by_worker = {"origin": app.origin, "storageTypes": "service_workers,cache_storage"}
    tools.send("Storage.clearDataForOrigin", kept_by_worker)
    asked: list[float] = []
    tools.on("Network.requestWillBeSent", lambda event: asked.append(event["timestamp"]))
    received: list[tuple[float, float]] = []
    tools.on("Network.loadingFinished", lambda event: received.append(_received(event)))
    page.add_init_script(f"{STAMPS};watchFor('usable', '{app.usable}')")
    page.goto(app.url, wait_until="commit")
    page.wait_for_timeout(_LOADING_MS)
    usable = stamped(page, "usable")
    sizes = [size for moment, size in received if 1000 * (moment - asked[0]) <= usable]
    found = page.evaluate("({ lcp, longTasks })")
    quiet = max([usable, *(start + took for start, took in found["longTasks"])])
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.close()
    return {
        "first_kib": sum(sizes) / 1024,
        "first_requests": len(sizes),
        "lcp_ms": found["lcp"],
        "usable_ms": usable,
        "tti_ms": quiet,
        "tbt_ms": sum(max(0, took - 50) for _, took in found["longTasks"]),
    }


def _received(event: dict[str, float]) -> tuple[float, float]:
    return event["timestamp"], event["encodedDataLength"]


def _offline(phone: KillablePhone, app: App) -> list[float]:
    """Reload without a network after that one visit; milliseconds of those that worked."""
    page = phone.page
    tools = page.context.new_cdp_session(page)
    page.goto(app.url)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    slow(tools, line=False)
    page.add_init_script(f"{STAMPS};watchFor('usable', '{app.usable}')")
    phone.go_offline()
    times = []
    for _ in range(OFFLINE_RELOADS):
        page.reload(wait_until="commit")
        times.append(stamped(page, "usable"))
    phone.go_online()
    tools.detach()
    return times
