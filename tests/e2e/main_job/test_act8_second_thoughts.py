"""Act 8: what was wrong is put right in the open: a rejected record, a corrected notice."""

import httpx
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

REASON = "公告照片缺失，无法说明当日关门。"


def test_a_record_is_rejected_with_its_reason(anfang, story, console):
    reviewer = console("reviewer1")
    reviewer.go(f"/review/{story['could not visit']}")
    reviewer["reject"].click()
    reviewer["reject-reason"].fill(REASON)
    reviewer["reject-confirm"].click()
    expect(reviewer["reject-dialog"]).to_be_hidden()
    reviewer.go(f"/review/{story['could not visit']}")  # The next in the queue came up.
    expect(reviewer["decision"]).to_contain_text(REASON)
    read = anfang.desk("reviewer1").get(f"/review/records/{story['could not visit']}")
    assert (read["state"], read["decisions"][-1]["reason"]) == ("rejected", REASON)


def test_an_approver_hands_a_draft_back(story, console):
    lead, approver = console("lead"), console("approver")
    lead.go(f"/notices/{story['notice']}")
    lead["notice-correct"].click()
    lead["was-0"].fill("3号窗口")
    lead["now-0"].fill("3号综合窗口")
    lead["correct-reason"].fill("窗口名称不完整。")
    lead["correct-confirm"].click()
    expect(lead["notice-submit"]).to_be_visible()
    story["correction"] = lead.page.url.rsplit("/", 1)[-1]
    _submit(lead)
    approver.go(f"/notices/{story['correction']}")
    approver["notice-reject"].click()
    approver["reason"].fill("请补充更正依据。")
    approver["reason-confirm"].click()
    expect(approver["notice-state"]).to_have_text("草稿")
    lead.page.reload()
    expect(lead.page.get_by_text("请补充更正依据。")).to_be_visible()


def test_a_correction_stands_beside_what_it_corrects(anfang, story, console):
    _submit(console("lead"))
    _publish(console, story["correction"])
    read = anfang.desk("lead").get(f"/notices/{story['notice']}")
    assert read["state"] == "corrected"
    page = httpx.get(read["public_url"]).text
    assert anfang.desk("lead").get(f"/notices/{story['correction']}")["number"] in page


def test_a_withdrawn_notice_says_so_and_stays(anfang, story, console):
    lead = console("lead")
    lead.go(f"/notices/{story['notice']}")
    lead["notice-withdraw"].click()
    lead["reason"].fill("复核后撤回。")
    lead["reason-confirm"].click()
    expect(lead["notice-submit"]).to_be_visible()
    withdrawal = lead.page.url.rsplit("/", 1)[-1]
    _submit(lead)
    _publish(console, withdrawal)
    read = anfang.desk("lead").get(f"/notices/{story['notice']}")
    assert read["state"] == "withdrawn"
    answer = httpx.get(read["public_url"])
    assert answer.status_code == 200, "never deleted"
    assert "撤回" in answer.text


def _submit(lead):
    lead["notice-submit"].click()
    lead.confirm()
    expect(lead["notice-state"]).to_have_text("待审批")


def _publish(console, notice):
    """From the lead's desk to the public page, by three persons."""
    lead, reviewer, approver = console("lead"), console("reviewer1"), console("approver")
    reviewer.go(f"/notices/{notice}")
    reviewer["notice-check"].click()
    reviewer["check-confirm"].click()
    expect(reviewer["notice-checked"]).not_to_contain_text("—")
    approver.go(f"/notices/{notice}")
    approver["notice-approve"].click()
    approver.confirm()
    expect(approver["notice-state"]).to_have_text("已审批")
    lead.page.reload()
    lead["notice-publish"].click()
    with lead.page.expect_response("**/document.pdf"):
        lead.confirm()
    expect(lead["notice-state"]).to_have_text("已发布")
