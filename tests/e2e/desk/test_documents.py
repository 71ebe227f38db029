"""An order's way: written beside its PDF, checked, approved, issued, signed for by its unit."""

import re

from playwright.sync_api import expect

PAGE_HAS_INK = """canvas => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
  let ink = 0
  for (let i = 0; i < data.length; i += 4) if (data[i] < 128) ink += 1
  return ink
}"""


def ink(console):
    """How much is printed on the first page of the preview."""
    page = console["pdf"].locator("canvas").first
    expect(console["pdf"]).to_have_attribute("data-pages", re.compile("[1-9]"))
    return page.evaluate(PAGE_HAS_INK)


def wait_for_other_ink(console, before):
    canvas = "document.querySelector('[data-testid=pdf] canvas')"
    console.page.wait_for_function(
        f"before => ({PAGE_HAS_INK})({canvas}) !== before",
        arg=before,
    )


def draft_order(lead, case):
    lead.page.goto(f"{lead.origin}/console/notices?cases={case}")
    lead["draft-kind-rectification"].click()
    lead["draft-subject"].fill("窗口无故空岗问题")
    lead["draft-basis"].fill("《甲市机关作风整顿实施方案》第八条")
    lead["draft-demands"].fill("立即落实AB岗制度\n对窗口人员开展培训")
    lead["draft-organ"].fill("甲整办改")
    lead["draft-create"].click()
    expect(lead["notice-title"]).to_be_visible()


def test_an_order_goes_from_the_composer_to_the_units_signature(anfang, console):
    lead = console("lead")
    draft_order(lead, anfang.demonstration["case"])
    before = ink(lead)
    assert before > 1000
    # The preview follows the writing; nothing is kept yet.
    lead["paragraph-0"].fill("经查，你单位存在以下问题，现通知你单位限期整改。" * 3)
    wait_for_other_ink(lead, before)
    address = lead.page.url.removeprefix(f"{anfang.origin}/console")
    kept = anfang.desk("lead").get(address)
    assert "经查" not in kept["content"]["body"][0]["text"]
    lead["notice-save"].click()
    expect(lead.page.get_by_text("已保存")).to_be_visible()
    with lead.page.expect_download() as download:
        lead["open-word"].click()
    assert download.value.suggested_filename.endswith(".docx")
    lead["notice-submit"].click()
    lead.confirm()
    expect(lead["notice-state"]).to_have_text("待审批")

    approver = console("approver")
    approver.page.goto(f"{anfang.origin}/console{address}")
    expect(approver["notice-reject"]).to_be_visible()
    expect(approver["notice-approve"]).to_have_count(0)  # Its lawfulness comes first.

    reviewer = console("reviewer1")
    reviewer.page.goto(f"{anfang.origin}/console{address}")
    reviewer["notice-check"].click()
    reviewer["check-reason"].fill("依据明确")
    reviewer["check-confirm"].click()
    expect(reviewer["notice-checked"]).to_contain_text("依据明确")

    approver.page.reload()
    approver["notice-approve"].click()
    approver.confirm()
    expect(approver["notice-state"]).to_have_text("已审批")
    lead.page.reload()
    lead["notice-publish"].click()
    lead.confirm()
    expect(lead["notice-receipt"]).to_have_text("未签收")

    liaison = console("liaison-fw")
    liaison.go("/received")
    expect(liaison["received"]).to_contain_text("窗口无故空岗问题")
    received = liaison.page.locator("[data-testid^=received-]")
    order = received.filter(has_text="窗口无故空岗问题")
    order.get_by_test_id("sign-receipt").click()
    liaison["receipt-reason"].fill("已转分管领导")
    liaison["receipt-confirm"].click()
    expect(order.get_by_test_id("receipt")).to_contain_text("已转分管领导")
    lead.page.reload()
    expect(lead["notice-receipt"]).to_contain_text("已转分管领导")


def test_the_office_words_a_template_and_is_told_of_an_unknown_field(anfang, console):
    lead = console("lead")
    lead.page.goto(f"{anfang.origin}/console/notices/templates")
    lead["draft-template-reply"].click()
    lead["template-title"].fill("关于${matter}的${who}")
    lead["template-save"].click()
    expect(lead["problem"]).to_contain_text("who")
    lead["own-add"].click()
    lead["own-name-0"].fill("who")
    lead["own-label-0"].fill("文种")
    lead["template-note"].fill("标题可选文种")
    lead["template-publish"].click()
    lead.confirm()
    expect(lead["template-state"]).to_have_text("现用")
    lead.page.goto(f"{anfang.origin}/console/notices?cases={anfang.demonstration['case']}")
    lead["draft-kind-reply"].click()
    lead["draft-subject"].fill("窗口空岗问题")
    lead["draft-outcome"].fill("已责成整改")
    lead["draft-own-who"].fill("复函")
    lead["draft-organ"].fill("甲整办复")
    lead["draft-create"].click()
    expect(lead["notice-title"]).to_have_value("关于窗口空岗问题的复函")
