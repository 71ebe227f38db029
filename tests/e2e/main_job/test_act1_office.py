"""Act 1: the office hands out a visit by hand, and enrols two phones by link."""

from io import BytesIO

import pytest
import segno
from PIL import Image
from playwright.sync_api import expect

from support.e2e_phone import FieldPhone
from support.e2e_steps import assigned

pytestmark = pytest.mark.slow

HALL = "示范路行政服务大厅"


def test_the_lead_assigns_a_visit_by_hand(anfang, story, console):
    lead = console("lead")
    unit, campaign = "甲市行政服务中心服务大厅", "甲市机关作风整顿和四项专项整治"
    before = visits_to_the_hall(anfang)  # the demonstration's draw may have chosen the same
    assigned(lead, campaign, "窗口服务 · v1", "暗访员01", (unit, HALL))
    row = lead["assignments"].get_by_role("row").filter(has_text=HALL)
    expect(row.filter(has_text="暗访员01")).to_have_count(len(before) + 1)
    (story["assignment"],) = visits_to_the_hall(anfang) - before


def visits_to_the_hall(anfang):
    listed = anfang.desk("lead").get("/assignments", state="open", limit=200)["items"]
    return {
        one["id"]
        for one in listed
        if one["site"] and one["site"]["name"] == HALL and one["inspector"]["alias"] == "暗访员01"
    }


def test_two_inspectors_enrol_by_link(anfang, story, first_phone, second_phone):
    for phone, alias in ((first_phone, "暗访员01"), (second_phone, "暗访员02")):
        link = anfang.asked("enrol", "--alias", alias)
        phone.enrol(link["url"])
        assert link["token"] not in phone.page.url, "the token stays out of the history"
    story["enrolled"] = True


def test_a_third_enrols_by_the_code_on_the_offices_screen(
    anfang, story, playwright, console, profiles
):
    lead = console("lead")
    lead.go("/setup/inspectors")
    lead["enrol-暗访员03"].click()
    film = profiles / "code.mjpeg"
    film.write_bytes(_filmed(lead["enrol-url"].inner_text()))
    lead["enrol-close"].click()
    phone = FieldPhone(playwright, anfang.origin, profiles / "third", "495027", "pin", sees=film)
    story.phones["third phone"] = phone
    phone.start()
    phone["scan"].click()
    phone.accept_enrolment()
    lead["devices-refresh"].click()
    lead["device-暗访员03"].get_by_test_id("device-confirm").click()
    expect(lead["device-暗访员03"].get_by_test_id("device-confirm")).to_have_count(0)
    phone.stop()


def _filmed(text):
    """A code as a camera sees it, with its white border, in the middle of a picture."""
    drawn = BytesIO()
    segno.make(text, error="m").save(drawn, kind="png", scale=8, border=4)
    picture = Image.new("RGB", (1280, 720), "gray")
    code = Image.open(drawn).convert("RGB")
    picture.paste(code, ((1280 - code.width) // 2, (720 - code.height) // 2))
    film = BytesIO()
    picture.save(film, "JPEG", quality=90)
    return film.getvalue()
