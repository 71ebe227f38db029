"""S1, rows 16, 17, 32, 81: a window with nobody behind it, and nobody of the roster either."""

import pytest
from playwright.sync_api import expect

from anfang.demo.pictures import scene
from anfang.kit.clock import now
from support.e2e_phone import FieldPhone
from support.e2e_steps import (
    accepted,
    assigned,
    case_opened,
    delivered,
    enforced,
    proposed,
    stated,
)

pytestmark = pytest.mark.slow

CAMPAIGN = "甲市落实首问负责、限时办结、责任追究三项制度"
HALL = ("甲市行政服务中心服务大厅", "示范路行政服务大厅")
CENTRE = "甲市行政服务中心"
KEPT = (
    "told_once", "no_passing_on", "time_promise", "no_outside_fees", "no_favours", "badge",
    "no_private_matters", "rating_device", "complaints_number",
)  # fmt: skip


@pytest.fixture
def phone(playwright, anfang, story, profiles):
    phone = FieldPhone(playwright, anfang.origin, profiles / "window", "730518", "pin")
    return story.phones.setdefault("the inspector's phone", phone)


def test_the_window_with_nobody_behind_it(anfang, console, phone, tmp_path):
    reviewer, lead, liaison = console("reviewer1"), console("lead"), console("liaison-fw")
    assigned(lead, CAMPAIGN, "窗口服务 · v1", "暗访员02", HALL)
    record = visited(anfang, phone, tmp_path)
    accepted(reviewer, record)
    roster = marked_vacant(anfang, reviewer)

    case = case_opened(lead, record, "三号窗口空岗，无人顶替", CENTRE)
    stated(liaison, case, "defence", "情况属实，当日B岗外出培训。")
    proposed(lead, case, "point-out", "查实空窗空岗。")
    number = anfang.desk("lead").get(f"/cases/{case}")["number"]
    enforced(console("approver"), lead, "及时指出、及时纠正", number)
    liaison.go("/ladders")
    expect(liaison["measure"].filter(has_text=number)).to_contain_text("及时纠正")
    liaison.go(roster)
    row = liaison["rows"].get_by_role("row").filter(has_text="三号窗口")
    expect(row).to_contain_text("查实空岗")


def visited(anfang, phone, folder):
    """Find the window empty and nobody standing in; returns the record."""
    phone.enrol(anfang.asked("enrol", "--alias", "暗访员02")["url"])
    phone.page.get_by_role("button", name=HALL[1]).click()
    phone.answer(dict.fromkeys(KEPT, "yes") | {"barrier_free": "na", "attitude": "3"})
    phone.answer({"on_duty": "no", "deputy": "no", "first_contact": "no"})
    phone.answer({"waiting": 30, "absent_reason": ["no_sign", "queue"]})
    drawn = folder / "window.jpg"
    drawn.write_bytes(scene("window_unmanned", 9, now(), 297_012_300, 1_159_903_600))
    for item in ("on_duty", "deputy"):
        phone[f"file-{item}"].set_input_files(drawn)
        expect(phone[f"item-{item}"].get_by_test_id("thumb")).to_have_count(1)
    return delivered(phone)


def marked_vacant(anfang, reviewer):
    """Mark the window's row of the A/B roster, not without a reason; returns the page."""
    (campaign,) = [
        one["id"]
        for one in anfang.desk("lead").get("/running-campaigns")["items"]
        if one["name"] == CAMPAIGN
    ]
    roster = f"/registers/{campaign}/rosters"
    reviewer.go(roster)
    row = reviewer["rows"].get_by_role("row").filter(has_text="三号窗口")
    expect(row).to_contain_text("AB岗齐备")
    row.get_by_role("button", name=CENTRE).click()
    expect(reviewer["move-vacant"]).to_be_disabled()
    reviewer["reason-vacant"].fill("暗访查实窗口无人，B岗未顶替。")
    reviewer["move-vacant"].click()
    expect(row).to_contain_text("查实空岗")
    return roster
