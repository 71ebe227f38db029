"""The ledger in Excel: out, changed at somebody's desk, in again whole or not at all."""

import io

import openpyxl
import pytest
import time_machine

from anfang.kit.principal import Role
from factories import cases, setup

MONDAY = "2026-11-16T03:00:00Z"
FORMULA = '=HYPERLINK("http://127.0.0.1","点我")'


@pytest.fixture
def clock():
    # It goes on: rows stand in the order in which their cases were opened.
    with time_machine.travel(MONDAY) as traveller:
        yield traveller


@pytest.fixture
def campaign(clock, office):
    return setup.running_campaign(office)


def exported(who, query="", language="zh-CN"):
    answer = who.get(f"/case-sheet?{query}", headers={"Accept-Language": language})
    assert answer.status_code == 200, answer.json
    return openpyxl.load_workbook(io.BytesIO(answer.data))


def rows_of(book):
    heads, *rows = book.active.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def change(book, row, heading, value):
    (column,) = [cell.column for cell in book.active[1] if cell.value == heading]
    book.active.cell(row, column).value = value


def sent(who, book, digest=None):
    file = io.BytesIO()
    book.save(file)
    return who.call(
        "POST",
        "/case-sheet" + (f"?digest={digest}" if digest else ""),
        data={"file": (io.BytesIO(file.getvalue()), "台账.xlsx")},
        content_type="multipart/form-data",
    )


def faults(answer):
    return {(one["row"], one["code"]) for one in setup.created(answer)["faults"]}


def test_the_sheet_holds_what_the_list_shows_and_runs_nothing(campaign):
    cases.opened_case(campaign, title=FORMULA)
    cases.opened_case(campaign, title="@SUM(1)", **{"class": "at_once"})
    book = exported(campaign.lead, "sort=opened")
    first, second = rows_of(book)
    assert (first["标题"], second["标题"]) == (FORMULA, "@SUM(1)")
    assert {cell.data_type for cell in book.active["C"][1:]} == {"s"}
    assert all(cell.quotePrefix for cell in book.active["C"][1:])
    assert second["整改类别"] == "马上整改"
    assert f"{first['整改期限']:%Y-%m-%d}" == "2026-11-30"
    assert len(rows_of(exported(campaign.lead, "class=at_once"))) == 1


def test_what_changed_is_shown_and_then_done(campaign, office):
    one, other = cases.opened_case(campaign), cases.opened_case(campaign)
    reviewer = office(Role.REVIEWER)
    name = setup.created(reviewer.get("/session"))["display_name"]
    book = exported(campaign.lead, "sort=opened", language="en")
    for heading, value in {
        "Title": "示范路窗口空岗",
        "Class": "At once",
        "Due": "2026-11-27",
        "Source": "Superior's remark",
        "Followed up by": name,
        "Theme": None,
    }.items():
        change(book, 2, heading, value)
    shown = setup.created(sent(campaign.lead, book))
    assert (shown["faults"], shown["done"], shown["rows"]) == ([], False, 2)
    assert {(c["row"], c["number"]) for c in shown["changes"]} == {(2, one["number"])}
    assert {c["column"] for c in shown["changes"]} >= {"标题", "整改类别", "整改期限", "来源"}
    path = f"/cases/{one['id']}"
    assert campaign.lead.get(path).json["title"] == one["title"]

    done = setup.created(sent(campaign.lead, book, shown["digest"]))
    assert done["done"]
    now = campaign.lead.get(path).json
    assert (now["title"], now["class"], now["source"]) == ("示范路窗口空岗", "at_once", "superior")
    assert (now["due_at"], now["owner"]["name"]) == ("2026-11-27T10:00:00+00:00", name)
    assert now["theme"] is None
    assert campaign.lead.get(f"/cases/{other['id']}").json["title"] == other["title"]


def test_an_untouched_sheet_changes_nothing(campaign):
    cases.opened_case(campaign, title=FORMULA, summary="第一行\n第二行")
    shown = setup.created(sent(campaign.lead, exported(campaign.lead)))
    assert (shown["changes"], shown["faults"]) == ([], [])


def test_a_case_that_changed_since_the_export_is_refused_by_its_row(campaign, office):
    one, other = cases.opened_case(campaign), cases.opened_case(campaign)
    book = exported(campaign.lead, "sort=opened")
    change(book, 2, "标题", "甲")
    change(book, 3, "标题", "乙")
    shown = setup.created(sent(campaign.lead, book))
    body = {"responsible": "副主任"}
    setup.created(campaign.lead.change(f"/cases/{other['id']}", body))
    late = sent(campaign.lead, book, shown["digest"])
    assert (late.status_code, late.json["code"]) == (409, "import-faulty")
    again = setup.created(sent(campaign.lead, book))
    assert [(f["row"], f["code"]) for f in again["faults"]] == [(3, "changed-since-export")]
    assert other["number"] in again["faults"][0]["text"]
    assert campaign.lead.get(f"/cases/{one['id']}").json["title"] == one["title"]


