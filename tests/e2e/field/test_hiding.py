"""A phone that gives nothing away: hiding, the second PIN, and what a disk shows after the lock."""

import base64
import random
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from support.field_office import KillablePhone, begin_free_visit, noise_photo

pytestmark = pytest.mark.slow

PIN = "730518"
SECOND_PIN = "582940"
PLANTED = "种下的字句四七一一 planted-words-4711"
PLATE = "示A·4711Q"
HARMLESS = "harmless-note-0815"

# Keys are in the clear only inside the page: what is wrapped there is noted for the search.
SPY = """() => {
  window.seen ??= []
  const { wrapKey } = SubtleCrypto.prototype
  SubtleCrypto.prototype.wrapKey = async function (format, key, ...rest) {
    const jwk = await crypto.subtle.exportKey('jwk', key)
    window.seen.push(jwk.d ?? jwk.k)
    return wrapKey.call(this, format, key, ...rest)
  }
}"""


def enter(phone, pin):
    for digit in pin:
        phone[f"pin-{digit}"].click()


def enrol_with_spy(phone, url):
    """Enrol while every key that is made is written down; returns nothing: see `window.seen`."""
    phone.start(url)
    phone.page.evaluate(SPY)
    phone["protect-pin"].click()
    phone["secret"].fill(phone.secret)
    phone["secret-again"].fill(phone.secret)
    phone["secret-create"].click()
    phone["compare-done"].click()
    expect(phone["tab-today"]).to_be_visible()
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def write_harmless_note(phone):
    phone["note-new"].click()
    phone["note-text"].fill(HARMLESS)
    phone["note-done"].click()
    expect(phone["note"]).to_have_count(1)


def leave_visit(phone):
    """Back over the form that began the visit."""
    phone["back"].click()
    expect(phone["free-start"]).to_be_visible()
    phone["back"].click()


def set_second_pin(phone):
    phone["tab-settings"].click()
    phone["duress"].click()
    phone["current-secret"].fill(PIN)
    phone["duress-secret"].fill(SECOND_PIN)
    phone["duress-secret-again"].fill(SECOND_PIN)
    phone["duress-secret-create"].click()
    expect(phone["duress"]).to_contain_text("更换")


@pytest.fixture
def phone(enrolled):
    return enrolled("隐藏一号", PIN)


@pytest.mark.parametrize("gesture", ["control", "escape", "long press", "three taps", "swipe"])
def test_one_gesture_leaves_only_the_notebook(phone, gesture):
    header = phone.page.locator("header.bar h1").bounding_box()
    x, y = header["x"] + 20, header["y"] + header["height"] / 2
    mouse = phone.page.mouse
    match gesture:
        case "control":
            phone["hide"].click()
        case "escape":
            phone.page.keyboard.press("Escape")
            phone.page.keyboard.press("Escape")
        case "three taps":
            for _ in range(3):
                mouse.click(x, y)
        case "long press":
            mouse.move(x, y)
            mouse.down()
            expect(phone["notes"]).to_be_visible()
            mouse.up()
        case "swipe":
            mouse.move(x, y)
            mouse.down()
            mouse.move(x + 200, y + 5, steps=4)
            mouse.up()
    expect(phone["notes"]).to_be_visible()
    assert "今天" not in phone.page.inner_text("body")

    phone.stop()
    phone.start(offline=True)
    expect(phone["notes"]).to_be_visible()
    phone["notes-door"].click()
    phone.unlock()


def test_hiding_in_one_tab_hides_in_all(phone):
    other = phone.page.context.new_page()
    other.goto(phone.page.url)
    for digit in PIN:
        other.get_by_test_id(f"pin-{digit}").click()
    expect(other.get_by_test_id("tab-today")).to_be_visible()
    phone["hide"].click()
    expect(other.get_by_test_id("notes")).to_be_visible()
    other.close()


def test_the_second_pin_destroys_and_shows_an_empty_notebook(phone):
    phone["hide"].click()
    write_harmless_note(phone)
    phone["notes-door"].click()
    phone.unlock()
    set_second_pin(phone)
    phone["tab-today"].click()
    begin_free_visit(phone)
    phone["note"].fill(PLANTED)
    phone.saved()
    phone["hide"].click()
    phone["notes-door"].click()
    enter(phone, SECOND_PIN)

    expect(phone["note-new"]).to_be_visible()
    expect(phone["note"]).to_have_count(0)
    stores = ("plain", "keys", "docs", "originals", "thumbs")
    assert [phone.kept(store) for store in stores] == [0] * 5
    phone.stop()
    phone.start(offline=True)
    expect(phone["note"]).to_contain_text(HARMLESS)
    phone["notes-door"].click()
    enter(phone, PIN)
    expect(phone["unlock-status"]).to_contain_text("不对")
    enter(phone, SECOND_PIN)
    expect(phone["note-new"]).to_be_visible()
    expect(phone["note"]).to_have_count(0)


