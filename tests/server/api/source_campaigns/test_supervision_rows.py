"""Time-limit supervision of the source documents, played by the shipped rulebooks."""

import io

import openpyxl

from anfang.kit.principal import Role
from factories import rulebooks
from factories.registers import unit_account
from factories.setup import created
from support.clockwork import work_by_clock

HEAD = (
    "单位代码,办件编号,审批事项,受理日期,法定时限（工作日）,承诺时限（工作日）,"
    "环节,经办岗位,进入环节日期,离开环节日期"
)


def matter(**members):
    step = {"name": "审核", "handler": "审核岗", "entered_on": "2026-11-10", "left_on": None}
    return {
        "unit_code": "jia-fw",
        "number": "2026-001",
        "item": "道路运输许可",
        "accepted_on": "2026-11-09",
        "legal_working_days": 10,
        "promised_working_days": 5,
        "steps": [
            {**step, "name": "受理", "left_on": "2026-11-10", "entered_on": "2026-11-09"},
            step,
        ],
        **members,
    }


def take(lead, campaign, *matters):
    return lead.post(f"/supervision/{campaign.id}/matters", {"matters": list(matters)})


def matters(who, campaign):
    return created(who.get(f"/supervision/{campaign.id}/matters"))["items"]


def cards(who, campaign):
    return created(who.get(f"/supervision/{campaign.id}/cards"))["items"]


def faults(answer):
    return {(one["row"], one["code"]) for one in created(answer)["faults"]}


def send_table(lead, campaign, data, name="办件.csv", digest=None):
    return lead.call(
        "POST",
        f"/supervision/{campaign.id}/sheet" + (f"?digest={digest}" if digest else ""),
        data={"file": (io.BytesIO(data), name)},
        content_type="multipart/form-data",
    )


def test_row_25_cards_go_from_blue_over_yellow_to_red(clock, office, s1):
    """Cards fall in business time, carry points and name the stuck step; a case hears the unit."""
    taken = created(take(s1.lead, s1, matter()))
    assert (taken["new"], taken["done"]) == (1, True)
    (told,) = matters(s1.lead, s1)
    assert (told["promised_until"], told["legal_until"]) == ("2026-11-16", "2026-11-23")
    stuck = {"step": "审核", "department": "", "handler": "审核岗", "working_days": 4, "open": True}
    assert told["stuck"] == stuck
    dealt = []
    for day in ("2026-11-16", "2026-11-17", "2026-11-23", "2026-11-24"):
        clock.move_to(f"{day}T03:00:00Z")
        work_by_clock("supervision")
        work_by_clock("supervision")
        lead = office(Role.LEAD)
        dealt.append([(one["colour"], one["points"]) for one in cards(lead, s1)])
    blue, yellow, red = ("blue", 1), ("yellow", 5), ("red", 10)
    assert dealt == [[blue], [yellow, blue], [yellow, blue], [red, yellow, blue]]
    card = cards(lead, s1)[0]
    assert (card["step"], card["handler"]) == ("审核", "审核岗")
    board = created(lead.get(f"/supervision/{s1.id}/board"))["units"]
    assert [(one["red"], one["points"]) for one in board] == [(1, 16)]
    case = created(lead.post(f"/supervision-cards/{card['id']}/case"))
    assert lead.post(f"/supervision-cards/{card['id']}/case").json["code"] == "card-has-case"
    opened = created(lead.get(f"/cases/{case['id']}"))
    assert (opened["source"], opened["state"]) == ("clue", "open")
    assert "审核岗" in opened["summary"]
    desk = unit_account(office, s1.unit)
    assert len(cards(desk, s1)) == 3
    other = unit_account(office, s1.tree.transport)
    assert cards(other, s1) == matters(other, s1) == []


