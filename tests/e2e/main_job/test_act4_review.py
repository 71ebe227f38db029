"""Act 4: returned with a remark, answered, accepted with a finding; pictures redacted."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from support.corpus import photos

pytestmark = pytest.mark.slow

REMARK = "请写明是哪个时段，并补一张窗口全景。"
ANSWER = "上午十点零五分到十点二十五分，3号窗口无人。"
REFINED = "工作时间3号窗口无人在岗二十分钟。"


@pytest.fixture
def desk(anfang):
    return anfang.desk("reviewer1")


def test_the_reviewer_returns_the_record_with_a_remark_at_an_item(story, console, desk):
    reviewer = console("reviewer1")
    reviewer.go("/review")
    reviewer[f"record-{story['record']}"].click()
    expect(reviewer["record-state"]).to_be_visible()
    expect(reviewer["stage"].locator("img")).to_be_visible()
    expect(reviewer["score"]).to_contain_text("/")
    reviewer["return"].click()
    reviewer["return-on_duty"].fill(REMARK)
    reviewer["return-confirm"].click()
    expect(reviewer["return-dialog"]).to_be_hidden()
    read = desk.get(f"/review/records/{story['record']}")
    assert read["state"] == "returned"
    assert [(one["item"], one["text"]) for one in read["decisions"][0]["remarks"]] == [
        ("on_duty", REMARK)
    ]
    story["first version"] = read["record_sha256"]


def test_the_phone_shows_the_remark_at_the_item_and_answers(story, first_phone, tmp_path):
    phone = first_phone
    phone.stop()
    phone.start()
    phone.unlock()
    phone[f"returned-{story['assignment']}"].click()
    expect(phone["office-remark-on_duty"]).to_contain_text(REMARK)
    phone["remark-on_duty"].fill(ANSWER)
    (wide,) = photos(tmp_path, "gps/DSCN0021.jpg")
    phone["file-on_duty"].set_input_files(wide)
    expect(phone["item-on_duty"].get_by_test_id("thumb")).to_have_count(2)
    phone["submit"].click()
    phone["submit-now"].click()
    expect(phone["entry"]).to_have_count(2)
    expect(phone.entry(story["record"])).to_contain_text("答复退回")
    expect(phone.entry(story["record"])).to_have_attribute("data-phase", "delivered")
    expect(phone.entry(story["record"])).to_contain_text("全部 4 张照片")
    assert phone.kept("originals") == 0


def test_both_versions_stay(story, console, desk):
    reviewer = console("reviewer1")
    reviewer["queue-refresh"].click()
    reviewer[f"record-{story['record']}"].click()
    reviewer["version-1"].click()
    expect(reviewer["answers"]).to_contain_text("上午十点到十点二十分")
    reviewer["version-2"].click()
    expect(reviewer["answers"]).to_contain_text(ANSWER)
    read = desk.get(f"/review/records/{story['record']}")
    assert [(one["number"], one["complete"]) for one in read["versions"]] == [(1, True), (2, True)]
    older = desk.get(f"/review/records/{story['record']}/versions/{story['first version']}")
    assert len(older["media"]) == 3
    assert len(read["media"]) == 4


def test_accepted_with_a_finding(story, console, desk):
    reviewer = console("reviewer1")
    reviewer["accept"].click()
    expect(reviewer["finding-text-deputy"]).to_have_value("未做到：落实AB岗，无空窗、空岗")
    reviewer["finding-text-on_duty"].fill(REFINED)
    reviewer["accept-confirm"].click()
    expect(reviewer["findings"]).to_contain_text(REFINED)
    read = desk.get(f"/review/records/{story['record']}")
    assert read["state"] == "accepted"
    found = {one["item"]: one["text"] for one in read["findings"]}
    assert found["on_duty"] == REFINED


def test_one_picture_is_redacted_by_drawing_and_the_others_cleared(story, console, desk):
    reviewer = console("reviewer1")
    item = reviewer.page.locator("[data-item='on_duty']")
    item.get_by_role("button", name="照片").first.click()
    reviewer["redact"].click()
    box = reviewer["canvas"].bounding_box()
    mouse = reviewer.page.mouse
    mouse.move(box["x"] + box["width"] * 0.30, box["y"] + box["height"] * 0.30)
    mouse.down()
    mouse.move(box["x"] + box["width"] * 0.50, box["y"] + box["height"] * 0.60, steps=4)
    mouse.up()
    expect(reviewer["box-0"]).to_be_visible()
    reviewer["redact-save"].click()
    expect(reviewer["published-png"]).to_be_visible()
    expect(reviewer["picture-decision"]).to_contain_text("已遮盖")
    for left in (2, 1, 0):
        reviewer["redact-next"].click()
        expect(reviewer["picture-decision"]).to_be_hidden()
        reviewer["clear"].click()
        reviewer["clear-reason"].fill("没有人、车牌和姓名。")
        reviewer["clear-confirm"].click()
        expect(reviewer["picture-decision"]).to_be_visible()
        expect(reviewer["redact-next"]).to_have_count(1 if left else 0)

    decided = desk.get(f"/review/records/{story['record']}")["media"]
    kinds = [one["picture_decision"]["kind"] for one in decided]
    assert sorted(kinds) == ["clearance", "clearance", "clearance", "redaction"]
    assert all(one["picture_decision"]["provable"] for one in decided)
    (redacted,) = [one for one in decided if one["picture_decision"]["kind"] == "redaction"]
    _assert_black_inside(desk, redacted)


def _assert_black_inside(desk, medium):
    """The published picture is a plain PNG, black in every rectangle and not only there."""
    decision = medium["picture_decision"]
    answer = desk.client.get(decision["redacted_url"].removeprefix("/api/v1"))
    picture = Image.open(io.BytesIO(answer.content))
    assert (picture.format, picture.mode) == ("PNG", "RGB")
    assert picture.size == (medium["width"], medium["height"])
    (area,) = decision["rectangles"]
    x, y, w, h = (area[name] for name in "xywh")
    assert w * h > 0.05 * picture.width * picture.height
    inside = picture.crop((x, y, x + w, y + h))
    assert inside.getextrema() == ((0, 0), (0, 0), (0, 0))
    assert picture.getextrema() != inside.getextrema()
