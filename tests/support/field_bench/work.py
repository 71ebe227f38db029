"""Work on the form: unlocking, photos, handing over; and what the store behind it does."""

from pathlib import Path

from playwright.sync_api import CDPSession, Page, expect

from support.field_bench.office import until_decoded
from support.field_bench.page import (
    STAMPS,
    App,
    drivers_heap,
    heap,
    look_around,
    median,
    say,
    shot,
    since,
    slow,
    stamped,
    watch_for,
)
from support.field_office import KillablePhone, Office, answer_no, begin_free_visit


def work_ours(
    phone: KillablePhone, office: Office, app: App, folder: Path, repeats: int
) -> dict[str, object]:
    page, tools = _fresh_page(phone, app)
    say("unlocking")
    unlocking = []
    for _ in range(repeats):
        page.reload()
        watch_for(page, "in", "[data-testid=tab-today]")
        phone.enter_secret()
        unlocking.append(since(page, "in", "click"))
    # The form gets a page of its own and is opened once, as the bare one is: each further time
    # leaves some 0.1 MB of machine code behind, which is V8's, not the app's.
    page, tools = _fresh_page(phone, app)
    phone.unlock()
    expect(phone["free"]).to_be_visible()
    phone["free"].click()
    watch_for(page, "form", "[data-testid^=answer-]")
    phone["free-start"].click()
    opening = since(page, "form", "click")
    item = answer_no(phone)
    figures = _photos(page, tools, app, f"[data-testid='file-{item}']", folder, repeats)
    say("submitting")
    submits = [_submit(phone)]
    record = str(phone["entry"].first.get_attribute("data-record"))
    delivered = f"[data-record='{record}'][data-phase=delivered]"
    watch_for(page, "delivered", delivered)
    stamped(page, "delivered")
    until_decoded(office, record)
    for _ in range(repeats - 1):
        phone["tab-today"].click()
        begin_free_visit(phone)
        phone.saved()
        submits.append(_submit(phone))
    return {
        "ours_unlock_ms": median(unlocking),
        "ours_form_opens_ms": round(opening),
        **figures,
        "ours_submit_ms": median(submits),
    }


def _submit(phone: KillablePhone) -> float:
    """Hand over the open form; milliseconds until the outbox shows it."""
    phone["submit"].click()
    watch_for(phone.page, "entry", "[data-testid=entry]", phone["entry"].count() + 1)
    phone["submit-now"].click()
    return since(phone.page, "entry", "click")


def work_bare(phone: KillablePhone, app: App, folder: Path, repeats: int) -> dict[str, object]:
    page, tools = _fresh_page(phone, app)
    figures = _photos(page, tools, app, app.file, folder, repeats)
    submits = []
    for _ in range(repeats):
        page.reload()
        watch_for(page, "entry", "[data-testid=entry]")
        page.click(app.submit)
        submits.append(since(page, "entry", "click"))
    return {**figures, "bare_submit_ms": median(submits)}


def _fresh_page(phone: KillablePhone, app: App) -> tuple[Page, CDPSession]:
    phone.page.close() if len(phone.page.context.pages) > 1 else None
    page = phone.page.context.new_page()
    phone.page = page
    tools = page.context.new_cdp_session(page)
    slow(tools, line=False)
    page.add_init_script(STAMPS)
    page.goto(app.url)
    return page, tools


def _photos(
    page: Page, tools: CDPSession, app: App, into: str, folder: Path, repeats: int
) -> dict[str, object]:
    """Shots of 12 megapixels until they are kept and shown, then the heap with 20 photos."""
    say(f"photos: {app.name}")
    driver = drivers_heap(page)
    look_around(page)
    loaded = heap(tools) - driver
    times, blocked = [], []
    for number in range(20):
        path = folder / "shot.jpg"
        path.write_bytes(shot(4000, 3000) if number < repeats else shot(1200, 900))
        page.evaluate("longTasks.length = 0")
        watch_for(page, "shown", app.photo, number + 1)
        page.set_input_files(into, path)
        stamped(page, "shown")
        if number < repeats:
            times.append(since(page, "shown", "change"))
            blocked.append(page.evaluate("Math.max(0, ...longTasks.map(([, took]) => took))"))
    return {
        f"{app.name}_heap_mb": round(loaded, 1),
        f"{app.name}_photo_ms": median(times),
        f"{app.name}_photo_blocks_ms": median(blocked),
        f"{app.name}_heap_20_photos_mb": round(heap(tools) - driver, 1),
        f"{app.name}_drivers_heap_mb": round(driver, 1),
    }


def store(phone: KillablePhone, url: str, repeats: int) -> dict[str, object]:
    """Megabytes a second, at the machine's full speed."""
    say("store")
    page = phone.page.context.new_page()
    page.goto(url)
    runs = [page.evaluate("measure()") for _ in range(repeats)]
    page.close()
    return {f"{what}_mb_s": median([one[what] for one in runs]) for what in runs[0]}
