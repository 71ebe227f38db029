"""Act 5: the finding becomes a case, the unit is heard, a notice is published and checked."""

import json
import re
import subprocess
from datetime import UTC, datetime

import httpx
import pytest
from playwright.sync_api import expect

from support.e2e import PICTURES
from support.phone import sha256

pytestmark = pytest.mark.slow

DEFENCE = "情况属实。当日该窗口人员临时参加培训，未安排B岗顶替。"
OFFICE_ONLY = {
    "alias", "inspector", "inspector_id", "device", "device_id", "lat_e7", "lon_e7", "accuracy_m",
    "captured_at", "started_at", "private", "record_id", "record_sha256", "responsible",
}  # fmt: skip


def test_a_finding_opens_a_case_with_a_deadline(anfang, story, console):
    lead = console("lead")
    lead.go(f"/review/{story['record']}")
    lead["open-case"].click()
    lead["case-title"].fill("服务大厅3号窗口空岗")
    lead["case-open-confirm"].click()
    expect(lead["case-deadline"]).to_contain_text("10")
    story["case"] = lead.page.url.rsplit("/", 1)[-1]
    case = anfang.desk("lead").get(f"/cases/{story['case']}")
    assert case["unit"]["name"] == "甲市行政服务中心服务大厅"
    assert datetime.fromisoformat(case["due_at"]) > datetime.now(UTC)
    assert case["deadline"]["working_days_left"] == 10
    story["case number"] = case["number"]


def test_the_unit_sees_its_cases_alone_and_states_its_defence(anfang, story, console):
    liaison = console("liaison-fw", recording=True)
    liaison.go("/cases")
    expect(liaison["cases"].get_by_role("row")).to_have_count(3)  # Head, the demonstration's, ours.
    liaison[f"case-{story['case number']}"].click()
    liaison["state-defence"].click()
    liaison["statement-text"].fill(DEFENCE)
    liaison["statement-send"].click()
    liaison.confirm()
    expect(liaison.page.get_by_text(DEFENCE)).to_be_visible()
    expect(liaison["case-state-tag"]).to_be_visible()
    assert anfang.desk("lead").get(f"/cases/{story['case']}")["defence_stated"]


def test_nothing_of_the_office_reached_the_units_browser(anfang, story, console):
    """Searched in every byte that this browser was given; foreign doors stay shut."""
    liaison = console("liaison-fw", recording=True)
    devices = anfang.desk("admin").get("/devices", limit=200)["items"]
    secrets = {"暗访员", "甲某", "297012", "115990", story["record"], story["first version"]}
    secrets |= {device["id"] for device in devices}
    answers = [
        (address, body)
        for address, bodies in liaison.received.items()
        for body in bodies
        if "/api/" in address
    ]
    assert len(answers) > 3
    for address, body in answers:
        for secret in secrets | {"办税", "交通运输局"}:
            assert secret.encode() not in body, f"{secret} in {address}"
        if body.startswith(b"{"):
            assert not _names(json.loads(body)) & OFFICE_ONLY, address
    for door in ("review/queue", f"review/records/{story['record']}", "packs", "assignments"):
        status = liaison.page.evaluate(
            "path => fetch('/api/v1/' + path).then((answer) => answer.status)", door
        )
        assert status == 403, door


def test_a_notice_is_drafted_checked_approved_by_others_and_published(anfang, story, console):
    lead, approver = console("lead"), console("approver")
    lead.go("/cases")
    row = lead["cases"].get_by_role("row").filter(has_text=story["case number"])
    row.locator(".el-checkbox").click()
    lead["draft-notice"].click()
    lead["draft-coverage"].fill("市级政务服务窗口")
    lead["draft-create"].click()
    expect(lead["notice-title"]).to_be_visible()
    story["notice"] = lead.page.url.rsplit("/", 1)[-1]
    expect(lead["notice-pictures"].get_by_role("checkbox", checked=True)).to_have_count(3)
    lead["notice-title"].fill("关于服务大厅窗口空岗的通报")
    lead["notice-save"].click()
    expect(lead.page.get_by_text("已保存")).to_be_visible()
    lead["notice-submit"].click()
    lead.confirm()
    expect(lead["notice-state"]).to_have_text("待审批")

    reviewer = console("reviewer1")
    reviewer.go(f"/notices/{story['notice']}")
    reviewer["notice-check"].click()
    reviewer["check-confirm"].click()
    expect(reviewer["notice-checked"]).not_to_contain_text("—")

    approver.go(f"/notices/{story['notice']}")
    approver["notice-approve"].click()
    approver.confirm()
    expect(approver["notice-state"]).to_have_text("已审批")

    lead.go("/notices")
    lead[f"notice-{story['notice']}"].click()
    lead["notice-publish"].click()
    # The page then shows the document as it was published.
    with lead.page.expect_response("**/document.pdf"):
        lead.confirm()
    expect(lead["notice-state"]).to_have_text("已发布")
    notice = anfang.desk("lead").get(f"/notices/{story['notice']}")
    assert re.fullmatch(r"甲整办通〔\d{4}〕2号", notice["number"]), "the number after the first"
    assert notice["drafted_by"] != notice["approved_by"]
    story["notice number"] = notice["number"]


@pytest.fixture
def passer_by(browser, anfang):
    """A member of the public, without any account."""
    context = browser.new_context(locale="zh-CN", java_script_enabled=False)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def test_the_public_reads_it_and_checks_it(anfang, story, passer_by):
    page = passer_by
    page.goto(f"{anfang.origin}/p/")
    page.get_by_role("listitem").filter(has_text=story["notice number"]).get_by_role("link").click()
    expect(page.locator("article")).to_contain_text("3号窗口")
    document = page.locator("a[type='application/pdf']").get_attribute("href")
    pdf = httpx.get(anfang.origin + document)
    assert pdf.headers["content-type"] == "application/pdf"
    story["thumbprint"] = page.locator("dt:has-text('指纹') + dd").inner_text()
    page.goto(f"{anfang.origin}/p/verify")
    page.locator("#number").fill(story["notice number"])
    page.locator("#sha256").fill(sha256(pdf.content))
    page.get_by_role("button").click()
    expect(page.locator(".result.good")).to_be_visible()
    page.locator("#sha256").fill(sha256(pdf.content + b" "))
    page.get_by_role("button").click()
    expect(page.locator(".result.bad")).to_be_visible()
    (PICTURES / "notice.pdf").write_bytes(pdf.content)


def test_the_pdf_is_a_page_that_can_be_looked_at(story):
    file = PICTURES / "notice.pdf"
    text = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True
    ).stdout
    assert story["notice number"] in text.replace(" ", "")
    assert "3号窗口" in text.replace(" ", "")
    subprocess.run(
        ["pdftoppm", "-png", "-r", "70", str(file), str(PICTURES / "notice")], check=True
    )
    assert sorted(PICTURES.glob("notice-*.png"))


def _names(value):
    """All member names in a JSON value."""
    if isinstance(value, dict):
        return set(value).union(*map(_names, value.values()))
    if isinstance(value, list):
        return set().union(*map(_names, value))
    return set()
