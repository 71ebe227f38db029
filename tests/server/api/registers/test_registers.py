"""Registers beyond the source documents' rows: sheets, versions, refusals, contradictions."""

import pytest

from anfang.campaigns.rulebook_validating import check
from anfang.kit.principal import Role
from factories import rulebooks
from factories.registers import change, file, move, send_sheet, sheet, try_file, unit_account
from factories.setup import created

POST = {"post": "受理岗", "duties": "道路运输许可审批"}


@pytest.fixture
def s1(clock, office):
    return rulebooks.loaded(office, "s1-sanxiang-zhidu")


def column(book, heading):
    (found,) = [cell.column for cell in book.active[1] if cell.value == heading]
    return found


def add_line(book, **cells):
    row = book.active.max_row + 1
    for heading, value in cells.items():
        book.active.cell(row, column(book, heading)).value = value
    return row


def faults(answer):
    return {(one["row"], one["column"], one["code"]) for one in created(answer)["faults"]}


def rows(who, campaign, query=""):
    path = f"/registers/{campaign.id}/key-posts/rows?{query}"
    return [one["values"]["post"] for one in created(who.get(path))["items"]]


def test_a_sheet_goes_out_is_changed_and_comes_back(s1):
    """What is changed and added is shown cell by cell first, and done only as it was shown."""
    file(s1.lead, s1, "key-posts", **POST)
    book = sheet(s1.lead, s1, "key-posts")
    book.active.cell(2, column(book, "抽查权重")).value = 7
    added = add_line(book, 单位="jia-jt", 岗位="勘验岗", 行政审批职责="勘验")
    plan = created(send_sheet(s1.lead, s1, "key-posts", book))
    told = [(one["row"], one["column"], one["after"], one["filed"]) for one in plan["changes"]]
    assert (2, "抽查权重", "7", False) in told
    assert (added, "岗位", "勘验岗", True) in told
    assert rows(s1.lead, s1) == ["受理岗"], "a preview changes nothing"
    other = send_sheet(s1.lead, s1, "key-posts", book, digest="0" * 64)
    assert (other.status_code, other.json["code"]) == (409, "register-sheet-changed")
    done = created(send_sheet(s1.lead, s1, "key-posts", book, digest=plan["digest"]))
    assert done["done"] is True
    assert sorted(rows(s1.lead, s1)) == sorted(["受理岗", "勘验岗"])
    stale = send_sheet(s1.lead, s1, "key-posts", book)
    assert {code for _, _, code in faults(stale)} == {"changed-since-export", "register-row-twice"}


def test_a_sheet_with_one_bad_row_is_taken_not_at_all_and_the_row_is_named(s1):
    """Unknown units, refused choices, formulas and doubled rows are told by row and column."""
    file(s1.lead, s1, "key-posts", **POST)
    book = sheet(s1.lead, s1, "key-posts")
    unknown = add_line(book, 单位="没有这个单位", 岗位="甲岗", 行政审批职责="审批")
    heavy = add_line(book, 单位="jia-jt", 岗位="乙岗", 行政审批职责="审批", 抽查权重=5000)
    empty = add_line(book, 单位="jia-jt", 岗位="丙岗")
    twice = add_line(book, 单位="jia-fw", 岗位="受理岗", 行政审批职责="审批")
    add_line(book, 单位="jia-jt", 岗位="丁岗", 行政审批职责="好的一行")
    answer = send_sheet(s1.lead, s1, "key-posts", book)
    assert faults(answer) == {
        (unknown, "单位", "value-unknown"),
        (heavy, "抽查权重", "value-out-of-range"),
        (empty, "行政审批职责", "value-missing"),
        (twice, None, "register-row-twice"),
    }
    refused = send_sheet(s1.lead, s1, "key-posts", book, digest=answer.json["digest"])
    assert (refused.status_code, refused.json["code"]) == (409, "register-sheet-faulty")
    assert rows(s1.lead, s1) == ["受理岗"]


def test_a_unit_sends_a_sheet_for_itself_alone(office, s1):
    """A liaison's sheet holds its own rows, and files none for another unit."""
    file(s1.lead, s1, "key-posts", **POST)
    other = unit_account(office, s1.tree.transport)
    book = sheet(other, s1, "key-posts")
    assert book.active.max_row == 1
    add_line(book, 单位="jia-fw", 岗位="甲岗", 行政审批职责="审批")
    assert {code for *_, code in faults(send_sheet(other, s1, "key-posts", book))} == {
        "value-unknown"
    }


def test_every_version_of_a_row_stays_with_who_and_why(office, s1):
    """Filing, changing and moving each leave a version; a unit is not told who in the office."""
    desk = unit_account(office, s1.unit)
    row = file(desk, s1, "key-posts", **POST)
    created(change(desk, row, weight=3))
    move(s1.lead, row, "dropped", "不属于审批岗位")
    told = created(s1.lead.get(f"/register-rows/{row}"))["versions"]
    assert [one["state"] for one in told] == ["单位自报", "单位自报", "未列入"]
    assert told[-1]["reason"] == "不属于审批岗位"
    assert {"title": "抽查权重", "value": "3"} in told[1]["values"]
    assert told[0]["by"] != told[2]["by"]
    desk_told = created(desk.get(f"/register-rows/{row}"))["versions"]
    assert {one["by"] for one in desk_told} == {None}
    again = file(desk, s1, "key-posts", **POST)
    assert again != row, "what was dropped no longer holds the key"


