"""A leader's five minutes on a phone: how things stand, what is behind a figure, an approval."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from support.e2e_office import Console

LEGIBLE_PX = 12
MARGIN, BAR = 40, 16
"""In pixels: left and right of the chart's bars; how wide one is."""
FOOT = 0.75
"""Of the chart's height: just above the axis."""


@pytest.fixture
def phone(browser, anfang):
    who = anfang.sign_in_of("approver")
    console = Console.signed_in(browser, anfang.origin, who, phone=True)
    yield console
    console.close()


def nothing_sticks_out(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def week_with_cases(desk):
    """Return the place of a week of visits with new cases, the weeks, and how many cases."""
    weeks = desk.get("/overview")["weeks"]
    for place, week in enumerate(weeks):
        first = date.fromisoformat(week["begins"])
        opened = {"opened_from": first, "opened_to": first + timedelta(days=6)}
        cases = desk.get("/cases", **opened)["items"]
        if cases and week["visits"]:
            return place, len(weeks), len(cases)
    pytest.fail("in no week with visits was a case opened")


def tap_bar(canvas, place, count):
    """Tap the foot of the left one of a week's two bars."""
    box = canvas.bounding_box()
    middle = MARGIN + (box["width"] - 2 * MARGIN) * (place + 0.5) / count
    canvas.tap(position={"x": middle - BAR / 2, "y": FOOT * box["height"]})


def test_from_a_chart_to_the_cases_behind_it(anfang, phone):
    phone.page.goto(f"{phone.origin}/console/overview")
    canvas = phone["chart-weeks"].locator("canvas").first
    expect(canvas).to_be_visible()
    assert nothing_sticks_out(phone.page)
    place, weeks, count = week_with_cases(anfang.desk("approver"))
    canvas.scroll_into_view_if_needed()
    tap_bar(canvas, place, weeks)
    # It stays: a browser makes a click of a tap, a moment later and at the same place.
    cases = phone["cases-drawer"].get_by_role("link")
    expect(cases).to_have_count(count)
    number = cases.first.inner_text().split()[0]
    cases.first.tap()
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text(number)
    assert nothing_sticks_out(phone.page)


def test_a_document_is_read_and_approved_in_three_taps(phone):
    phone.page.goto(f"{phone.origin}/console/overview")
    phone["approvals"].get_by_role("link").first.tap()
    expect(phone["pdf"]).to_have_attribute("data-pages", re.compile("[1-9]"))
    read = phone["notice-reading"]
    size = read.evaluate("element => parseFloat(getComputedStyle(element).fontSize)")
    assert size >= LEGIBLE_PX
    assert nothing_sticks_out(phone.page)
    phone["notice-approve"].tap()
    phone.page.locator(".el-popconfirm:visible .el-button--primary").tap()
    expect(phone["notice-state"]).to_have_text("已审批")