def test_row_25_what_is_finished_in_time_gets_no_card(clock, office, s1):
    """Finished on the last promised day is in time; a pause moves the end."""
    in_time = matter(number="1", finished_on="2026-11-16")
    paused = matter(number="2", paused_working_days=3)
    late = matter(number="3", accepted_on="2026-11-06", finished_on="2026-11-16")
    created(take(s1.lead, s1, in_time, paused, late))
    clock.move_to("2026-11-17T03:00:00Z")
    work_by_clock("supervision")
    lead, approver = office(Role.LEAD), office(Role.APPROVER)
    assert [(one["number"], one["colour"]) for one in cards(lead, s1)] == [("3", "yellow")]
    path = f"/supervision-cards/{cards(lead, s1)[0]['id']}/withdraw"
    assert lead.post(path, {"reason": "系统误报"}).status_code == 403
    assert approver.post(path, {"reason": " "}).status_code == 422
    created(approver.post(path, {"reason": "系统误报"}))
    assert created(lead.get(f"/supervision/{s1.id}/board"))["units"][0]["points"] == 0
    assert approver.post(path, {"reason": "再撤"}).json["code"] == "card-withdrawn"


def test_row_25_tables_come_as_csv_with_mark_or_excel_whole_or_not_at_all(office, s1):
    """A preview first; with one bad line nothing is taken, and the line is named."""
    good = "jia-fw,A-1,道路运输许可,2026-11-09,10,5,{},{},{},{}"
    steps = [("受理", "受理岗", "2026-11-09", "2026-11-09"), ("审核", "审核岗", "2026-11-10", "")]
    lines = [HEAD, *(good.format(*one) for one in steps)]
    data = "\r\n".join(lines).encode("utf-8-sig")
    plan = created(send_table(s1.lead, s1, data))
    assert (plan["matters"], plan["new"], plan["done"]) == (1, 1, False)
    assert matters(s1.lead, s1) == []
    stale = send_table(s1.lead, s1, "\r\n".join(lines[:2]).encode("gb18030"), digest=plan["digest"])
    assert stale.json["code"] == "supervision-changed"
    created(send_table(s1.lead, s1, data, digest=plan["digest"]))
    assert matters(s1.lead, s1)[0]["stuck"]["handler"] == "审核岗"
    bad = [*lines, "nobody,A-2,某事项,2026-13-01,10,5,,,,", "jia-fw,A-3,=1+1,2026-11-09,10,5,,,,"]
    found = faults(send_table(s1.lead, s1, "\r\n".join(bad).encode()))
    assert {(4, "value-not-day"), (5, "cell-formula")} <= found
    out = s1.lead.get(f"/supervision/{s1.id}/sheet")
    sheet = openpyxl.load_workbook(io.BytesIO(out.data)).active
    assert [cell.value for cell in sheet[2]][:3] == ["jia-fw", "A-1", "道路运输许可"]
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line.split(","))
    file = io.BytesIO()
    book.save(file)
    again = created(send_table(s1.lead, s1, file.getvalue(), "办件.xlsx"))
    assert (again["new"], again["changed"], again["faults"]) == (0, 0, [])


def test_row_26_nobody_promises_more_than_half_the_legal_limit(office, s1, clock):
    """Half of the legal limit is the most; another rulebook marks what it does not refuse."""
    refused = take(s1.lead, s1, matter(promised_working_days=6))
    assert (refused.status_code, refused.json["code"]) == (422, "supervision-faulty")
    assert [one["detail"] for one in refused.json["errors"]] == ["promise-too-long"]
    assert matters(s1.lead, s1) == []
    odd = take(s1.lead, s1, matter(legal_working_days=15, promised_working_days=7))
    assert created(odd)["done"] is True
    section = rulebooks.section(s1.lead, s1.id, "supervision")
    body = {**section, "on_excess": "flag"}
    rulebooks.change(s1.lead, s1.id, "supervision", body, reason="先标记，后清理", replaces=1)
    created(take(s1.lead, s1, matter(number="2", promised_working_days=6)))
    assert [one["excessive"] for one in matters(s1.lead, s1)] == [True, False]
    beyond = take(s1.lead, s1, matter(number="3", promised_working_days=11))
    assert [one["detail"] for one in beyond.json["errors"]] == ["promise-beyond-law"]


def step(department, entered, left=None, **members):
    return {
        "name": "审核",
        "department": department,
        "handler": "审核岗",
        "entered_on": entered,
        "left_on": left,
        **members,
    }


