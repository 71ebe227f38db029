"""S0, rows 6, 9, 10, 41: a ride nobody announced; the bureau is heard, then a step is taken."""

import pytest
from playwright.sync_api import expect

from anfang.demo.pictures import scene
from anfang.kit.clock import now
from support.e2e import PICTURES
from support.e2e_phone import FieldPhone
from support.e2e_steps import accepted, case_opened, delivered, enforced, proposed, stated

pytestmark = pytest.mark.slow

BUREAU = "甲市交通运输局"
PAID_FEN, FLAG_FALLS_FEN = 2000, (800, 1000)
METRES = 500
RIDDEN_MS = 13_000
"""Long enough to be believed: a phone takes nothing faster than 45 m/s."""
KEPT = (
    "accept", "route", "no_sharing", "service_card", "papers", "roof_light", "body", "cabin",
    "tariff", "no_smoking_phone", "safe_driving",
)  # fmt: skip


@pytest.fixture
def phone(playwright, anfang, story, profiles):
    phone = FieldPhone(playwright, anfang.origin, profiles / "leader", "730518", "pin")
    return story.phones.setdefault("the leader's phone", phone)


def test_the_leaders_taxi_ride(anfang, console, phone, tmp_path):
    record = ride(anfang, phone, tmp_path)
    read = anfang.desk("reviewer1").get(f"/review/records/{record}")["ride"]
    assert read["fare_paid"] == PAID_FEN
    assert read["fare_expected"] in FLAG_FALLS_FEN, "the flag fall, by day or by night"
    assert METRES * 0.9 < read["distance_m"] < METRES * 1.1

    reviewer, lead, liaison = console("reviewer1"), console("lead"), console("liaison-jt")
    accepted(reviewer, record)
    expect(reviewer["ride-difference"]).to_contain_text("多")
    case = case_opened(lead, record, "出租汽车不打表、议价收费", BUREAU)
    lead["case-measure"].click()
    circular = lead["step-circular"].get_by_role("radio")
    expect(circular).to_be_disabled()  # The bureau has not been heard.
    lead.page.keyboard.press("Escape")

    stated(liaison, case, "defence", "情况属实，已约谈该车所属企业。")
    assert "暗访员" not in liaison.page.inner_text("body")
    proposed(lead, case, "circular", "乘车体验查实未打表、议价收费。")
    number = anfang.desk("lead").get(f"/cases/{case}")["number"]
    enforced(console("approver"), lead, "内部通报", number)
    liaison.go("/ladders")
    expect(liaison["measure"].filter(has_text=number)).to_contain_text("内部通报")


def ride(anfang, phone, folder):
    """Get in, have the way measured, pay more than the meter asks, file it; returns the record."""
    phone.enrol(anfang.asked("enrol", "--alias", "暗访员01")["url"])
    phone.page.get_by_role("button", name="全市巡游出租汽车").click()
    phone["ride-start"].click()
    expect(phone["ride-running"]).to_be_visible()
    phone.page.wait_for_timeout(RIDDEN_MS)
    north = phone.latitude + METRES / 111_195
    position = {"latitude": north, "longitude": phone.longitude, "accuracy": 8}
    phone.page.context.set_geolocation(position)
    phone["ride-stop"].click()
    expect(phone["ride-ended"]).to_contain_text("应付约")
    phone.page.screenshot(path=PICTURES / "ride.png")
    phone.answer(dict.fromkeys(KEPT, "yes") | {"meter": "no", "fare": "no", "receipt": "no"})
    phone.answer({"manners": "2", "air_conditioning": "na", "hailed": "rank"})
    drawn = folder / "meter.jpg"
    drawn.write_bytes(scene("taxi_meter_off", 5, now(), 297_018_000, 1_159_951_000))
    for item in ("meter", "receipt"):
        phone[f"file-{item}"].set_input_files(drawn)
        expect(phone[f"item-{item}"].get_by_test_id("thumb")).to_have_count(1)
    phone["ride-fare_paid"].fill(str(PAID_FEN // 100))
    phone["ride-fare_paid"].blur()
    expect(phone["ride-difference"]).to_contain_text("多")
    phone["ride-difference"].scroll_into_view_if_needed()
    phone.page.screenshot(path=PICTURES / "ride-paid.png")
    return delivered(phone)
