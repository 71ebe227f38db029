"""Cycles of the source documents, played by the shipped rulebooks."""

import pytest

from anfang.kit.principal import Role
from factories import cases, documents, rulebooks, setup
from factories.registers import file, move, register, unit_account
from factories.setup import created
from support.clockwork import work_by_clock


def planned(campaign, lead=None):
    lead = lead or campaign.lead
    created(lead.post(f"/cycles/{campaign.id}/plan"))
    return campaign


def periods(who, campaign, duty=None, **query):
    asked = "&".join(f"{k}={v}" for k, v in {"limit": 200, **query}.items())
    path = f"/cycles/{campaign.id}/periods?{asked}" + (f"&duty={duty}" if duty else "")
    return created(who.get(path))["items"]


def report(who, period, **body):
    return who.post(f"/cycle-periods/{period['id']}/entries", body)


def code(answer):
    return answer.status_code, answer.json["code"]


def alerts(who, campaign):
    found = created(who.get(f"/alerts?campaign={campaign.id}&limit=200"))["items"]
    return [(one["kind"], one["title"].split()[0]) for one in found]


@pytest.fixture
def s3(clock, office):
    """The campaign in its own year; two helping departments."""
    clock.move_to("2010-12-13T03:00:00Z")
    days = {"starts_on": "2010-12-01", "ends_on": "2011-12-31"}
    campaign = rulebooks.loaded(office, "s3-sange-jianshe", **days)
    units = [campaign.unit, campaign.tree.transport]
    rulebooks.assign(campaign.lead, campaign.id, group_helpers=units)
    return planned(campaign)


def test_row_65_every_month_a_round_and_a_circular_every_quarter_a_report(clock, office, s3):
    """Months, quarters and years are asked for; a missed one is told once, and late stays late."""
    counts = {
        duty: len(periods(s3.lead, s3, duty))
        for duty in ("inspection", "circular", "county-report", "year-end")
    }
    assert counts == {"inspection": 13, "circular": 13, "county-report": 5, "year-end": 2}
    december = periods(s3.lead, s3, "inspection")[0]
    assert (december["from_day"], december["to_day"]) == ("2010-12-01", "2010-12-31")
    assert december["due_at"].startswith("2011-01-06"), "1 to 3 January 2011 were a holiday"
    assert code(report(s3.lead, december)) == (422, "report-missing")
    january = periods(s3.lead, s3, "inspection")[1]
    assert code(report(s3.lead, january, text="督查")) == (409, "period-not-begun")
    desk = unit_account(office, s3.unit)
    assert report(desk, december, text="督查").status_code == 404
    assert created(report(s3.lead, december, text="督查69个部门"))["state"] == "fulfilled"
    circular = periods(s3.lead, s3, "circular")[0]
    unknown = report(s3.lead, circular, number="甲督〔2010〕1号")
    assert code(unknown) == (422, "document-not-issued")
    clock.move_to("2011-01-04T03:00:00Z")
    work_by_clock("cycles")
    lead = office(Role.LEAD)
    assert ("cycle-due-soon", "每月通报一次") in alerts(lead, s3)
    clock.move_to("2011-01-12T03:00:00Z")
    work_by_clock("cycles")
    work_by_clock("cycles")
    lead = office(Role.LEAD)
    assert alerts(lead, s3).count(("cycle-missed", "每月通报一次")) == 1
    assert ("cycle-missed", "每月督查一次") not in alerts(lead, s3)
    assert periods(lead, s3, "circular")[0]["state"] == "missed"
    quarter = periods(lead, s3, "county-report", state="open")[0]
    clock.move_to("2011-01-18T03:00:00Z")
    work_by_clock("cycles")
    lead = office(Role.LEAD)
    assert created(report(lead, quarter, text="补汇报"))["state"] == "late"


def test_row_65_a_circular_is_what_was_issued_under_its_number(clock, office):
    """A published document stands for one month, under its own number, and for no other month."""
    s3 = planned(rulebooks.loaded(office, "s3-sange-jianshe"))
    people = documents.Desk(
        s3, s3.lead, office(Role.REVIEWER), office(Role.APPROVER), setup.liaison(office, s3.unit)
    )
    number = people.published()["number"]
    november, december, *_ = periods(s3.lead, s3, "circular")
    draft = people.draft()
    assert draft["number"] is None
    assert code(report(s3.lead, november, text="已通报")) == (422, "report-missing")
    done = created(report(s3.lead, november, number=number))
    assert (done["state"], done["entries"][0]["number"]) == ("fulfilled", number)
    clock.move_to("2026-12-01T03:00:00Z")
    lead = office(Role.LEAD)
    assert code(report(lead, december, number=number)) == (409, "document-used")


