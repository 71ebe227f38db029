"""Act 3: a visit that could not be made, and a mistake taken back, are records too."""

import pytest
from playwright.sync_api import expect

from support.corpus import photos

pytestmark = pytest.mark.slow

UPLOADS = "**/api/v1/uploads**"


def test_a_visit_that_could_not_be_made_is_a_record(anfang, story, second_phone):
    assert story["enrolled"]
    phone = second_phone
    phone.page.get_by_role("button", name="示范南路户政服务厅").click()
    phone["impossible"].click()
    phone["reason-closed"].click()
    phone["impossible-reason"].fill("关门或停业：大门张贴公告，当日停电。")
    phone["impossible-submit"].click()
    expect(phone.entry()).to_have_attribute("data-phase", "delivered")
    story["could not visit"] = phone.entry().get_attribute("data-record")
    read = anfang.desk("reviewer1").get(f"/review/records/{story['could not visit']}")
    assert (read["outcome"], read["state"]) == ("not_possible", "complete")
    assert "当日停电" in read["reason"]
    assert read["answers"] == []


def test_originals_stay_until_the_receipt_is_complete(story, second_phone, tmp_path):
    """The office has the text, every upload is lost on the way: the phone keeps the photo."""
    phone = second_phone
    (photo,) = photos(tmp_path, "orientation/landscape_6.jpg")
    phone["tab-today"].click()
    phone["free"].click()
    phone["free-checklist"].select_option(label="机关办公秩序和环境卫生")
    phone["free-start"].click()
    phone["file-general"].set_input_files(photo)
    expect(phone["thumb"]).to_have_count(1)
    phone.page.context.route(UPLOADS, lambda route: route.abort())
    phone["submit"].click()
    phone["submit-now"].click()
    mistake = phone.page.locator("[data-testid='entry'][data-phase='accepted']")
    expect(mistake).to_contain_text("照片 0/1")
    assert phone.kept("originals") == 1
    story["mistake"] = mistake.get_attribute("data-record")

    phone.page.context.unroute(UPLOADS)
    phone.entry(story["mistake"]).click()
    phone["send-now"].click()
    expect(phone["entry-status"]).to_contain_text("已送达，办公室有全部 1 张照片")
    assert phone.kept("originals") == 0


def test_a_mistake_is_taken_back_by_a_record_of_its_own(anfang, story, second_phone):
    phone = second_phone
    phone["withdraw"].click()
    phone["withdraw-reason"].fill("选错了清单。")
    phone["withdraw-submit"].click()
    versions = phone.page.locator(f"[data-record='{story['mistake']}']")
    expect(versions).to_have_count(2)
    expect(versions.first).to_contain_text("撤回")
    expect(versions.first).to_have_attribute("data-phase", "delivered")
    read = anfang.desk("reviewer1").get(f"/review/records/{story['mistake']}")
    assert read["state"] == "withdrawn"
    assert [version["number"] for version in read["versions"]] == [1, 2], "the mistake stays"
