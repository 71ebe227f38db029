"""S3, rows 49–53: the survey that puts one department last twice, from the slips to what follows.

The office works at its console, raters answer on phones without script, a paper ballot is entered
by digits; the rounds after the first go by the API, for nothing of them is new.
"""

import io
import re
import subprocess
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from factories.surveys import frame_csv
from support.axe import beyond_the_width
from support.house import ROOT

pytestmark = pytest.mark.slow

PARTY, LAST = "示范组织部", "示范宣传部"
RATERS = 6
CODE = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z]")
PICTURES = ROOT / "build" / "surveys"
TODAY, TOMORROW = ((datetime.now(UTC) + timedelta(days=days)).date().isoformat() for days in (0, 1))
FRAME = frame_csv({"基层单位": RATERS, "部门服务对象": RATERS + 1})
HOUR = (datetime.now(UTC) + timedelta(days=1)).isoformat()


@pytest.fixture
def phone(browser):
    """A small phone whose browser runs no script."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        is_mobile=True,
        has_touch=True,
        java_script_enabled=False,
        locale="zh-CN",
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def county(anfang):
    """A campaign by the shipped rulebook with two party departments."""
    desk = anfang.desk("lead")
    units = [
        desk.post("/units", {"name": name, "code": code, "category": "party_mass"})["id"]
        for name, code in ((PARTY, "sf-zz"), (LAST, "sf-xc"))
    ]
    shown = desk.get(f"/campaigns/{anfang.demonstration['campaign']}")
    body = {name: shown[name] for name in ("legal_basis", "starts_on", "ends_on")}
    versions = [one["id"] for one in shown["checklists"]]
    campaign = desk.post(
        "/campaigns",
        {**body, "name": "示范县三个建设年", "themes": [], "checklist_version_ids": versions},
    )["id"]
    plan = desk.client.post(f"/campaigns/{campaign}/plan", files={"file": ("方案.txt", b"plan")})
    plan.raise_for_status()
    rules = {"shipped": "s3-sange-jianshe"}
    desk.client.put(f"/campaigns/{campaign}/rulebook", json=rules).raise_for_status()
    parts = {"units": {"party-mass": units}}
    desk.client.put(f"/campaigns/{campaign}/parts", json=parts).raise_for_status()
    return campaign, units


def test_one_department_is_last_twice(anfang, console, phone, county):
    campaign, units = county
    lead = console("lead")
    set_up(lead)
    codes = slips(lead, "基层单位") + slips(lead, "部门服务对象", RATERS)
    for place, code in enumerate(codes):
        answer(phone, anfang, code, "基本满意" if place % 3 else "满意", typed=place == 1)
    twice(phone, anfang, codes[0])
    paper(console)
    lead.page.reload()
    expect(lead["used-grassroots"]).to_have_text(str(RATERS))
    expect(lead["results"]).to_have_count(0)
    close(lead)
    photograph(lead, "results")
    expect(lead["results-table"]).to_contain_text(LAST)
    rank(anfang, campaign, 1)

    for number, code in ((2, "second"), (3, "third")):
        polled(anfang, campaign, units, code)
        run = rank(anfang, campaign, number)
    told = {(one["rule"], one["unit"]["name"]) for one in run["consequences"]}
    assert told == {("party-last", LAST), ("party-twice", LAST)}
    case = run["consequences"][0]["case"]["id"]
    lead.page.goto(f"{anfang.origin}/console/cases/{case}")
    expect(lead.page.get_by_text(LAST).first).to_be_visible()


def set_up(lead):
    """Set the first round up from the rulebook, import its frame, freeze and open it."""
    lead.go("/surveys")
    photograph(lead, "rounds")
    lead["new-round"].click()
    dialog = lead["round-dialog"]
    lead.choose(dialog.locator(".el-select"), "示范县三个建设年")
    dialog.get_by_text("第一次作风建设满意度调查").click()
    lead["round-add"].click()
    expect(lead["round-state"]).to_have_text("草拟")
    hour = lead["form-editor"].locator(".el-date-editor input")
    hour.fill(f"{TOMORROW} 18:00")
    hour.press("Enter")
    lead["form-save"].click()
    expect(lead.page.get_by_text("已保存")).to_be_visible()
    lead["frame-import"].click()
    file = {"name": "名单.csv", "mimeType": "text/csv", "buffer": FRAME}
    lead["sheet-file"].set_input_files(file)
    expect(lead["sheet-count"]).to_contain_text(str(RATERS * 2 + 1))
    lead["sheet-confirm"].click()
    expect(lead["raters"]).to_contain_text("R-0001")
    photograph(lead, "set-up")
    lead["freeze"].click()
    expect(lead["round-state"]).to_have_text("已冻结")
    lead["open"].click()
    expect(lead["round-state"]).to_have_text("开放中")


def slips(lead, group, count=RATERS):
    """Print slips for a group; returns the codes on them."""
    panel = lead["handing-out"]
    lead.choose(panel.locator(".el-select"), group)
    panel.locator(".el-input-number input").fill(str(count))
    with lead.page.expect_download() as download:
        lead["slips"].click()
    words = text_of(download.value.path())
    codes = CODE.findall(words)
    assert len(codes) == count, words
    return codes


def text_of(pdf):
    """Return what a PDF says, without its spaces."""
    raw = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True)
    return "".join(raw.stdout.decode().split())


def answer(phone, anfang, code, said, *, typed):
    """Answer: the party department as said, the other one dissatisfied."""
    if typed:
        phone.goto(f"{anfang.origin}/p/surveys/")
        phone.get_by_label("调查码").fill(code.lower())
        phone.get_by_role("button", name="打开答卷").tap()
    else:
        phone.goto(f"{anfang.origin}/p/surveys/{code.replace('-', '')}")
    expect(phone.locator("section")).to_have_count(2)
    fits(phone)
    for section in phone.locator("section").all():
        own = section.get_by_role("heading").inner_text().endswith(PARTY)
        for fieldset in section.locator("fieldset").all():
            fieldset.get_by_text(said if own else "不满意", exact=True).tap()
    PICTURES.mkdir(parents=True, exist_ok=True)
    phone.screenshot(path=PICTURES / "ballot-360.png", full_page=True)
    phone.get_by_role("button", name="交卷").tap()
    expect(phone.get_by_role("heading", name="谢谢")).to_be_visible()
    assert code.replace("-", "") not in phone.url


def twice(phone, anfang, code):
    """Going back and sending again is refused, and so is the link."""
    phone.go_back()
    phone.goto(f"{anfang.origin}/p/surveys/{code.replace('-', '')}")
    expect(phone.get_by_role("alert")).to_contain_text("一码只答一次")


def paper(console):
    """One ballot on paper: two enter it by digits and differ, a third settles it."""
    lead, reviewer, approver = console("lead"), console("reviewer1"), console("approver")
    panel = lead["paper"]
    lead.choose(panel.locator(".el-select"), "部门服务对象")
    lead["paper-count"].locator("input").fill("1")
    lead["paper-issue"].click()
    expect(lead["paper-enter"]).to_be_enabled()
    with lead.page.expect_download() as download:
        lead["sheets-print"].click()
    assert "编号1" in text_of(download.value.path())
    for who, digits in ((lead, "111333"), (reviewer, "112333")):
        who.page.goto(lead.page.url)
        who["paper-enter"].click()
        who["paper-grid"].press_sequentially(digits)
        if who is lead:
            photograph(who, "paper", settle=False)
        who["paper-grid"].press("Enter")
        expect(who["paper-waiting"]).to_contain_text("第 1 号")
    approver.page.goto(lead.page.url)
    approver["third-1"].click()
    approver["stands-0-satisfied"].click()
    photograph(approver, "third-look")
    approver["third-confirm"].click()
    expect(approver["paper-waiting"]).to_have_count(0)


def close(lead):
    lead["close"].click()
    lead["close-reason"].fill("名单上的人都答了")
    lead["close-confirm"].click()
    expect(lead["round-state"]).to_have_text("已截止")
    expect(lead["results-table"]).to_be_visible()


def polled(anfang, campaign, units, code):
    """Hold another round of the same outcome by the API."""
    desk = anfang.desk("lead")
    one = desk.post("/survey-rounds", {"campaign_id": campaign, "code": code})["id"]
    path = f"/survey-rounds/{one}"
    tag = desk.client.get(path).headers["ETag"]
    changed = desk.client.patch(path, json={"closes_at": HOUR}, headers={"If-Match": tag})
    changed.raise_for_status()
    file = {"file": ("名单.csv", FRAME)}
    digest = desk.client.post(f"{path}/frame", files=file).json()["digest"]
    desk.client.post(f"{path}/frame", params={"digest": digest}, files=file).raise_for_status()
    desk.post(f"{path}/freeze")
    desk.post(f"{path}/open")
    for group in ("grassroots", "served"):
        answer = desk.client.post(f"{path}/links", json={"group": group, "limit": RATERS})
        sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
        for row in sheet.iter_rows(min_row=2):
            marks = {f"{units[0]}.overall": "satisfied", f"{units[1]}.overall": "dissatisfied"}
            sent = {"code": row[2].value.rpartition("/")[2], **marks}
            cast = httpx.post(f"{anfang.origin}/p/surveys/ballot", data=sent)
            assert cast.status_code == 303, cast.text
    desk.post(f"{path}/close", {"reason": "名单上的人都答了"})


def rank(anfang, campaign, number):
    """Rank what the rounds so far found, have it signed off and published."""
    until = (datetime.now(UTC) + timedelta(days=number)).date().isoformat()
    body = {"campaign_id": campaign, "scheme": "satisfaction", "title": f"第{number}次"}
    run = anfang.desk("lead").post("/score-runs", {**body, "since": TODAY, "until": until})
    signed = {"approved": True, "note": "联席会议审定"}
    anfang.desk("approver").post(f"/score-runs/{run['id']}/decide", signed)
    return anfang.desk("lead").post(f"/score-runs/{run['id']}/publish")


def photograph(who, name, *, settle=True):
    """Keep a page as a desk and as a phone show it; neither scrolls sideways."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for width in (390, 1440):
        who.page.set_viewport_size({"width": width, "height": 900})
        if settle:
            who.page.wait_for_timeout(400)
        assert beyond_the_width(who.page) <= 0, (name, width)
        who.page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)


def fits(page):
    assert beyond_the_width(page) <= 0
