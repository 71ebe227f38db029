"""Act 1: the office hands out a visit by hand, and enrols two phones by link."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

HALL = "示范路行政服务大厅"


def test_the_lead_assigns_a_visit_by_hand(anfang, story, console):
    lead = console("lead")
    lead.go("/setup/assignments")
    lead["assignment-new"].click()
    lead.choose("assignment-checklist", "窗口服务 · v1")
    lead.choose("assignment-inspector", "暗访员01")
    lead.choose("assignment-unit", "甲市行政服务中心服务大厅")
    lead.choose("assignment-site", HALL)
    lead["assignment-save"].click()
    row = lead["assignments"].get_by_role("row").filter(has_text=HALL)
    expect(row.filter(has_text="暗访员01")).to_be_visible()
    listed = anfang.desk("lead").get("/assignments", state="open", limit=200)["items"]
    (story["assignment"],) = [
        one["id"]
        for one in listed
        if one["site"] and one["site"]["name"] == HALL and one["inspector"]["alias"] == "暗访员01"
    ]


def test_two_inspectors_enrol_by_link(anfang, story, first_phone, second_phone):
    for phone, alias in ((first_phone, "暗访员01"), (second_phone, "暗访员02")):
        link = anfang.asked("enrol", "--alias", alias)
        phone.enrol(link["url"])
        assert link["token"] not in phone.page.url, "the token stays out of the history"
    story["enrolled"] = True