def test_two_people_do_not_overwrite_each_other(s1):
    """A change needs the tag of what its author saw."""
    row = file(s1.lead, s1, "key-posts", **POST)
    path, body = f"/register-rows/{row}", {"values": {**POST, "weight": 2}}
    seen = s1.lead.get(path).headers["ETag"]
    assert s1.lead.put(path, body).status_code == 428
    created(s1.lead.call("PUT", path, json=body, headers={"If-Match": seen}))
    late = s1.lead.call("PUT", path, json={"values": POST}, headers={"If-Match": seen})
    assert late.status_code == 412


def test_rows_are_found_by_words_state_and_unit(office, s1):
    """Filters narrow the list; Chinese words are found as they are typed."""
    file(s1.lead, s1, "key-posts", **POST)
    file(s1.lead, s1, "key-posts", s1.tree.road_transport, post="审批岗", duties="线路审批")
    assert rows(s1.lead, s1, "q=线路") == ["审批岗"]
    assert rows(s1.lead, s1, f"unit={s1.tree.transport}") == ["审批岗"]
    assert rows(s1.lead, s1, "state=published") == []
    assert rows(s1.lead, s1, "q=%25") == []


def test_a_stage_waits_for_a_register_that_is_not_complete(office, s1):
    """A gate names the register and its shares; once the share is reached it opens."""
    stages = rulebooks.section(s1.lead, s1.id, "stages")
    gate = {"code": "authorised", "kind": "registers.complete", "title": "授权齐备"}
    stages[0] = {"code": "mobilise", "title": "动员部署"}
    stages[1] = {**stages[1], "gates": [{**gate, "of": "authorisations"}]}
    changed = {"reason": "先授权，再查摆", "replaces": 1}
    rulebooks.change(s1.lead, s1.id, "stages", stages, **changed)
    rulebooks.enter_next(s1.lead, s1.id)
    desk = unit_account(office, s1.unit)
    powers = {"accept": True, "at_once": True, "coordinate": True, "urge": True}
    row = file(desk, s1, "authorisations", post="首问岗", **powers)
    refused = s1.lead.post(f"/campaigns/{s1.id}/stages/next")
    assert refused.status_code == 409
    assert "《首问责任人授权书》完成 0%，应当达到 100%" in str(refused.json)
    move(s1.lead, row, "effective")
    assert rulebooks.enter_next(s1.lead, s1.id) == stages[1]["code"]


def test_nothing_is_filed_where_nothing_is_declared(office, s1):
    """Unknown registers and columns are refused by name, and so is a campaign that is over."""
    unknown = try_file(s1.lead, s1, "no-such-list", post="岗")
    assert (unknown.status_code, unknown.json["code"]) == (404, "register-unknown")
    extra = try_file(s1.lead, s1, "key-posts", **POST, whereabouts="东门")
    assert extra.json["errors"] == [{"pointer": "whereabouts", "detail": "column-unknown"}]
    reviewer = office(Role.REVIEWER)
    assert try_file(reviewer, s1, "key-posts", **POST).json["code"] == "register-row-not-yours"
    created(s1.lead.post(f"/campaigns/{s1.id}/close"))
    over = try_file(s1.lead, s1, "key-posts", **POST)
    assert (over.status_code, over.json["code"]) == (409, "register-campaign-over")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("    unique: [nobody]", "register-column-unknown"),
        ("    draw_weight: name", "register-column-not-number"),
        ("    completion: {at_least_percent: 50}", "register-nothing-done"),
        (
            "    transitions: [{from: [open], to: shut, title: 关, by: [lead]}]",
            "register-state-unknown",
        ),
    ],
)
def test_a_rulebook_that_contradicts_itself_is_refused_with_its_line(app, line, code):
    text = _BOOK + line + "\n"
    (fault,) = check(text).faults
    assert (fault.code, fault.line) == (code, text.count("\n"))


@pytest.mark.parametrize(
    ("column_line", "code"),
    [
        ("{code: who, title: 人, type: person, public: true}", "register-person-public"),
        ("{code: where, title: 位置, type: position}", "one-of"),
        ("{code: when, title: 到岗, type: time}", "one-of"),
        ("{code: day, title: 某天, type: choice}", "required"),
    ],
)
def test_no_rulebook_publishes_a_person_or_asks_where_somebody_is(app, column_line, code):
    faulty = check(_BOOK.replace("columns:", f"columns:\n      - {column_line}"))
    assert code in {one.code for one in faulty.faults}


_BOOK = """\
rulebook: 1
code: test
title: 测试
source: 测试
registers:
  - code: list
    title: 名单
    filed_by: [lead]
    visibility: office
    columns:
      - {code: name, title: 名称, type: text}
    states:
      - {code: open, title: 已报}
"""
