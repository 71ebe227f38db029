"""Every field screen for everybody: axe, twice the text, the keyboard; in both languages."""

import pytest
from playwright.sync_api import expect

from support.axe import serious_faults
from support.field_screens import begin, phone_on_today, the_phone  # noqa: F401 -- fixtures

pytestmark = pytest.mark.slow

# Bars that stand fast do not widen the page; phrases scroll sideways by themselves.
BEYOND = """() => [...document.querySelectorAll('body, button, input, select, textarea, p, h1')]
  .filter((one) => one.checkVisibility() && !one.closest('.phrases'))
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => one.dataset.testid ?? one.outerHTML.slice(0, 80))
  .concat(document.documentElement.scrollWidth > innerWidth ? ['the page'] : [])"""


def screens(phone):
    """Go through the app; yields the name of every screen once it stands there."""
    yield "today"
    phone["map"].click()
    expect(phone["day-map"]).to_be_visible()
    yield "map"
    phone["map"].click()
    phone["tab-outbox"].click()
    yield "outbox"
    phone["tab-settings"].click()
    yield "settings"
    phone["duress"].click()
    yield "second PIN"
    phone["tab-today"].click()
    phone["free"].click()
    yield "free"
    phone["back"].click()
    begin(phone)
    phone.page.locator("[data-testid^='answer-'][data-testid$='-no']").first.click()
    phone.page.locator("[data-testid^='remark-add-']").first.click()
    phone["place-correct"].click()
    expect(phone["ride-start"]).to_be_visible()
    yield "visit"
    phone["ride-start"].click()
    expect(phone["ride-running"]).to_be_visible()
    yield "ride"
    phone.page.locator("[data-testid^='camera-']").first.click()
    expect(phone["shutter"]).to_be_enabled()
    yield "camera"
    phone["shutter"].click()
    expect(phone["camera-count"]).to_contain_text("1")
    phone["camera-done"].click()
    yield "photo"
    phone["submit"].click()
    yield "submit"
    phone["sheet-cancel"].click()
    phone["impossible"].click()
    yield "impossible"
    phone["impossible-reason"].fill("…")
    phone["impossible-submit"].click()
    phone["entry"].first.click()
    expect(phone["entry-status"]).to_be_visible()
    yield "entry"
    phone["hide"].click()
    yield "notes"
    phone["note-new"].click()
    yield "note"
    phone["note-done"].click()
    phone["notes-door"].click()
    yield "door"
    phone["forgotten"].click()
    expect(phone["forgotten-counts"]).to_be_visible()
    yield "forgotten"
    phone["forgotten-back"].click()
    phone.unlock()


def set_up(phone, language, look):
    phone["tab-settings"].click()
    phone[f"locale-{language}"].click()
    phone[f"look-{look}"].click()
    phone["tab-today"].click()


@pytest.mark.parametrize(
    ("language", "look"), [("zh-CN", "dark"), ("en", "light"), ("zh-CN", "dim")]
)
def test_no_screen_has_a_serious_fault(phone, language, look):
    set_up(phone, language, look)
    found = {}
    for name in screens(phone):
        if faults := serious_faults(phone.page):
            found[name] = faults
    assert found == {}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_twice_the_text_fits_the_width(phone, language):
    set_up(phone, language, "auto")
    phone.page.evaluate("document.documentElement.style.fontSize = '200%'")
    wide = {}
    for name in screens(phone):
        beyond = phone.page.evaluate(BEYOND)
        if beyond:
            wide[name] = beyond
    assert wide == {}


def test_a_keyboard_is_enough(phone):
    set_up(phone, "zh-CN", "auto")
    focused = "document.activeElement?.dataset.testid ?? ''"

    def tab_to(start, key="Tab"):
        for _ in range(40):
            phone.page.keyboard.press(key)
            if phone.page.evaluate(focused).startswith(start):
                return
        pytest.fail(f"no way to {start} by {key}")

    tab_to("visit-", "Shift+Tab")
    phone.page.keyboard.press("Enter")
    expect(phone["note"]).to_be_attached()
    tab_to("answer-")
    phone.page.keyboard.press("Space")
    phone.saved()
    assert phone.page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"


def test_who_wants_no_motion_gets_none(phone):
    phone.page.emulate_media(reduced_motion="reduce")
    moving = phone.page.evaluate(
        """() => [...document.querySelectorAll('*')].map((one) => getComputedStyle(one))
          .filter(({ animationName, transitionDuration }) =>
            animationName !== 'none' || transitionDuration !== '0s').length"""
    )
    assert moving == 0