def test_a_changed_pin_opens_what_the_old_one_sealed(phone):
    begin_free_visit(phone)
    phone["note"].fill(PLANTED)
    phone.saved()
    leave_visit(phone)
    phone["tab-settings"].click()
    phone["secret-change"].click()
    phone["current-secret"].fill(PIN)
    phone["next-secret"].fill(SECOND_PIN)
    phone["next-secret-again"].fill(SECOND_PIN)
    phone["next-secret-create"].click()
    expect(phone["unlock-status"]).to_be_visible()
    enter(phone, PIN)
    expect(phone["unlock-status"]).to_contain_text("不对")
    enter(phone, SECOND_PIN)
    phone.page.locator("[data-testid^='draft-']").click()
    expect(phone["note"]).to_have_value(PLANTED)


def test_signing_out_names_what_is_lost_and_leaves_nothing(phone):
    begin_free_visit(phone)
    phone["note"].fill(PLANTED)
    phone.saved()
    leave_visit(phone)
    phone["tab-settings"].click()
    phone["sign-out"].click()
    expect(phone["sign-out-loses"]).to_contain_text("1 份没写完的草稿")
    expect(phone["sign-out-yes"]).to_be_disabled()
    phone["sign-out-understood"].check()
    phone["sign-out-yes"].click()
    expect(phone["link"]).to_be_visible()
    for store in ("plain", "keys", "docs", "originals", "thumbs"):
        assert phone.kept(store) == 0


def test_a_forgotten_pin_says_what_is_lost_and_lets_begin_anew(phone, field_office):
    begin_free_visit(phone)
    phone.saved()
    phone["hide"].click()
    phone["notes-door"].click()
    phone["forgotten"].click()
    expect(phone["forgotten-counts"]).to_contain_text("1 份没写完的草稿")
    phone["forgotten-understood"].check()
    phone["forgotten-erase"].click()
    expect(phone["link"]).to_be_visible()
    phone.stop()
    phone.enrol(field_office.asked("enrol", "--alias", "隐藏一号")["url"])


def test_after_the_lock_the_disk_shows_nothing(playwright, field_office, tmp_path):
    """Words, photo bytes and key scalars are searched in every file of the browser's profile."""
    phone = KillablePhone(playwright, field_office.origin, tmp_path / "disk", PIN, "pin")
    enrol_with_spy(phone, field_office.asked("enrol", "--alias", "隐藏二号")["url"])
    photo = noise_photo(random.Random(4711), 640, 480)
    path = tmp_path / "shot.jpg"
    path.write_bytes(photo)

    # The day's visits must be there before the network goes.
    expect(phone["free"]).to_be_visible()
    phone.go_offline()
    for number in range(2):
        item = begin_free_visit(phone)
        phone[f"file-{item}"].set_input_files(path)
        expect(phone["thumb"]).to_have_count(1)
        phone["note"].fill(PLANTED)
        phone["private-plate"].fill(PLATE)
        phone.saved()
        if number == 0:
            phone["submit"].click()
            phone["submit-now"].click()
            expect(phone.entry()).to_have_attribute("data-phase", "sealed")
            phone["tab-today"].click()
    # Browsers write the state of forms into their session file now and then, for a restore.
    time.sleep(8)
    assert phone.kept("originals") == 2
    # On its way to the office a photo is in the clear inside the browser: nothing of it may stay.
    phone.go_online()
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    while phone.kept("originals") == 2:
        phone.page.wait_for_timeout(200)
    keys = phone.page.evaluate("window.seen")
    assert len(keys) == 3, "store key, device key, one record's key"
    phone["hide"].click()
    write_harmless_note(phone)
    time.sleep(1)
    assert not _found(tmp_path / "disk", _needles(photo, keys)), "while the browser still runs"
    phone.stop()

    assert not _found(tmp_path / "disk", _needles(photo, keys))
    control = _found(tmp_path / "disk", {"the harmless note": _texts(HARMLESS)})
    assert control, "the search finds what does lie there in clear"
    path.unlink()


def _needles(photo: bytes, keys: list[str]) -> dict[str, list[bytes]]:
    needles = {
        "words": _texts(PLANTED) + _texts("planted-words-4711"),
        "plate": _texts(PLATE),
        "PIN": [f'"{PIN}"'.encode()],
        "photo": [photo[at : at + 32] for at in range(1024, len(photo) - 32, 8192)],
    }
    for number, key in enumerate(keys):
        raw = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
        plain = base64.b64encode(raw).rstrip(b"=")
        needles[f"key {number}"] = [raw, raw.hex().encode(), key.encode(), plain]
    return needles


def _texts(text: str) -> list[bytes]:
    return [text.encode(), text.encode("utf-16-le")]


def _found(folder: Path, needles: dict[str, list[bytes]]) -> list[str]:
    hits = []
    for file in folder.rglob("*"):
        if not file.is_file():
            continue
        data = file.read_bytes()
        hits += [
            f"{name} in {file.relative_to(folder)}"
            for name, forms in needles.items()
            if any(form in data for form in forms)
        ]
    return hits