def joint(number, *steps, **members):
    """A matter that its window accepted on a Monday and several departments examine."""
    accepted = {**step("", "2026-11-09", "2026-11-09"), "name": "受理", "handler": "受理岗"}
    members = {"lead_post": "市政务中心牵头岗", **members}
    return matter(number=number, steps=[accepted, *steps], **members)


def test_row_26_several_departments_examine_side_by_side_under_one_post(office, s1, clock):
    """Side by side, or involved early; who only waited is marked; without a post none is taken."""
    side_by_side = [step("住建局", "2026-11-10", "2026-11-12"), step("环保局", "2026-11-11")]
    early = [
        step("住建局", "2026-11-10", "2026-11-12"),
        step("环保局", "2026-11-11", "2026-11-11", early=True, name="提前介入"),
        step("环保局", "2026-11-12"),
    ]
    waited = [step("住建局", "2026-11-10", "2026-11-12"), step("环保局", "2026-11-12")]
    headless = take(s1.lead, s1, joint("1", *side_by_side, lead_post=""))
    assert [one["detail"] for one in headless.json["errors"]] == ["lead-post-missing"]
    assert matters(s1.lead, s1) == []
    told = [joint("1", *side_by_side), joint("2", *early), joint("3", *waited), matter(number="4")]
    assert created(take(s1.lead, s1, *told))["serial"] == 1
    flows = {one["number"]: one["flow"] for one in matters(s1.lead, s1)}
    assert flows == {"1": "parallel", "2": "early", "3": "serial", "4": ""}
    board = created(s1.lead.get(f"/supervision/{s1.id}/board"))
    assert board["flows"] == {"parallel": 1, "early": 1, "serial": 1}
    listed = created(s1.lead.get(f"/supervision/{s1.id}/matters?flow=serial"))["items"]
    assert [(one["number"], one["stuck"]["department"]) for one in listed] == [("3", "环保局")]
    other = unit_account(office, s1.tree.transport)
    assert created(other.get(f"/supervision/{s1.id}/board"))["flows"]["serial"] == 0
    section = rulebooks.section(s1.lead, s1.id, "supervision")
    body = {**section, "joint": {**section["joint"], "serial": "refuse"}}
    rulebooks.change(s1.lead, s1.id, "supervision", body, reason="确需串联的提前介入", replaces=1)
    refused = take(s1.lead, s1, joint("5", *waited))
    assert [one["detail"] for one in refused.json["errors"]] == ["serial-approval"]
    assert created(take(s1.lead, s1, joint("5", *early)))["done"] is True


def test_row_26_tables_name_departments_and_the_card_says_where_it_stuck(office, s1, clock):
    """A department's line in the table, early involvement as a word; the case names them."""
    head = f"{HEAD},审批部门,提前介入,牵头岗位"
    line = "jia-fw,A-1,道路运输许可,2026-11-09,10,5,审核,审核岗,{},{},{},{},牵头岗"
    steps = [
        ("2026-11-09", "2026-11-10", "住建局", ""),
        ("2026-11-09", "2026-11-09", "环保局", "是"),
        ("2026-11-10", "", "环保局", "否"),
    ]
    lines = [head, *(line.format(*one) for one in steps)]
    odd = send_table(s1.lead, s1, "\n".join([*lines[:2], lines[2].replace("是", "也许")]).encode())
    assert faults(odd) == {(3, "value-not-yes")}
    data = "\n".join(lines).encode()
    plan = created(send_table(s1.lead, s1, data))
    created(send_table(s1.lead, s1, data, digest=plan["digest"]))
    assert [one["flow"] for one in matters(s1.lead, s1)] == ["early"]
    out = s1.lead.get(f"/supervision/{s1.id}/sheet")
    shown = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(out.data)).active[2]]
    assert {"牵头岗", "串联，已提前介入", "环保局"} <= set(shown)
    clock.move_to("2026-11-17T03:00:00Z")
    work_by_clock("supervision")
    lead = office(Role.LEAD)
    card = cards(lead, s1)[0]
    assert (card["colour"], card["department"]) == ("yellow", "环保局")
    case = created(lead.post(f"/supervision-cards/{card['id']}/case"))
    assert "环保局 · 审核" in created(lead.get(f"/cases/{case['id']}"))["summary"]
