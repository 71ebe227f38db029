"""A lead's day: a sheet comes back changed, what is new is handed out, a document goes out."""

import re

import openpyxl
from playwright.sync_api import expect

TITLE = "示范农贸市场周边环境卫生"


def retitled(download, folder):
    """Give the first case of an exported ledger another title; returns file and number."""
    file = folder / "台账.xlsx"
    download.save_as(file)
    book = openpyxl.load_workbook(file)
    columns = {cell.value: cell.column for cell in book.active[1]}
    book.active.cell(2, columns["标题"]).value = TITLE
    book.save(file)
    return file, book.active.cell(2, columns["编号"]).value


def mend_the_ledger(lead, folder):
    """Take the ledger out, change it, bring it in again after a look at what changed."""
    lead.go("/cases")
    with lead.page.expect_download() as download:
        lead["ledger-export"].click()
    file, number = retitled(download.value, folder)
    lead["ledger-import"].click()
    lead["import-file"].set_input_files(file)
    changes = lead["import-changes"].locator("tbody tr")
    expect(changes).to_have_count(1)
    expect(changes).to_contain_text(number)
    expect(changes.locator("ins")).to_have_text(TITLE)
    lead["import-confirm"].click()
    expect(lead["import-dialog"]).to_be_hidden()
    expect(lead["cases"].get_by_text(TITLE)).to_be_visible()


def hand_out(lead):
    """Narrow the ledger to what nobody has answered, and give all of it to one reviewer."""
    lines = lead["cases"].locator("tbody tr")
    every = lines.count()
    lead.choose("case-state", "待申辩")
    lead.page.keyboard.press("Escape")
    expect(lead["cases"].locator("tbody")).not_to_contain_text("已报整改")
    expect(lines).not_to_have_count(every)
    lead["cases"].locator("thead .el-checkbox").click()
    lead["bulk-assign"].click()
    lead.choose("bulk-owner", "审核员一")
    lead["bulk-confirm"].click()
    expect(lead["bulk-result"]).to_contain_text(str(lines.count()))
    lead["bulk-close"].click()
    for place in range(lines.count()):
        expect(lines.nth(place)).to_contain_text("审核员一")


def send_out(lead, anfang):
    """Publish what is approved, from the overview's card on."""
    lead.go("/overview")
    lead["waiting-approved"].click()
    lead["notices"].locator("a[data-testid^=notice-]").first.click()
    lead["notice-publish"].click()
    lead.confirm()
    expect(lead["notice-state"]).to_have_text(re.compile("已发布|已印发"))
    notice = anfang.desk("lead").get(lead.page.url.removeprefix(f"{anfang.origin}/console"))
    assert notice["number"]


def test_a_sheet_comes_in_work_is_handed_out_and_a_document_goes_out(lead, anfang, tmp_path):
    mend_the_ledger(lead, tmp_path)
    hand_out(lead)
    send_out(lead, anfang)