def test_row_61_days_among_the_people_are_numbers(clock, office, s3):
    """Five whole days a month for each department, typed in, no entry above a month."""
    desk = unit_account(office, s3.unit)
    mine = periods(desk, s3, "liaison-days")
    assert {one["unit"]["id"] for one in mine} == {s3.unit}
    december = mine[0]
    assert december["count"] == {
        "title": "驻点",
        "unit": "天",
        "at_least": 5,
        "at_most_each": 31,
        "total": 0,
    }
    assert code(report(desk, december, count=32)) == (422, "count-too-large")
    assert report(desk, december, count=1.5).status_code == 422
    assert code(report(desk, december, text="去过")) == (422, "report-missing")
    assert created(report(desk, december, count=3))["state"] == "open"
    done = created(report(desk, december, count=2, text="帮扶春耕"))
    assert (done["state"], done["count"]["total"]) == ("fulfilled", 5)
    assert set(done["entries"][0]) == {"number", "text", "count", "day"}
    other = unit_account(office, s3.tree.transport)
    assert report(other, december, count=1).status_code == 404
    asked = {
        duty: periods(s3.lead, s3, duty)[0]["count"]["at_least"]
        for duty in ("county-leaders-days", "unit-leaders-days", "town-leaders-days")
    }
    assert asked == {"county-leaders-days": 60, "unit-leaders-days": 90, "town-leaders-days": 120}


def test_row_63_petitions_before_the_festival_and_in_the_next_year(clock, office, s3):
    """One matter before the Spring Festival, two in the next year, stability every quarter."""
    desk = unit_account(office, s3.unit)
    (before,) = periods(desk, s3, "petition-before-festival")
    (following,) = periods(desk, s3, "petition-next-year")
    assert (before["to_day"], before["count"]["at_least"]) == ("2011-02-02", 1)
    assert code(report(desk, following, count=1)) == (409, "period-not-begun")
    assert len(periods(s3.lead, s3, "stability")) == 5
    clock.move_to("2011-01-27T03:00:00Z")
    work_by_clock("cycles")
    desk, other = unit_account(office, s3.unit), unit_account(office, s3.tree.transport)
    assert ("cycle-due-soon", "春节前处置信访或稳定方面的突出问题") in alerts(desk, s3)
    assert created(report(desk, before, count=1, text="移民安置"))["state"] == "fulfilled"
    assert created(report(desk, following, count=1))["state"] == "open"
    clock.move_to("2011-02-09T03:00:00Z")
    work_by_clock("cycles")
    desk, other = unit_account(office, s3.unit), unit_account(office, s3.tree.transport)
    missed = ("cycle-missed", "春节前处置信访或稳定方面的突出问题")
    assert missed in alerts(other, s3)
    assert missed not in alerts(desk, s3)


def test_row_43_a_bulletin_tells_more_problems_than_achievements(clock, office):
    """Of a bulletin's cases more than half are problems; the same case is told once."""
    s2 = rulebooks.loaded(office, "s2-zuofeng-zhengdun")
    rule = rulebooks.section(s2.lead, s2.id, "cases")
    without_look_back = {name: said for name, said in rule.items() if name != "closing"}
    body = {"reason": "简报先行", "replaces": 1}
    rulebooks.change(s2.lead, s2.id, "cases", without_look_back, **body)
    opened = [cases.opened_case(s2, title=f"问题{number}") for number in range(2)]
    clock.move_to("2026-11-16T08:00:00Z")
    body = {"from_day": "2026-11-01", "to_day": "2026-11-30"}
    path = f"/cycles/{s2.id}/bulletins"
    days = "from_day=2026-11-01&to_day=2026-11-30"
    material = created(s2.lead.get(f"/cycles/{s2.id}/bulletin-material?{days}"))
    ids = [one["id"] for one in material["opened"]]
    assert (len(ids), material["closed"], material["problems_at_least_percent"]) == (2, [], 51)
    assert code(s2.lead.post(path, body)) == (422, "bulletin-cases")
    assert code(s2.lead.post(path, {**body, "problems": ids[:1] * 2})) == (422, "bulletin-cases")
    assert code(s2.lead.post(path, {**body, "achievements": ids})) == (422, "bulletin-cases")
    created(s2.lead.post(f"/cases/{opened[0]['id']}/close", {"reply": "已整改，向群众反馈。"}))
    one_each = {**body, "problems": ids[1:], "achievements": [opened[0]["id"]]}
    assert code(s2.lead.post(path, one_each)) == (409, "bulletin-ratio")
    told = created(s2.lead.post(path, {**body, "problems": ids}))
    assert (told["problems_percent"], len(told["problems"])) == (100, 2)
    assert set(told["problems"][0]) == {"id", "number", "unit", "title"}
    assert created(s2.lead.get(f"/case-bulletins/{told['id']}")) == told
    draft = {
        "kind": "bulletin",
        "case_ids": [one["id"] for one in told["problems"]],
        "theme": "作风整顿",
        "achievements": [],
        "letterhead": {"office": "甲市作风办", "organ": "甲作办"},
    }
    unheard = s2.lead.post("/notices", draft)
    assert code(unheard) == (409, "defence-window-open")
    assert code(s2.lead.get(f"/cycles/{rulebooks_without(office)}/pace")) == (404, "no-cycles")
    clock.move_to("2026-11-30T03:00:00Z")
    document = created(office(Role.LEAD).post("/notices", draft))
    assert (document["kind"], document["state"]) == ("bulletin", "draft")


