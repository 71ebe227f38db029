"""Every way in which a network, a server and a phone fail: each record arrives once and whole."""

import json
import os
import random
import re
import time

import pytest
from playwright.sync_api import expect

from support.fault_proxy import Fault, Given, Link
from support.faulty_site import until
from support.field_office import (
    Filed,
    KillablePhone,
    begin_free_visit,
    file_record,
    is_there_once_and_whole,
    noise_photo,
)
from support.house import ROOT
from support.phone import sha256

pytestmark = pytest.mark.slow

PIN = "730518"
PICTURES = ROOT / "build" / "e2e" / "field"
LEAST_TWICE = 256 * 1024
"""Bytes that may go over the line a second time after a cut."""

# The figures of the field are for the soak: they take minutes.
SLOW_LINE, LARGE = (
    (Link(rate=30_000, dies_after=600_000, dead_for=2), 5_000_000)
    if os.environ.get("ANFANG_TRUE_LINK")
    else (Link(rate=500_000, dies_after=400_000), 1_500_000)
)


@pytest.fixture(scope="module")
def phone(playwright, field_office, tmp_path_factory):
    """One phone for all of these, so that each leaves it fit for the next."""
    profile = tmp_path_factory.mktemp("bad-networks")
    phone = KillablePhone(playwright, field_office.origin, profile, PIN, "pin")
    phone.enrol(field_office.asked("enrol", "--alias", "路上一号")["url"])
    expect(phone["free"]).to_be_visible()
    yield phone
    phone.stop()


@pytest.fixture(autouse=True)
def way(field_office):
    """The way to the office; sound before and after each test."""
    field_office.way.put()
    yield field_office.way
    field_office.way.put()


@pytest.fixture
def dice(request):
    return random.Random(request.node.name)


def photo_of(dice: random.Random, size: int) -> bytes:
    """A photo of `size` bytes that is no other."""
    picture = noise_photo(dice, 64, 48)
    return picture + dice.randbytes(size - len(picture))


