"""Act 2: a visit written down without a network, killed in the middle, delivered whole."""

import pytest
from playwright.sync_api import expect

from support.corpus import photos
from support.phone import sha256

pytestmark = pytest.mark.slow

ANSWERS = {
    "on_duty": "no",
    "deputy": "no",
    "first_contact": "yes",
    "told_once": "yes",
    "no_passing_on": "yes",
    "time_promise": "yes",
    "no_outside_fees": "yes",
    "no_favours": "yes",
    "attitude": "3",
    "badge": "yes",
    "no_private_matters": "yes",
    "rating_device": "yes",
    "complaints_number": "yes",
    "barrier_free": "na",
    "waiting": 35,
    "absent_reason": ["no_sign", "queue"],
}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Two photographs as cameras wrote them: GPS and orientation inside, one of several MB."""
    folder = tmp_path_factory.mktemp("photos")
    return photos(folder, "gps/DSCN0010.jpg", "mobile/HMD_Nokia_8.3_5G.jpg")


def test_the_day_is_on_the_phone(story, first_phone):
    assert story["enrolled"]
    card = first_phone[f"visit-{story['assignment']}"]
    expect(card).to_contain_text("示范路行政服务大厅")
    expect(card).to_contain_text("窗口服务")


def test_it_starts_cold_without_a_network_and_takes_the_visit_down(story, first_phone, files):
    phone = first_phone
    phone.stop()
    phone.start(offline=True)
    phone.unlock()
    expect(phone["connection-offline"]).to_be_visible()
    phone[f"visit-{story['assignment']}"].click()
    expect(phone["place-state"]).to_contain_text("8 米")
    phone.answer(ANSWERS)
    for item, file in zip(("on_duty", "deputy"), files, strict=True):
        phone[f"file-{item}"].set_input_files(file)
        expect(phone[f"item-{item}"].get_by_test_id("thumb")).to_have_count(1)
    phone["remark-add-on_duty"].click()
    phone["remark-on_duty"].fill("上午十点到十点二十分，3号窗口无人。")
    phone["camera-general"].click()
    phone["shutter"].click()
    expect(phone["camera-count"]).to_contain_text("1")
    phone["camera-done"].click()
    phone["subject-kind"].select_option("window")
    phone["subject-label"].fill("3号窗口")
    phone["private-names"].fill("工牌姓名：甲某")
    phone.saved()
    assert phone.kept("originals") == 3


def test_killed_between_photo_and_submit_nothing_is_lost(story, first_phone):
    phone = first_phone
    phone.kill()
    phone.start(offline=True)
    phone.unlock()
    phone[f"visit-{story['assignment']}"].click()
    expect(phone["progress"]).to_contain_text("16/16")
    expect(phone["thumb"]).to_have_count(3)
    expect(phone["remark-on_duty"]).to_have_value("上午十点到十点二十分，3号窗口无人。")
    expect(phone["private-names"]).to_have_value("工牌姓名：甲某")
    expect(phone["answer-waiting"]).to_have_value("35")
    expect(phone["answer-on_duty-no"]).to_have_attribute("aria-pressed", "true")
    expect(phone["place-state"]).to_contain_text("8 米")


def test_submitted_without_a_network_it_waits(story, first_phone):
    phone = first_phone
    phone["submit"].click()
    phone["submit-now"].click()
    expect(phone.entry()).to_have_attribute("data-phase", "sealed")
    story["record"] = phone.entry().get_attribute("data-record")
    phone.stop()
    phone.start(offline=True)
    phone.unlock()
    phone["tab-outbox"].click()
    expect(phone.entry()).to_have_attribute("data-phase", "sealed")
    assert phone.kept("originals") == 3


def test_back_online_all_arrives(anfang, story, first_phone, files):
    phone = first_phone
    phone.go_online()
    expect(phone.entry(story["record"])).to_have_attribute(
        "data-phase", "delivered", timeout=30_000
    )
    expect(phone.entry(story["record"])).to_contain_text("已送达，办公室有全部 3 张照片")
    expect(phone.entry(story["record"])).to_contain_text("回执已核验")
    assert phone.kept("originals") == 0, "gone once the complete receipt was verified"

    record = anfang.desk("reviewer1").get(f"/review/records/{story['record']}")
    assert record["state"] == "complete"
    assert record["alias"] == "暗访员01"
    assert {line["item"] for line in record["answers"]} == set(ANSWERS)
    media = {one["sha256"]: one for one in record["media"]}
    for file in files:
        picture = media.pop(sha256(file.read_bytes()))
        assert picture["held"]
        assert picture["bytes"] == file.stat().st_size
    (frame,) = media.values()
    assert frame["source"] == "camera"
    assert record["distance_m"] < 30
    story["files"] = files
