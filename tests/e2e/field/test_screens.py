"""What the inspector holds in the hand: few taps, rides, honest positions, places, advice."""

import pytest
from playwright.sync_api import expect

from support.browser import CHROMIUM_ARGUMENTS, find_chromium
from support.field_screens import (
    begin,
    move,
    phone_on_today,  # noqa: F401 -- fixture
    smaller_than_a_thumb,
    submitted,
    the_phone,  # noqa: F401 -- fixture
)

pytestmark = pytest.mark.slow

COUNT_TAPS = """() => {
  window.taps = 0
  addEventListener('click', (event) => { if (event.isTrusted) window.taps += 1 }, true)
}"""
IOS = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15"
WECHAT = f"{IOS} (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.49(0x18003130) NetType/4G"
IPHONE = f"{IOS} (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"


def test_from_unlock_to_the_first_saved_answer(phone):
    phone["lock"].click()
    phone.unlock()
    phone.page.evaluate(COUNT_TAPS)
    phone.page.locator("[data-testid^='visit-']").first.click()
    answer = phone.page.locator("[data-testid^='answer-'][data-testid$='-yes']").first
    answer.click()
    phone.saved()
    assert phone.page.evaluate("window.taps") <= 3
    name = answer.get_attribute("data-testid")

    phone.kill()
    phone.start(offline=True)
    phone.unlock()
    phone.page.locator("[data-testid^='visit-']").first.click()
    expect(phone[name]).to_have_attribute("aria-pressed", "true")


def test_a_shot_without_leaving_the_checklist(phone):
    begin(phone, "窗口")
    phone.page.evaluate(COUNT_TAPS)
    phone.page.locator("[data-testid^='camera-']").first.click()
    expect(phone["camera-kinds"]).to_contain_text("不得拍摄")
    phone["shutter"].click()
    expect(phone["camera-count"]).to_contain_text("1")
    phone["camera-done"].click()
    assert phone.page.evaluate("window.taps") == 3
    expect(phone["thumb"]).to_have_count(1)
    phone.page.locator("[data-testid^='remark-add-']").first.click()
    phone["phrases"].first.get_by_role("button").first.click()
    expect(phone.page.locator("textarea[data-testid^='remark-']").first).not_to_have_value("")


def test_everything_to_tap_is_as_large_as_a_thumb(phone):
    page = phone.page
    found = {"today": smaller_than_a_thumb(page)}
    for tab in ("outbox", "settings"):
        phone[f"tab-{tab}"].click()
        expect(phone[f"tab-{tab}"]).to_have_attribute("aria-current", "page")
        found[tab] = smaller_than_a_thumb(page)
    phone["tab-today"].click()
    begin(phone)
    phone.page.locator("[data-testid^='answer-'][data-testid$='-no']").first.click()
    expect(phone["ride-start"]).to_be_visible()
    found["visit"] = smaller_than_a_thumb(page)
    phone["submit"].click()
    found["submit"] = smaller_than_a_thumb(page)
    phone["sheet-cancel"].click()
    phone["hide"].click()
    found["notes"] = smaller_than_a_thumb(page)
    phone["notes-door"].click()
    found["door"] = smaller_than_a_thumb(page)
    assert {screen: small for screen, small in found.items() if small} == {}


def test_a_ride_survives_a_kill_and_is_told_with_its_fare(phone, field_office):
    begin(phone)
    phone["ride-start"].click()
    expect(phone["ride"]).to_contain_text("让这一页开着", timeout=20_000)
    phone.saved()
    phone.kill()

    phone.start(offline=True)
    phone.unlock()
    phone.page.locator("[data-testid^='draft-']").first.click()
    expect(phone["ride-running"]).to_be_visible()
    phone.page.wait_for_timeout(8_000)  # 300 m take some seconds, or the fix is taken for a fault.
    move(phone, 300)
    phone["ride-stop"].click()
    expect(phone["ride-ended"]).to_contain_text("0.3 km", timeout=20_000)
    expect(phone["ride-ended"]).to_contain_text("应付约")
    phone["ride-fare_paid"].fill("30")
    phone["ride-fare_paid"].blur()
    expect(phone["ride-difference"]).to_contain_text("多付")
    phone.saved()
    phone.go_online()

    view = submitted(phone, field_office)
    ride = view["ride"]
    assert set(ride) == {"from", "to", "distance_m", "duration_s", "fare_paid", "fare_expected"}
    assert 290 <= ride["distance_m"] <= 310
    assert ride["fare_paid"] == 3000
    assert ride["fare_expected"] in (800, 1000), "by day or by night"
    assert "ride-fare-differs" in {flag["code"] for flag in view["flags"]}


def test_no_position_is_taken_for_a_ride_that_nobody_started(phone):
    asked = "() => { window.asked = 0; const g = Geolocation.prototype;"
    asked += " const { getCurrentPosition } = g; g.getCurrentPosition = function (...a) {"
    asked += " window.asked += 1; return getCurrentPosition.apply(this, a) } }"
    phone.page.evaluate(asked)
    begin(phone)
    expect(phone["ride-start"]).to_be_visible()
    phone.page.wait_for_timeout(1_000)
    assert phone.page.evaluate("window.asked") == 0
    phone["ride-start"].click()
    expect(phone["ride-running"]).to_be_visible()
    phone["ride-stop"].click()
    expect(phone["ride-ended"]).to_be_visible()
    taken = phone.page.evaluate("window.asked")
    assert taken == 2, "one at the start, one at the end"


def test_a_position_refused_is_written_down_with_its_reason(phone, field_office):
    phone.page.context.clear_permissions()
    begin(phone, "窗口")
    expect(phone["place-state"]).to_contain_text("没有定位权限")
    phone.saved()
    view = submitted(phone, field_office)
    assert view["place"] == {"reason": "denied"}


