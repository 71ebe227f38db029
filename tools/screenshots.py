"""Take the pictures in `docs/images` from a fresh demonstration (`make screenshots`)."""

import subprocess
import sys
import tempfile
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Playwright, sync_playwright

from anfang.demo import pictures
from anfang.kit.clock import now

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
_NOTICE_DOTS_PER_INCH = "80"
# Pages of the console, each with what stands there once it is whole; of what a page shows one of,
# where the API lists it and how it must stand.
_PAGES = {
    "overview": ("/overview", "[data-testid=figures] canvas"),
    "cases": ("/cases", "[data-testid=cases] tbody tr"),
    "ladders": ("/ladders", "[data-testid=facts]"),
    "supervision": ("/supervision", "[data-testid=matters] tbody tr"),
    "complaints": ("/complaints", "[data-testid=complaints] tbody tr"),
    "survey": ("/surveys/:id", "[data-testid=results] canvas"),
    "ranking": ("/scores/:id", "[data-testid=ranked]"),
    "comparison": ("/claims/compare/:id", "[data-testid=comparison] tbody tr"),
}
_ANY_OF = {
    "/surveys/:id": ("/survey-rounds", "published"),
    "/scores/:id": ("/score-runs", "published"),
    "/claims/compare/:id": ("/claim-requests", None),
}

sys.path.insert(0, str(ROOT / "tests"))
from support.browser import CHROMIUM_ARGUMENTS, find_chromium  # noqa: E402 -- the tests' own
from support.e2e_office import Console  # noqa: E402
from support.e2e_phone import FieldPhone  # noqa: E402
from support.e2e_server import Anfang, built_pwa, running_anfang  # noqa: E402


def main() -> None:
    """Start a demonstration of its own, take every picture, stop it."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    built_pwa()
    with tempfile.TemporaryDirectory(prefix="anfang-screenshots-") as name:
        folder = Path(name)
        with running_anfang(folder / "data") as anfang, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=find_chromium(), args=list(CHROMIUM_ARGUMENTS)
            )
            _take_review(browser, anfang)
            _take_pages(browser, anfang)
            browser.close()
            _take_checklist(playwright, anfang, folder / "phone")
            _take_notice(anfang, folder)


def _take_review(browser: Browser, anfang: Anfang) -> None:
    reviewer = Console.signed_in(browser, anfang.origin, anfang.sign_in_of("reviewer1"))
    reviewer.go("/review")
    reviewer["queue"].get_by_text("甲市交通运输局办公楼").first.click()
    reviewer["stage"].locator("img").wait_for()
    reviewer["accept"].wait_for()
    reviewer.page.wait_for_load_state("networkidle")
    _keep("console-review", reviewer.page.screenshot())
    reviewer.close()


def _take_pages(browser: Browser, anfang: Anfang) -> None:
    lead = Console.signed_in(browser, anfang.origin, anfang.sign_in_of("lead"))
    for name, (path, shown) in _PAGES.items():
        lead.go(_filled(path, anfang))
        lead.page.locator(shown).first.wait_for()
        lead.page.locator(".el-loading-mask:visible").first.wait_for(state="hidden")
        lead.page.wait_for_load_state("networkidle")
        _keep(f"console-{name}", lead.page.screenshot())
    lead.close()


def _filled(path: str, anfang: Anfang) -> str:
    """Return a page's address for the first thing that stands as it must."""
    if path not in _ANY_OF:
        return path
    listed, state = _ANY_OF[path]
    items = anfang.desk("lead").get(listed)["items"]
    found = next(one for one in items if state is None or one["state"] == state)
    return path.replace(":id", found["id"])


def _take_checklist(playwright: Playwright, anfang: Anfang, profile: Path) -> None:
    phone = FieldPhone(playwright, anfang.origin, profile, "730518", "pin", 29.70312, 115.99279)
    phone.enrol(anfang.asked("enrol", "--alias", "暗访员01")["url"])
    phone.page.get_by_role("button", name="示范路办税服务厅").click()
    phone.answer({"on_duty": "yes", "deputy": "no", "first_contact": "yes"})
    phone["remark-add-deputy"].click()
    phone["remark-deputy"].fill("2号窗口无人，无B岗顶替。")
    drawn = profile.with_suffix(".jpg")
    drawn.write_bytes(pictures.scene("window_unmanned", 7, now(), 297_031_200, 1_159_927_900))
    phone["file-deputy"].set_input_files(drawn)
    phone["thumb"].locator("img").wait_for()
    phone.saved()
    phone.page.evaluate("scrollTo(0, 0); document.activeElement?.blur()")
    _keep("field-checklist", phone.page.screenshot())
    phone.stop()


def _take_notice(anfang: Anfang, folder: Path) -> None:
    listed = anfang.desk("lead").get("/notices", state="published", kind="exposure")["items"]
    pdf = folder / "notice.pdf"
    pdf.write_bytes(httpx.get(f"{listed[0]['public_url']}/document.pdf").content)
    command = ["pdftoppm", "-png", "-r", _NOTICE_DOTS_PER_INCH, "-singlefile", str(pdf)]
    subprocess.run([*command, str(folder / "notice")], check=True)  # noqa: S603 -- our own words
    _keep("notice", (folder / "notice.png").read_bytes())


def _keep(name: str, picture: bytes) -> None:
    (IMAGES / f"{name}.png").write_bytes(picture)
    sys.stdout.write(f"docs/images/{name}.png\n")


if __name__ == "__main__":
    main()