def rulebooks_without(office):
    """Return a campaign that runs without a rulebook."""
    lead = office(Role.LEAD)
    body = {
        "name": "无规则书的行动",
        "legal_basis": "依据",
        "starts_on": "2026-11-01",
        "ends_on": "2026-12-31",
        "themes": [],
        "checklist_version_ids": [],
    }
    return created(lead.post("/campaigns", body))["id"]


def test_row_46_the_look_back_comes_with_the_last_stage(clock, office):
    """Nothing is asked before the last stage; in it every unit reports before its end."""
    s2 = rulebooks.loaded(office, "s2-zuofeng-zhengdun")
    rulebooks.assign(s2.lead, s2.id, units=[s2.unit, s2.tree.transport])
    approver = office(Role.APPROVER)
    planned(s2)
    for stage in created(s2.lead.get(f"/campaigns/{s2.id}/stages"))["stages"]:
        assert periods(s2.lead, s2, "look-back") == []
        rulebooks.confirm_gates(approver, s2.id, stage["code"])
        rulebooks.enter_next(s2.lead, s2.id)
        rulebooks.carry_out_points(s2.lead, s2.id, stage["code"])
        planned(s2)
    asked = periods(s2.lead, s2, "look-back")
    assert {one["unit"]["id"] for one in asked} == {s2.unit, s2.tree.transport}
    assert {one["to_day"] for one in asked} == {"2027-01-31"}
    assert {one["due_at"][:10] for one in asked} == {"2027-01-25"}, "before the stage ends"
    desk = unit_account(office, s2.unit)
    (mine,) = periods(desk, s2, "look-back")
    assert created(report(desk, mine, text="逐项复查，无反弹"))["state"] == "fulfilled"


def test_row_37_half_the_time_half_the_work(clock, office):
    """Time that has passed is held beside what was done: behind, then in step."""
    s1 = planned(rulebooks.loaded(office, "s1-sanxiang-zhidu", ends_on="2026-11-30"))
    desk = unit_account(office, s1.unit)
    powers = {"accept": True, "at_once": True, "coordinate": True, "urge": True}
    rows = [file(desk, s1, "authorisations", post=f"{n}号岗", **powers) for n in (1, 2)]

    def pace():
        items = created(s1.lead.get(f"/cycles/{s1.id}/pace"))["items"]
        return {one["code"]: one for one in items}["authorised"]

    assert (pace()["time_percent"], pace()["work_percent"], pace()["behind"]) == (53, 0, True)
    move(s1.lead, rows[0], "effective")
    assert (pace()["work_percent"], pace()["behind"]) == (50, True)
    move(s1.lead, rows[1], "effective")
    assert (pace()["work_percent"], pace()["behind"]) == (100, False)


def test_row_35_what_was_won_is_looked_at_again_every_month(clock, office):
    """The recheck against relapse is asked for each month and alarms when it does not come."""
    s1 = planned(rulebooks.loaded(office, "s1-sanxiang-zhidu"))
    first = periods(s1.lead, s1, "rebound-checks")[0]
    assert (first["from_day"], first["state"]) == ("2026-11-01", "open")
    assert created(report(s1.lead, first, text="抽查12个单位"))["state"] == "fulfilled"
    clock.move_to("2027-01-12T03:00:00Z")
    work_by_clock("cycles")
    lead = office(Role.LEAD)
    states = [one["state"] for one in periods(lead, s1, "rebound-checks")]
    assert states == ["fulfilled", "missed", "open"]


def test_row_24_terms_of_registers_reach_the_unit_as_alerts(clock, office):
    """A register's term is reminded of and missed, once each, and its unit alone sees it."""
    s1 = rulebooks.loaded(office, "s1-sanxiang-zhidu")
    desk = unit_account(office, s1.unit)
    file(desk, s1, "key-posts", post="审批岗", duties="审批")
    secret = {"item": "工本费", "found_on": "2026-11-12", "invoice": False}
    file(s1.lead, s1, "fee-violations", **secret)
    for day in ("2026-11-27", "2026-12-01", "2026-12-02"):
        clock.move_to(f"{day}T01:00:00Z")
        work_by_clock("registers")
        work_by_clock("registers")
    desk, other = unit_account(office, s1.unit), unit_account(office, s1.tree.transport)
    found = created(desk.get("/alerts"))["items"]
    assert [one["kind"] for one in found] == ["register-overdue", "register-due-soon"]
    assert created(other.get("/alerts"))["items"] == []
    assert ("register-overdue", "中心外收费问题") in alerts(office(Role.LEAD), s1)
    assert register(desk, s1, "key-posts")["overdue"] == 1
    seen = created(desk.post(f"/alerts/{found[0]['id']}/seen"))
    assert seen["seen_at"] is not None
    assert len(created(desk.get("/alerts?seen=false"))["items"]) == 1