def picture(phone: KillablePhone, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    phone.page.screenshot(path=PICTURES / f"{name}.png")


def arrives(phone: KillablePhone, office, filed: Filed, seconds: float = 20) -> None:
    """The phone says delivered, and it is true."""
    phone["tab-outbox"].click()
    expect(phone.entry(filed.record)).to_have_attribute(
        "data-phase", "delivered", timeout=1000 * seconds
    )
    assert is_there_once_and_whole(office, filed)
    until(lambda: phone.kept("originals") == 0)


def is_not_delivered(phone: KillablePhone, filed: Filed) -> None:
    entry = phone.entry(filed.record)
    expect(entry).to_have_attribute("data-phase", re.compile("sealed|accepted"))
    expect(entry).not_to_contain_text("已送达")
    expect(entry).not_to_contain_text("回执")


def hurry(phone: KillablePhone) -> None:
    """What the browser tells when a network is there again."""
    phone.page.evaluate("dispatchEvent(new Event('online'))")


def test_a_large_photo_crosses_a_line_that_keeps_dying(phone, field_office, way, dice, tmp_path):
    photo = photo_of(dice, LARGE)
    way.put(link=SLOW_LINE)
    filed = file_record(phone, tmp_path, "断断续续", photo)
    deadline = time.monotonic() + 30 * len(photo) / SLOW_LINE.rate
    while phone.entry(filed.record).get_attribute("data-phase") != "delivered":
        assert time.monotonic() < deadline, "it does not arrive"
        phone.page.wait_for_timeout(500)
        phone.page.mouse.click(2, 2)  # A person is there: the app does not lock.
    cuts, pushed = way.cuts, way.pushed
    assert cuts >= 2
    assert pushed - len(photo) <= cuts * LEAST_TWICE
    arrives(phone, field_office, filed)


def test_after_any_cut_the_photo_goes_on_where_it_was(phone, field_office, way, dice, tmp_path):
    photo = photo_of(dice, 700_000)
    cuts = [Fault("/uploads/", "PATCH", cut_after=at) for at in (0, 1, 70_000, 65_535)]
    way.put(*cuts, Fault("/uploads/", "PATCH", lose_answer=True))
    filed = file_record(phone, tmp_path, "断在中间", photo)
    arrives(phone, field_office, filed, 40)
    assert all(fault.times == 0 for fault in way.faults)
    assert way.pushed - len(photo) <= 5 * LEAST_TWICE
    assert way.asked("^POST .*/uploads$") == 1


def test_lost_answers_and_doubled_requests_deliver_once(phone, field_office, way, dice, tmp_path):
    way.put(
        Fault("/records$", "POST", lose_answer=True),
        Fault("/records$", "POST", twice=True, again_after=1.5),
        Fault("/uploads$", "POST", twice=True, again_after=0.5),
        Fault("/uploads/", "PATCH", twice=True, again_after=1),
        Fault("/records/[^/]+$", "GET", lose_answer=True),
    )
    filed = file_record(phone, tmp_path, "重复到达", photo_of(dice, 300_000))
    arrives(phone, field_office, filed, 40)
    time.sleep(1.5)
    assert is_there_once_and_whole(field_office, filed)


@pytest.mark.parametrize(
    "portal",
    [
        Given(200),
        Given(302, headers={"Location": "http://127.0.0.1:9/login"}),
        Given(511),
        Given(200, '{"ok": true}', "application/json"),
    ],
    ids=["page", "redirection", "511", "json"],
)
def test_a_login_page_delivers_nothing(phone, field_office, way, dice, tmp_path, portal):
    way.put(Fault("/api/", times=None, given=portal))
    filed = file_record(phone, tmp_path, "登录页", photo_of(dice, 50_000))
    phone.page.wait_for_timeout(1500)
    assert way.requests, "it was tried"
    is_not_delivered(phone, filed)
    expect(phone["connection-not-the-office"]).to_be_visible()
    way.put()
    hurry(phone)
    arrives(phone, field_office, filed)


def test_a_portal_that_appears_in_the_middle(phone, field_office, way, dice, tmp_path):
    photo = photo_of(dice, 600_000)
    way.put(Fault("/uploads/", "PATCH", cut_after=100_000))
    portal = Fault("/api/", times=None, given=Given(404))
    filed = file_record(phone, tmp_path, "半路登录页", photo)
    while not way.cuts:
        phone.page.wait_for_timeout(20)
    sent = way.pushed
    way.faults.append(portal)
    phone.page.wait_for_timeout(1500)
    is_not_delivered(phone, filed)
    way.faults.clear()
    hurry(phone)
    arrives(phone, field_office, filed)
    assert way.pushed - len(photo) <= LEAST_TWICE, f"{sent} of it were there"


def test_server_errors_pass(phone, field_office, way, dice, tmp_path):
    way.put(
        Fault("/records$", "POST", given=Given(500)),
        Fault("/uploads$", "POST", given=Given(502)),
        Fault("/uploads/", "PATCH", given=Given(503)),
    )
    filed = file_record(phone, tmp_path, "故障", photo_of(dice, 40_000))
    arrives(phone, field_office, filed, 40)


def test_throttling_is_honoured(phone, field_office, way, tmp_path):
    asked_to_wait = Given.problem(429, "too-many-attempts", **{"Retry-After": "4"})
    way.put(Fault("/records$", "POST", given=asked_to_wait))
    filed = file_record(phone, tmp_path, "限流")
    expect(phone["connection-busy"]).to_be_visible()
    refused, asked = time.monotonic(), len(way.requests)
    hurry(phone)
    while len(way.requests) == asked:
        phone.page.wait_for_timeout(50)
        assert time.monotonic() < refused + 15
    assert time.monotonic() - refused > 3
    arrives(phone, field_office, filed)


def test_the_server_is_killed_in_the_middle(phone, field_office, way, dice, tmp_path):
    photo = photo_of(dice, 1_500_000)
    way.put(link=Link(rate=600_000))
    filed = file_record(phone, tmp_path, "服务器断电", photo)
    while way.pushed < 400_000:
        phone.page.wait_for_timeout(20)
    field_office.kill()
    phone.page.wait_for_timeout(1000)
    is_not_delivered(phone, filed)
    way.link = Link()
    field_office.serve()
    hurry(phone)
    arrives(phone, field_office, filed, 60)


def test_a_token_that_ran_out(phone, field_office, way, dice, tmp_path):
    way.put(
        Fault("/records$", "POST", without_token=True),
        Fault("/uploads/", "PATCH", without_token=True),
    )
    filed = file_record(phone, tmp_path, "令牌过期", photo_of(dice, 40_000))
    arrives(phone, field_office, filed)
    assert way.asked("/token$") == 2


def test_an_office_that_misses_photos_again(phone, field_office, way, dice, tmp_path):
    photo = photo_of(dice, 40_000)

    earlier: list[str] = []

    def keep(body: bytes) -> bytes:
        earlier.append(json.loads(body)["receipt"])
        return body

    def misses(body: bytes) -> bytes:
        """The office has lost what it had."""
        lost = {"missing": [sha256(photo)], "receipt": earlier[0]}
        return json.dumps(json.loads(body) | lost).encode()

    way.put(
        Fault("/records$", "POST", rewrite=keep),
        Fault("/records/[^/]+$", "GET", rewrite=misses, times=2),
    )
    filed = file_record(phone, tmp_path, "又说缺", photo)
    arrives(phone, field_office, filed, 40)
    assert way.asked("^POST .*/uploads$") == 2


def test_a_poison_item_is_set_aside_alone(phone, field_office, way, dice, tmp_path):
    refusal = Given.problem(422, "disclosures-incomplete")
    way.put(Fault("/records$", "POST", given=refusal))
    poison = file_record(phone, tmp_path, "有问题的一条", photo_of(dice, 30_000))
    expect(phone.entry(poison.record)).to_have_attribute("data-phase", "aside")
    good = file_record(phone, tmp_path, "没问题的一条", photo_of(dice, 30_000))
    expect(phone.entry(good.record)).to_have_attribute("data-phase", "delivered")
    assert is_there_once_and_whole(field_office, good)
    picture(phone, "outbox-aside")
    phone.entry(poison.record).click()
    expect(phone["entry-aside"]).to_contain_text("不影响其他记录")
    expect(phone["entry-wait"]).to_contain_text("记录缺少内容")
    picture(phone, "entry-aside")
    phone["send-now"].click()
    expect(phone["entry-status"]).to_contain_text("已送达")
    phone["back"].click()
    arrives(phone, field_office, poison)


def test_two_tabs_work_and_one_sends(phone, field_office, way, dice, tmp_path):
    other = phone.second_tab()
    first = phone.page
    try:
        phone.page = other
        phone.unlock()
        in_other = file_record(phone, tmp_path, "第二个窗口", photo_of(dice, 30_000))
        phone.page = first
        in_first = file_record(phone, tmp_path, "第一个窗口", photo_of(dice, 30_000))
        locks = first.evaluate("navigator.locks.query()")
        holders = [one for one in locks["held"] if one["name"] == "notes-send"]
        assert len(holders) == 1
        arrives(phone, field_office, in_first)
        arrives(phone, field_office, in_other)
        assert way.asked("/records$") == 2
        first.close()
        phone.page = other
        after = file_record(phone, tmp_path, "剩下的窗口")
        arrives(phone, field_office, after)
    finally:
        phone.page = other


def test_an_update_in_the_middle_of_a_visit(phone, field_office, way, tmp_path):
    phone["tab-today"].click()
    begin_free_visit(phone)
    phone["note"].fill("写到一半")
    phone.saved()
    way.put(Fault("/sw.js", times=None, rewrite=lambda body: body + b"\n// another version\n"))
    phone.page.evaluate("window.sameDocument = true")
    phone.page.evaluate("navigator.serviceWorker.getRegistration('/field').then((r) => r.update())")
    waits = "navigator.serviceWorker.getRegistration('/field').then((r) => r.waiting !== null)"
    while not phone.page.evaluate(waits):
        phone.page.wait_for_timeout(100)
    assert phone.page.evaluate("window.sameDocument")
    assert phone["note"].input_value() == "写到一半"
    phone["note"].fill("写到一半，又写了一句")
    phone.saved()
    phone.page.reload()
    phone.unlock()
    phone.page.locator("[data-testid^='draft-']").first.click()
    expect(phone["note"]).to_have_value("写到一半，又写了一句")
    phone["submit"].click()
    phone["submit-now"].click()
    expect(phone["entry"].first).to_have_attribute("data-phase", "delivered")


def test_full_storage_is_told_and_loses_nothing(phone, field_office, dice, tmp_path):
    phone["tab-today"].click()
    item = begin_free_visit(phone)
    phone["note"].fill("满之前写的")
    phone.saved()
    large = tmp_path / "large.jpg"
    large.write_bytes(photo_of(dice, 3_000_000))
    phone.restart()
    phone.leave_room(500_000)
    phone.unlock()
    phone.page.locator("[data-testid^='draft-']").first.click()
    phone[f"file-{item}"].set_input_files(large)
    expect(phone.page.get_by_text("手机存储空间已满").first).to_be_visible()
    picture(phone, "storage-full")
    expect(phone["thumb"]).to_have_count(0)
    phone.restart()
    phone.unlock()
    phone.page.locator("[data-testid^='draft-']").first.click()
    phone[f"file-{item}"].set_input_files(large)
    expect(phone["thumb"]).to_have_count(1)
    assert phone["note"].input_value() == "满之前写的"
    phone.saved()
    phone["submit"].click()
    phone["submit-now"].click()
    record = str(phone["entry"].first.get_attribute("data-record"))
    arrives(phone, field_office, Filed(record, "满之前写的", (large.read_bytes(),)))


def test_a_database_closed_by_the_system(phone, field_office, way, dice, tmp_path):
    phone["tab-today"].click()
    item = begin_free_visit(phone)
    phone["note"].fill("关闭之前")
    phone.saved()
    close_databases(phone)
    photo = tmp_path / "after.jpg"
    photo.write_bytes(photo_of(dice, 40_000))
    phone[f"file-{item}"].set_input_files(photo)
    expect(phone["thumb"]).to_have_count(1)
    close_databases(phone)
    phone["note"].fill("关闭之后")
    phone.saved()
    close_databases(phone)
    phone["submit"].click()
    phone["submit-now"].click()
    record = str(phone["entry"].first.get_attribute("data-record"))
    arrives(phone, field_office, Filed(record, "关闭之后", (photo.read_bytes(),)))


def close_databases(phone: KillablePhone) -> None:
    """What a system does to a page's connections behind its back, by the browser's own button."""
    page = phone.page.context.new_page()
    page.goto("chrome://indexeddb-internals")
    page.get_by_text("Force close").first.click()
    page.wait_for_timeout(300)
    page.close()


def test_the_outbox_tells_the_truth_on_the_way(phone, field_office, way, dice, tmp_path):
    photos = [photo_of(dice, 90_000 + 1000 * number) for number in range(7)]
    way.put(link=Link(dead=True))
    filed = file_record(phone, tmp_path, "七张照片", *photos)
    expect(phone.entry(filed.record)).to_contain_text("等待发送")
    expect(phone["connection-offline"]).to_be_visible()
    picture(phone, "outbox-waiting-offline")
    way.put(link=Link(rate=120_000))
    hurry(phone)
    expect(phone.entry(filed.record)).to_contain_text("3/7", timeout=30_000)
    picture(phone, "outbox-sending")
    is_not_delivered(phone, filed)
    way.link = Link()
    arrives(phone, field_office, filed, 30)
    picture(phone, "outbox-delivered")


def test_a_clock_set_back_a_year_and_two_days_without_a_network(phone, field_office, way, tmp_path):
    phone["tab-today"].click()
    begin_free_visit(phone)
    phone["note"].fill("改钟之前的草稿")
    phone.saved()
    way.put(link=Link(dead=True))
    phone["back"].click()
    phone["back"].click()
    filed = file_record(phone, tmp_path, "改钟之前")
    phone.shift_clock(2.1)
    phone.unlock()
    phone["tab-outbox"].click()
    expect(phone.entry(filed.record)).to_contain_text("超过 48 小时没有送达")
    picture(phone, "outbox-48-hours")
    phone.shift_clock(-365)
    phone.unlock()
    way.put()
    hurry(phone)
    arrives(phone, field_office, filed)
    later = file_record(phone, tmp_path, "改钟之后")
    arrives(phone, field_office, later)
    phone["tab-today"].click()
    phone.page.locator("[data-testid^='draft-']").first.click()
    expect(phone["note"]).to_have_value("改钟之前的草稿")
