"""S2, rows 41, 46: after the notice somebody looks again; what has not changed goes back."""

from datetime import timedelta

import httpx
import pytest
from playwright.sync_api import expect

from anfang.kit.clock import now
from support.e2e_steps import stated

pytestmark = pytest.mark.slow

CENTRE, FORMER = "jia-fw", "窗口空岗，群众等候"
STILL, MENDED = "窗口仍无人在岗。", "窗口有人在岗，AB岗已公示。"


@pytest.fixture
def published(anfang):
    """A campaign by the rulebook s2: a case whose unit was heard, and the notice's address."""
    lead, liaison = anfang.desk("lead"), anfang.desk("liaison-fw")
    campaign = started(lead)
    units = lead.get("/units", limit=200)["items"]
    (unit,) = [one["id"] for one in units if one["code"] == CENTRE]
    case = lead.post("/cases", {
        "campaign_id": campaign, "unit_id": unit, "title": FORMER, "class": "by_date",
        "source": "media", "topic": "style", "raised_by": "媒体反映",
    })["id"]  # fmt: skip
    liaison.post(f"/cases/{case}/statements", {"kind": "defence", "text": "情况属实。"})
    body = {"case_ids": [case], "theme": "窗口作风", "coverage": "市级窗口", "view": "个别空岗"}
    notice = lead.post("/notices", body)["id"]
    lead.post(f"/notices/{notice}/submit")
    check = {"passed": True, "remark": "事实清楚"}
    anfang.desk("reviewer1").post(f"/notices/{notice}/legal-check", check)
    anfang.desk("approver").post(f"/notices/{notice}/approve")
    return case, lead.post(f"/notices/{notice}/publish")["public_url"]


def test_the_second_look_after_the_notice(console, published):
    case, public_url = published
    lead, reviewer, liaison = console("lead"), console("reviewer1"), console("liaison-fw")
    stated(liaison, case, "rectification", "已安排人员在岗。")
    asked_to_look(lead, case)
    looked(reviewer, case, "differs", STILL)
    liaison.go(f"/cases/{case}")
    expect(liaison.page.get_by_text(STILL).first).to_be_visible()

    stated(liaison, case, "rectification", "重新排定AB岗并公示。")
    lead.go(f"/cases/{case}")
    close(lead)
    expect(lead.page.get_by_text("须回头看相符后才能办结")).to_be_visible()
    lead.page.keyboard.press("Escape")
    asked_to_look(lead, case)
    looked(reviewer, case, "matches", MENDED)
    lead.go(f"/cases/{case}")
    close(lead)
    expect(lead["case-state-tag"]).to_have_text("已办结")
    assert CENTRE not in (page := httpx.get(public_url).text)
    assert "甲市行政服务中心" in page, "the notice stays: nothing published is deleted"


def started(lead):
    """Set up and start the campaign; returns its id."""
    today = now().date()
    themes = [{"code": "style", "title": "作风整顿", "units": []}]
    checklists = lead.get("/checklists")["items"]
    campaign = lead.post("/campaigns", {
        "name": "作风整顿", "legal_basis": "批准文件（示范文本）", "themes": themes,
        "starts_on": (today - timedelta(days=5)).isoformat(),
        "ends_on": (today + timedelta(days=90)).isoformat(),
        "checklist_version_ids": [checklists[0]["versions"][0]["id"]],
        "publication_delay_days": 0,
    })["id"]  # fmt: skip
    plan = {"file": ("方案.txt", "督查方案（示范文本）".encode())}
    lead.client.post(f"/campaigns/{campaign}/plan", files=plan).raise_for_status()
    rulebook = {"shipped": "s2-zuofeng-zhengdun"}
    lead.client.put(f"/campaigns/{campaign}/rulebook", json=rulebook).raise_for_status()
    lead.post(f"/campaigns/{campaign}/start")
    return campaign


def asked_to_look(lead, case):
    """Arrange a re-visit, which then waits for its result."""
    lead.go(f"/cases/{case}")
    lead["case-verbs"].click()
    lead["verb-revisit"].click()
    lead["verb-confirm"].click()
    expect(lead["revisit-matches"]).to_be_visible()


def looked(reviewer, case, verdict, text):
    """Say what a re-visit showed."""
    reviewer.go(f"/cases/{case}")
    reviewer[f"revisit-{verdict}"].click()
    reviewer["revisit-reason"].fill(text)
    reviewer["revisit-confirm"].click()
    expect(reviewer["revisits"]).to_contain_text(text)


def close(lead):
    """Try to close the open case with both replies."""
    lead["case-close"].click()
    lead["case-reply"].fill("整改到位，予以办结。")
    lead["case-raiser-reply"].fill("问题已经解决。")
    lead["case-close-confirm"].click()
