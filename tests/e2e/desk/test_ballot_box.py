"""A sealed ballot box from handing out to opening: the office's console, raters' phones without
script, three witnesses at one desk."""

import subprocess
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import yaml
from playwright.sync_api import expect

from factories.ballots import CODE, OFFICES, PASSPHRASES
from support.house import ROOT

WITNESSES = ("reviewer1", "reviewer2", "auditor")
RATERS = 6
DERIVING_MS = 120_000
"""Three passphrases are stretched over 256 MiB each, on a machine that others use, too."""
PART = "judged"
SHIPPED = ROOT / "server/anfang/campaigns/rulebooks/s4-minzhu-pingyi.yaml"


@pytest.fixture
def phone(browser):
    """A rater's phone whose browser runs no script."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, locale="zh-CN", java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def judge_two_units(anfang):
    """Add the shipped appraisal to the campaign's rulebook and list two units to be judged."""
    desk = anfang.desk("lead")
    path = f"/campaigns/{anfang.demonstration['campaign']}"
    actors = desk.get(f"{path}/rulebook")["content"].get("actors", [])
    (appraisal,) = yaml.safe_load(SHIPPED.read_text("utf-8"))["ballots"]
    for section, content in {
        "actors": [*actors, {"code": PART, "title": "受评单位", "kind": "inspected"}],
        "ballots": [{**appraisal, "parts": [PART]}],
    }.items():
        body = {"section": section, "content": content, "reason": "增加民主评议"}
        answer = desk.client.patch(f"{path}/rulebook", json=body)
        assert answer.is_success, answer.text
    units = [one["id"] for one in desk.get("/units")["items"] if one["parent_id"]]
    answer = desk.client.put(f"{path}/parts", json={"units": {PART: units[:2]}})
    assert answer.is_success, answer.text


def take_shares(lead, anfang):
    for at, name in enumerate(WITNESSES):
        office, username, password, passphrase, again = (
            lead[f"witness-{at}"].locator("input").nth(field) for field in range(5)
        )
        office.fill(OFFICES[at])
        username.fill(name)
        password.fill(anfang.sign_in_of(name).password)
        passphrase.fill(PASSPHRASES[at])
        again.fill(PASSPHRASES[at])
    lead["take-shares"].click()
    expect(lead["slip-counts"]).to_be_visible(timeout=DERIVING_MS)


def hand_out(lead):
    """Print slips; returns the codes on them."""
    lead["slip-count"].locator("input").fill(str(RATERS + 1))
    with lead.page.expect_download() as download:
        lead["issue"].click()
    raw = subprocess.run(
        ["pdftotext", "-raw", download.value.path(), "-"], capture_output=True, check=True
    )
    codes = CODE.findall("".join(raw.stdout.decode().split()))
    assert len(codes) == RATERS + 1
    return codes


def vote(phone, anfang, code, grade, *, typed):
    if typed:
        phone.goto(f"{anfang.origin}/p/ballots/")
        phone.get_by_label("评议票上的码").fill(code)
        phone.get_by_role("button", name="继续").click()
    else:
        phone.goto(f"{anfang.origin}/p/ballots/{code}")
    for group in phone.get_by_role("radiogroup").all():
        group.get_by_text(grade, exact=True).click()
    phone.get_by_role("button", name="投入票箱").click()


def counts(lead):
    return lead["slip-counts"].locator("tbody tr").first.locator("td")


def open_before(lead, *passphrases):
    for at, passphrase in enumerate(passphrases):
        username, typed = (lead[f"present-{at}"].locator("input").nth(one) for one in range(2))
        username.fill(WITNESSES[at])
        typed.fill(passphrase)
    lead["open-box"].click()


def test_a_box_goes_from_handing_out_to_its_opening(anfang, lead, phone):
    judge_two_units(anfang)
    lead.go("/ballots")
    lead["new-box"].click()
    expect(lead["box-save"]).to_be_enabled()
    lead["box-save"].click()
    take_shares(lead, anfang)
    codes = hand_out(lead)

    for at, code in enumerate(codes[:RATERS]):
        vote(phone, anfang, code, "满意" if at else "不满意", typed=at == 1)
        expect(phone.get_by_role("heading", name="已经投入票箱")).to_be_visible()
    # No page was kept: the way back asks for the paper anew, and one slip is one ballot.
    phone.go_back()
    expect(phone.get_by_text("只计一次")).to_be_visible()
    expect(counts(lead).nth(2)).to_have_text(str(RATERS))

    lead["seal"].click()
    lead.confirm()
    expect(lead["seal-facts"]).to_contain_text(f"发出 {RATERS + 1} = 已投 {RATERS} + 未投 1")
    phone.goto(f"{anfang.origin}/p/ballots/{codes[-1]}")
    expect(phone.get_by_text("票箱已经密封")).to_be_visible()

    open_before(lead, PASSPHRASES[0], PASSPHRASES[1], "not the passphrase at all")
    expect(lead["opening-form"].get_by_role("alert")).to_be_visible(timeout=DERIVING_MS)
    expect(lead["tally"]).to_have_count(0)
    open_before(lead, *PASSPHRASES)
    mean = f"{(RATERS - 1) * 100 / RATERS:.1f}"
    first = lead["tally"].locator("tbody td strong").first
    expect(first).to_have_text(mean, timeout=DERIVING_MS)
    lead["recount"].click()
    expect(lead["recount-says"]).to_contain_text("一致")
    day = datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
    told = anfang.desk("auditor").get(f"/ballot-boxes/{lead.page.url.rpartition('/')[2]}")
    assert (told["stage"], told["day"]) == ("opened", day)
