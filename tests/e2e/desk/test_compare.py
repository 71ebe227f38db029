"""A returned record comes back: the reviewer sees what changed beside what it was."""

import time

import pytest
from playwright.sync_api import expect

from support import pictures
from support.e2e_wire import phone_on_the_wire
from support.phone import minimal_record, record_sha256, sha256

ASKED = "照片看不清，请重拍"
BEFORE, AFTER = (pictures.encoded(pictures.corners(*size)) for size in ((640, 480), (480, 640)))


@pytest.fixture(scope="module")
def twice_filed(anfang):
    """A record that was returned and filed again; its id and two of its items."""
    phone = phone_on_the_wire(anfang, "暗访员03")
    bundle = phone.bundle().json
    checklist = next(one for one in bundle["checklists"] if one["title"] == "窗口服务")
    asked, kept = [one["id"] for one in checklist["items"] if one["kind"] == "yes_no"][:2]
    first = filed(phone, bundle, checklist, BEFORE, {asked: "no", kept: "yes"})
    desk = anfang.desk("reviewer1")
    path = f"/review/records/{first['clear']['id']}"
    until_complete(desk, path)
    desk.post(f"{path}/claim")
    desk.post(f"{path}/return", {"remarks": [{"item": asked, "text": ASKED}]})
    filed(phone, bundle, checklist, AFTER, {asked: "yes", kept: "yes"}, first)
    until_complete(desk, path)
    return first["clear"]["id"], asked, kept


def filed(phone, bundle, checklist, picture, answers, earlier=None):
    """Send a version with one picture; returns its clear members and its hash."""
    item = next(iter(answers))
    clear, disclosures = minimal_record(
        bundle["campaigns"][0]["id"], checklist["id"], media=[picture]
    )
    if earlier:
        clear |= {"id": earlier["clear"]["id"], "supersedes": earlier["sha256"]}
    disclosures["answers"] = [{"item": one, "value": value} for one, value in answers.items()]
    disclosures["media_details"][0]["item"] = item
    body = phone.submission(clear, disclosures)
    answer = phone.send(body)
    assert answer.status_code in {200, 201}, answer.json
    assert phone.upload(clear["id"], picture).status_code in {201, 204}
    return {"clear": clear, "sha256": record_sha256(body["record"])}


def until_complete(desk, path):
    until = time.monotonic() + 60
    while True:
        read = desk.get(path)
        if read["state"] == "complete" and all(one["decoded"] for one in read["media"]):
            return
        assert time.monotonic() < until, read["state"]
        time.sleep(0.3)


def test_what_changed_stands_beside_what_it_was(anfang, reviewer, twice_filed):
    record, asked, kept = twice_filed
    reviewer.page.goto(f"{anfang.origin}/console/review/{record}")
    expect(reviewer["open-compare"]).to_be_visible()
    reviewer.page.keyboard.press("v")
    row = reviewer[f"compared-{asked}"]
    expect(row).to_contain_text(ASKED)
    expect(row.locator("del").first).to_have_text("否")
    expect(row.locator("ins").first).to_have_text("是")
    shown = [one.get_attribute("src") or "" for one in row.locator("img").all()]
    assert all(sha256(picture) in src for picture, src in zip((BEFORE, AFTER), shown, strict=True))
    expect(reviewer[f"compared-{kept}"]).to_have_count(0)
    reviewer["compare-all"].click()
    expect(reviewer[f"compared-{kept}"]).to_be_visible()
    reviewer.page.keyboard.press("Escape")
    expect(reviewer["compare"]).to_be_hidden()
    # The first version has none before it.
    reviewer["version-1"].click()
    expect(reviewer["open-compare"]).to_have_count(0)