def test_a_plan_that_nobody_saw_is_not_done(campaign):
    one = cases.opened_case(campaign)
    book = exported(campaign.lead)
    change(book, 2, "标题", "甲")
    shown = setup.created(sent(campaign.lead, book))
    change(book, 2, "标题", "乙")
    refused = sent(campaign.lead, book, shown["digest"])
    assert (refused.status_code, refused.json["code"]) == (409, "import-changed")
    assert campaign.lead.get(f"/cases/{one['id']}").json["title"] == one["title"]


@pytest.mark.parametrize(
    ("heading", "value", "code"),
    [
        ("标题", "=1+1", "cell-formula"),
        ("标题", None, "value-missing"),
        ("标题", "长" * 121, "value-too-long"),
        ("整改类别", "尽快", "value-unknown"),
        ("整改期限", "年底", "value-unknown"),
        ("整改期限", "2026-11-16", "due-before-opening"),
        ("整改类别", "说明情况、逐步解决", "public-explanation-missing"),
        ("经办人", "查无此人", "value-unknown"),
        ("专题", "别的专题", "value-unknown"),
        ("责任单位", "别的单位", "column-fixed"),
        ("状态", "已办结", "column-fixed"),
        ("系统编号（勿改）", "0", "case-unknown"),
        ("系统编号（勿改）", "5e0bba9c-0000-4000-8000-000000000000", "case-unknown"),
        ("版本（勿改）", "7", "changed-since-export"),
    ],
)
def test_a_wrong_cell_is_reported_by_its_row_and_nothing_is_imported(
    campaign, heading, value, code
):
    one, other = cases.opened_case(campaign), cases.opened_case(campaign)
    book = exported(campaign.lead, "sort=opened")
    change(book, 2, "标题", "改好的一行")
    change(book, 3, heading, value)
    answer = sent(campaign.lead, book)
    assert faults(answer) == {(3, code)}
    refused = sent(campaign.lead, book, answer.json["digest"])
    assert (refused.status_code, refused.json["code"]) == (409, "import-faulty")
    for case in (one, other):
        assert campaign.lead.get(f"/cases/{case['id']}").json["title"] == case["title"]


def test_merged_cells_twins_closed_cases_and_foreign_sheets_are_reported(campaign):
    one, other = cases.opened_case(campaign), cases.opened_case(campaign)
    book = exported(campaign.lead, "sort=opened")
    book.active.merge_cells("C2:C3")
    assert faults(sent(campaign.lead, book)) == {(2, "cell-merged"), (3, "cell-merged")}
    book = exported(campaign.lead, "sort=opened")
    change(book, 3, "系统编号（勿改）", one["id"])
    assert faults(sent(campaign.lead, book)) == {(2, "row-twice"), (3, "row-twice")}
    setup.created(campaign.lead.post(f"/cases/{other['id']}/close", {"reply": "办结。"}))
    book = exported(campaign.lead, "sort=opened")
    change(book, 3, "标题", "再改")
    assert faults(sent(campaign.lead, book)) == {(3, "case-closed")}
    book = openpyxl.Workbook()
    book.active.append(["标题", "心情"])
    found = {(1, "column-unknown"), (1, "column-missing")}
    assert faults(sent(campaign.lead, book)) == found


def test_a_file_that_is_no_workbook_is_refused_with_a_code(campaign):
    answer = campaign.lead.call(
        "POST",
        "/case-sheet",
        data={"file": (io.BytesIO(b"number,title"), "台账.csv")},
        content_type="multipart/form-data",
    )
    assert (answer.status_code, answer.json["code"]) == (422, "workbook-unreadable")


def test_a_unit_exports_its_own_cases_without_what_stays_in_the_office(campaign, office):
    tree = campaign.tree
    for unit in (tree.service_centre, tree.road_transport):
        finding = cases.confirmed_finding(campaign, unit=unit)
        cases.opened_case(campaign, findings=[finding], unit_id=unit, responsible="副主任")
    desk = setup.liaison(office, tree.road_transport)
    (row,) = rows_of(exported(desk))
    assert row["责任单位"] == "甲市道路运输服务中心"
    assert not {"经办人", "责任人或岗位", "专题", "来源", "系统编号（勿改）"} & row.keys()
    assert desk.get(f"/case-sheet?theme={campaign.theme}").status_code == 403
    assert sent(desk, exported(desk)).status_code == 403
