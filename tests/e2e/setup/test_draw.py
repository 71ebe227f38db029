"""A draw at the desk: pools frozen, sealed, drawn, visited, published, repeated by a stranger."""

import json
import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from support.house import ROOT

PICTURES = ROOT / "build" / "setup"
ENTROPY = "3876.52"
CAMPAIGN = "甲市机关作风整顿和四项专项整治"
TODAY = datetime.now(UTC).date()


def test_the_lead_draws_and_the_public_repeats_it(anfang, console, photograph, tmp_path):
    lead = console("lead")
    lead.go("/setup/draws")
    photograph(lead, "draws")
    lead["draw-new"].click()
    _fill(lead)
    lead["draw-look"].click()
    expect(lead["draw-frame"]).to_be_visible()
    weights = lead["draw-frame"].locator("input[type=number]")
    weights.first.fill("4")
    weights.first.blur()
    expect(lead["draw-commit"]).to_be_disabled()
    lead["draw-look"].click()
    expect(lead["draw-commit"]).to_be_enabled()
    photograph(lead, "draw-new")
    lead["draw-commit"].click()
    lead.confirm()
    expect(lead["draw-commitment"]).to_be_visible()
    expect(lead["draw-entropy"]).to_have_count(0)
    photograph(lead, "draw-committed")

    anfang.asked("log", "seal")
    lead.page.reload()
    lead["draw-entropy"].fill(ENTROPY)
    lead["draw-witness"].fill("派驻纪检监察组")
    lead["draw-make"].click()
    lead.confirm()
    expect(lead["draw-visits"].locator("tbody tr")).to_have_count(2)
    photograph(lead, "draw-made")
    lead["draw-publish"].click()
    expect(lead["problem"]).to_have_attribute("data-code", "draw-visits-outstanding")

    draw = lead.page.url.rsplit("/", 1)[1]
    desk = anfang.desk("lead")
    for visit in desk.get("/assignments", state="open", limit=200)["items"]:
        desk.post(f"/assignments/{visit['id']}/cancel")
    lead["draw-publish"].click()
    expect(lead["draw-public"]).to_be_visible()

    file = tmp_path / "draw.json"
    file.write_bytes(desk.client.get(f"{anfang.origin}/p/draws/{draw}/draw.json").content)
    verdict = anfang.command("draw", "verify", str(file), "--json")
    assert verdict.returncode == 0, verdict.stdout
    assert len(json.loads(verdict.stdout)["drawn"]) == 2
    file.write_bytes(file.read_bytes().replace(ENTROPY.encode(), b"3876.53"))
    assert anfang.command("draw", "verify", str(file)).returncode == 1


def test_the_public_page_needs_no_script_and_fits_a_phone(anfang, browser):
    phone = {"width": 390, "height": 800}
    context = browser.new_context(java_script_enabled=False, viewport=phone, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{anfang.origin}/p/draws/")
    page.locator(".notices a").first.click()
    expect(page.get_by_text(ENTROPY, exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="下载抽取文件")).to_be_visible()
    page.screenshot(path=PICTURES / "draw-public-390.png", full_page=True)
    context.close()


def _fill(lead):
    day = [(TODAY + timedelta(days=n)).isoformat() for n in (2, 6)]
    lead.choose("draw-campaign", CAMPAIGN)
    lead["draw-from"].fill(day[0])
    lead["draw-to"].fill(day[1])
    lead["draw-source"].fill("上海证券交易所下一交易日收盘的上证综合指数，保留两位小数")
    lead["stratum-title-0"].fill("全部点位")
    lead.choose("stratum-checklist-0", re.compile("· v1"))
    take = lead["stratum-take-0"].locator("input")
    take.fill("2")
    take.blur()
    for name, value in (
        ("draw-rest", "0"),
        ("draw-inspectors-rest", "0"),
        ("draw-per-object", "1"),
    ):
        lead[name].locator("input").fill(value)
        lead[name].locator("input").blur()