def test_a_corrected_position_keeps_what_was_measured(phone, field_office):
    begin(phone, "窗口", "办税服务厅")
    expect(phone["place-state"]).to_contain_text("准确")
    phone["place-correct"].click()
    phone["place-at-site"].click()
    expect(phone["place-state"]).to_contain_text("一并保留")
    place = submitted(phone, field_office)["place"]
    assert place["source"] == "manual"
    assert place["lat_e7"] == 297_031_000
    assert place["measured"]["lat_e7"] == 297_012_300


def test_a_coarse_and_an_odd_fix_are_marked(phone):
    move(phone, 0)
    where = {"latitude": phone.latitude, "longitude": phone.longitude}
    phone.page.context.set_geolocation({**where, "accuracy": 900})
    begin(phone, "窗口")
    phone["place"].get_by_role("button", name="就用这个").click()
    expect(phone["place-state"]).to_contain_text("粗略")
    phone.page.context.set_geolocation({**where, "accuracy": 0})
    phone["place"].get_by_role("button", name="定位", exact=True).click()
    expect(phone["place-state"]).to_contain_text("不像手机测得的")


def test_a_forbidden_place_says_so_before_any_camera(phone):
    phone["free"].click()
    option = phone["free-site"].locator("option").filter(has_text="宿舍")
    phone["free-site"].select_option(option.get_attribute("value"))
    expect(phone["free-forbidden"]).to_be_visible()
    phone["free-start"].click()
    expect(phone["capture-forbidden"]).to_be_visible()
    expect(phone.page.locator("[data-testid^='camera-'], [data-testid^='file-']")).to_have_count(0)


def test_the_days_map_is_drawn_without_a_network(phone):
    phone.go_offline()
    phone["map"].click()
    expect(phone["day-map"]).to_contain_text("办税服务厅")
    phone["near"].click()
    expect(phone["map-me"]).to_be_attached()
    nearest = phone["day-map"].locator("li").first
    expect(nearest).to_contain_text("m")
    nearest.get_by_role("button").click()
    expect(phone["note"]).to_be_attached()


def test_the_list_of_open_apps_shows_nothing(phone):
    visible = "getComputedStyle(document.body).visibility"
    phone.page.evaluate("dispatchEvent(new Event('blur'))")
    assert phone.page.evaluate(visible) == "hidden"
    phone.page.evaluate("dispatchEvent(new Event('focus'))")
    assert phone.page.evaluate(visible) == "visible"
    phone.page.evaluate("dispatchEvent(new Event('pagehide'))")
    assert phone.page.evaluate(visible) == "hidden"


def test_the_look_is_remembered(phone):
    ground = "getComputedStyle(document.body.parentElement).backgroundColor"
    phone["tab-settings"].click()
    phone["look-dim"].click()
    expect(phone["look-dim"]).to_have_attribute("aria-pressed", "true")
    assert phone.page.evaluate(ground) == "rgb(0, 0, 0)"
    phone.stop()
    phone.start(offline=True)
    expect(phone.page.locator("html")).to_have_attribute("data-look", "dim")
    assert phone.page.evaluate(ground) == "rgb(0, 0, 0)"
    assert phone.page.locator("meta[name=theme-color]").get_attribute("content") == "#000"


@pytest.fixture
def changed_office(field_office):
    """The office after a restart: older apps may no longer begin visits, and the app has a name."""
    settings = {"ANFANG_OLDEST_APP": "9.0.0", "ANFANG_APP_NAME": "备忘"}
    field_office.stop()
    field_office.environment.update(settings)
    try:
        field_office.serve()
        yield field_office
    finally:
        field_office.stop()
        for name in settings:
            del field_office.environment[name]
        field_office.serve()


def test_a_version_too_old_finishes_and_delivers_but_begins_nothing(phone, request):
    begin(phone, "窗口")
    phone["note"].fill("已经写了一半")
    phone.saved()
    office = request.getfixturevalue("changed_office")
    phone.page.reload()
    phone.unlock()
    expect(phone["app-too-old"]).to_contain_text("版本太旧", timeout=30_000)
    expect(phone["free"]).to_be_disabled()
    phone.page.locator("[data-testid^='draft-']").first.click()
    view = submitted(phone, office)
    assert view["note"] == "已经写了一半"
    assert "app-too-old" in {flag["code"] for flag in view["flags"]}

    page = phone.page.request.get(f"{office.origin}/field").text()
    assert "<title>备忘</title>" in page
    named = phone.page.locator("link[rel=manifest]").get_attribute("href")
    names = phone.page.request.get(f"{office.origin}{named}").json()
    assert (names["name"], names["short_name"]) == ("备忘", "备忘")


@pytest.mark.parametrize(
    ("agent", "advice"), [(WECHAT, "open-in-browser"), (IPHONE, "add-to-home")]
)
def test_where_nothing_can_be_kept_nothing_is_begun(playwright, field_office, agent, advice):
    url = field_office.asked("enrol", "--alias", "屏幕二号")["url"]
    browser = playwright.chromium.launch(
        executable_path=find_chromium(), args=list(CHROMIUM_ARGUMENTS)
    )
    page = browser.new_context(user_agent=agent, locale="zh-CN").new_page()
    page.goto(url)
    expect(page.get_by_test_id(advice)).to_be_visible()
    carried = (
        page.url if advice == "open-in-browser" else page.get_by_test_id("carried").input_value()
    )
    assert carried == url, "the link is not lost"
    assert page.get_by_test_id("secret").count() == 0
    browser.close()
