"""Sheets and forms at the desk: looked at first, imported whole; what is missing before a start."""

import io

import openpyxl
from playwright.sync_api import expect


def _book(*rows, more=()):
    book = openpyxl.Workbook()
    book.active.title = "survey"
    for name, lines in (("survey", rows), *more):
        sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    file = io.BytesIO()
    book.save(file)
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "表.xlsx", "mimeType": mime, "buffer": file.getvalue()}


def test_bad_rows_are_shown_and_a_mended_sheet_comes_in(console, photograph):
    lead = console("lead")
    lead.go("/setup/sites")
    lead["sites-import"].click()
    heads = ["责任单位代码", "名称", "类型", "纬度", "经度", "半径（米）"]
    code = lead.page.evaluate(
        "fetch('/api/v1/units').then(a => a.json()).then(a => a.items[0].code)"
    )
    bad = _book(heads, [code, "南窗口", "窗口", 29.7, None, 80], ["nowhere", "北窗口", "窗口"])
    lead["import-file"].set_input_files(bad)
    expect(lead["import-faults"].locator("tbody tr")).to_have_count(2)
    expect(lead["import-apply"]).to_be_disabled()
    photograph(lead, "import-faults")
    good = _book(heads, [code, "南窗口", "窗口", 29.7, 115.99, 80])
    lead["import-datum"].get_by_text("GCJ-02").click()
    lead["import-file"].set_input_files(good)
    lead["import-apply"].click()
    expect(lead["sites"].get_by_text("南窗口")).to_be_visible()


def test_a_form_from_elsewhere_becomes_a_draft(console, photograph):
    lead = console("lead")
    lead.go("/setup/checklists")
    lead["checklist-import"].click()
    heads = ["type", "name", "label::中文 (zh)", "required", "relevant"]
    choices = (["list_name", "name", "label"], ["yn", "yes", "是"], ["yn", "no", "否"])
    more = (
        ("choices", choices),
        ("settings", (["form_id", "form_title"], ["kobo", "来自别处的表单"])),
    )
    asked = ["select_one yn", "manned", "窗口有人在岗", "yes"]
    refused = _book(heads, asked, ["text", "why", "为什么", "yes", "${manned} = 'no'"], more=more)
    lead["xlsform-file"].set_input_files(refused)
    expect(lead["xlsform-remarks"]).to_contain_text("${manned} = 'no'")
    expect(lead["xlsform-apply"]).to_be_disabled()
    photograph(lead, "xlsform-refused")
    lead["xlsform-file"].set_input_files(_book(heads, asked, more=more))
    lead["xlsform-apply"].click()
    expect(lead.page.get_by_role("heading", name="来自别处的表单")).to_be_visible()


def test_a_draft_says_what_is_missing_and_where_it_is_done(anfang, console, photograph):
    lead = console("lead")
    body = {"name": "冬季暗访", "starts_on": "2026-12-01", "ends_on": "2027-02-28"}
    made = anfang.desk("lead").post("/campaigns", body)
    lead.page.goto(f"{anfang.origin}/console/setup/campaigns/{made['id']}")
    expect(lead["step-basis"]).to_contain_text("缺少")
    expect(lead["step-units"]).to_contain_text("已有")
    expect(lead["step-rulebook"]).to_contain_text("缺少")
    expect(lead["step-basis"]).to_have_attribute("aria-current", "step")
    photograph(lead, "campaign-steps")
    lead["step-plan"].get_by_role("link").click()
    expect(lead["plan-file"]).to_be_in_viewport()
    lead["step-phones"].get_by_role("link").click()
    expect(lead["devices"]).to_be_visible()


def test_a_campaigns_checklists_are_seen_as_a_phone_shows_them(anfang, console, photograph):
    lead = console("lead")
    running = anfang.demonstration["campaign"]
    lead.page.goto(f"{anfang.origin}/console/setup/campaigns/{running}")
    lead["preview-window"].click()
    expect(lead["phone-preview"]).to_be_visible()
    photograph(lead, "phone-preview")
    lead.page.keyboard.press("Escape")
    expect(lead["phone-preview"]).to_be_hidden()


def test_enrolment_sheets_for_several_inspectors(console, photograph):
    lead = console("lead")
    lead.go("/setup/inspectors")
    lead["inspectors-sheets"].click()
    boxes = lead["sheets-inspectors"].locator("label")
    for place in range(2):
        boxes.nth(place).click()
    lead["sheets-make"].click()
    expect(lead["sheets"].locator("img")).to_have_count(2)
    photograph(lead, "enrolment-sheets")
