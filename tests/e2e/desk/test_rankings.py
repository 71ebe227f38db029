"""A ranking's way: computed, every point followed, signed off by a second person, published."""

import re

import pytest
import yaml
from playwright.sync_api import expect

from factories.scoring import TEXT
from support.e2e_server import running_anfang

DAYS = ("2026-01-01", "2027-12-31")


@pytest.fixture(scope="module")
def anfang(tmp_path_factory):
    with running_anfang(tmp_path_factory.mktemp("rankings")) as running:
        score_the_demonstration(running)
        yield running


def score_the_demonstration(anfang):
    """Add a scheme, its ladders and facts to the campaign's rulebook; every bureau is scored."""
    desk = anfang.desk("lead")
    path = f"/campaigns/{anfang.demonstration['campaign']}/rulebook"
    told = yaml.safe_load(TEXT)
    scheme = told["scoring"]["schemes"][0]
    whole = {**scheme, "categories": ["government_functional"]}
    follows = [one for one in scheme["consequences"] if one["code"] in ("last", "best")]
    for one in follows:
        one["when"]["among_at_least"] = 2
    whole |= {"parts": ["bureaus"], "consequences": follows}
    del whole["exclude"]
    now = desk.get(path)["content"]
    ladders = {name: [*now.get("ladders", {}).get(name, []), *told["ladders"][name]]
               for name in ("facts", "sequences", "rewards")}  # fmt: skip
    bureaus = {"code": "bureaus", "title": "参评单位", "kind": "inspected"}
    for section, content in {
        "actors": [*now.get("actors", []), bureaus],
        "ladders": {**now.get("ladders", {}), **ladders},
        "scoring": {"schemes": [whole]},
    }.items():
        body = {"section": section, "content": content, "reason": "增加打分排名"}
        answer = desk.client.patch(path, json=body)
        assert answer.is_success, answer.text
    units = [one["id"] for one in desk.get("/units")["items"] if one["parent_id"]]
    answer = desk.client.put(path.replace("rulebook", "parts"), json={"units": {"bureaus": units}})
    assert answer.is_success, answer.text


def compute(lead, campaign):
    lead.page.goto(f"{lead.origin}/console/scores?campaign={campaign}")
    lead["compute"].click()
    lead["compute-title"].fill("第一次排名")
    for end, day in zip(("from", "to"), DAYS, strict=True):
        lead[f"compute-days-{end}"].fill(day)
    lead["compute-confirm"].click()
    expect(lead.page).to_have_url(re.compile("/scores/.+"))
    return lead.page.url.rpartition("/")[2]


def points(lines):
    return float(lines.locator(".points").first.inner_text().replace("−", "-"))


def test_a_ranking_is_explained_signed_off_and_published(console, anfang, browser):
    lead = console("lead")
    run = compute(lead, anfang.demonstration["campaign"])
    rows = lead["ranked"]
    expect(rows.first).to_be_visible()
    rows.first.locator("button").click()
    shown = lead["explanation"]
    line = shown.get_by_test_id("score-line")
    expect(line.first).to_be_visible()
    parts = [points(line.nth(at)) for at in range(line.count())]
    assert parts[0] == float(shown.locator(".sum strong").inner_text())
    shown.get_by_role("link").first.click()
    expect(lead.page).to_have_url(re.compile("/review/"))

    lead.page.goto(f"{anfang.origin}/console/scores/{run}")
    expect(lead["ranked"].first).to_be_visible()
    expect(lead["run-sign"]).to_have_count(0)
    expect(lead["run-publish"]).to_have_count(0)
    approver = console("approver")
    approver.page.goto(f"{anfang.origin}/console/scores/{run}")
    approver["run-sign"].click()
    approver["run-reason"].fill("联席会议审定")
    approver["run-confirm"].click()
    expect(approver["run-sign"]).to_have_count(0)

    lead.page.reload()
    lead["run-publish"].click()
    lead.confirm()
    expect(lead["consequences"].locator("li").first).to_be_visible()
    last = lead["propose-last"]
    expect(last).to_be_disabled()
    citizen = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = citizen.new_page()
    page.goto(f"{anfang.origin}/p/rankings/{run}")
    expect(page.get_by_role("heading", level=1)).to_have_text("第一次排名")
    assert page.locator("tbody tr").count() == lead["ranked"].count()
    citizen.close()
