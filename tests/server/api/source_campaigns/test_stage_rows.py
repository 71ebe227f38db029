"""Rows carried by stages, parts, topics, goals, rule sets and ways of visiting.

Each loads a shipped rulebook, plays the mechanism through the API and asserts its outcome and its
refusals.
"""

import time_machine

from anfang.kit.principal import Role
from factories import cases, rulebooks, setup
from factories.setup import created


def _lead_units(campaign):
    """Give every leading part of S0 its units; returns what was sent."""
    names = ["publicity", "civility", "police", "transport", "urban-management"]
    units = {name: [setup._unit(campaign.lead, name, name, campaign.tree.city)] for name in names}
    units["service-centre"] = [campaign.tree.service_centre]
    units["other-leads"] = [campaign.tree.transport, campaign.tree.road_transport]
    return units


def _decided(campaign, rule_set):
    """Have the office decide the wording of a rule set."""
    sets = rulebooks.section(campaign.lead, campaign.id, "rule_sets")
    one = next(entry for entry in sets if entry["code"] == rule_set)
    one["complete"] = True
    for number, rule in enumerate(one["rules"], 1):
        rule["text"] = rule["text"].replace("（待填）", f"：核定条文{number}")
    rulebooks.change(campaign.lead, campaign.id, "rule_sets", sets, reason="核定条文")


def _breach(lead, case, rule_set, rule, found_on="2026-11-10"):
    body = {"rule_set": rule_set, "rule": rule, "found_on": found_on, "note": "暗访记录"}
    return lead.post(f"/cases/{case['id']}/breaches", body)


def _decide(approver, breach, *, established=True):
    body = {"established": established, "reason": "事实清楚"}
    return approver.post(f"/breaches/{breach['id']}/decision", body)


def test_row_01_themes_with_leading_departments_for_three_months(office):
    """一项整顿、四项整治各有牵头和配合单位；八个牵头部门没有落实、三个月没有满，不能转段。"""
    campaign = rulebooks.loaded(office, "s0-liangzheng")
    lead, approver = campaign.lead, office(Role.APPROVER)
    themes = created(lead.get(f"/campaigns/{campaign.id}"))["themes"]
    assert len(themes) == 1 + 4
    _through_survey(campaign, approver)
    rulebooks.carry_out_points(lead, campaign.id, "mobilise")
    _decided(campaign, "six-bans")

    shut = lead.post(f"/campaigns/{campaign.id}/stages/next").json
    assert [one["pointer"] for one in shut["errors"]] == ["/gates/leads-named"]
    units = _lead_units(campaign)
    created(lead.put(f"/campaigns/{campaign.id}/parts", {"units": units}))
    assert sum(map(len, units.values())) == 8
    assert rulebooks.enter_next(lead, campaign.id) == "rectify"

    themes = {
        one["code"]: one["units"]
        for one in created(lead.get(f"/campaigns/{campaign.id}"))["themes"]
    }
    assert [one["role"] for one in themes["civic"]] == ["lead", "support", "support"]
    assert rulebooks.stage(lead, campaign.id, "rectify")["to_day"] == "2027-02-01"
    early = lead.post(f"/campaigns/{campaign.id}/stages/next").json
    assert early["code"] == "stage-too-early"


def _through_survey(campaign, approver):
    """Bring S0 into its second stage."""
    lead = campaign.lead
    rulebooks.enter_next(lead, campaign.id)
    rulebooks.carry_out_points(lead, campaign.id, "survey")
    topic = _topic(lead, campaign, "city", "出租车不打表")
    created(approver.post(f"/topics/{topic['id']}/decision", {"approved": True}))
    rulebooks.confirm_gates(approver, campaign.id, "mobilise")
    assert rulebooks.enter_next(lead, campaign.id) == "mobilise"


def _topic(lead, campaign, theme, title):
    body = {"theme": theme, "title": title, "raised_by": "第三调研组"}
    return created(lead.post(f"/campaigns/{campaign.id}/topics", body))


def test_row_02_topics_are_raised_heard_and_approved(office):
    """十二个调研组的意见收齐、逐个定夺、领导听取汇报之后，才能动员；提出的人不能自己定。"""
    both = office(Role.LEAD, Role.APPROVER)
    campaign = rulebooks.loaded(office, "s0-liangzheng", lead=both)
    approver = office(Role.APPROVER)
    rulebooks.enter_next(both, campaign.id)
    kept = _topic(both, campaign, "city", "出租车不打表")
    dropped = _topic(both, campaign, "service", "另一个问题")

    own = both.post(f"/topics/{kept['id']}/decision", {"approved": True})
    assert own.json["code"] == "topic-own-decision"
    silent = approver.post(f"/topics/{dropped['id']}/decision", {"approved": False})
    assert silent.json["code"] == "topic-reason-missing"
    created(approver.post(f"/topics/{kept['id']}/decision", {"approved": True}))
    gates = {
        one["code"]: one["lacks"] for one in rulebooks.stage(both, campaign.id, "mobilise")["gates"]
    }
    assert (
        len(gates["groups-in"]) == len(gates["topics-decided"]) == len(gates["topics-heard"]) == 1
    )

    no = {"approved": False, "reason": "不属于本次整治"}
    created(approver.post(f"/topics/{dropped['id']}/decision", no))
    rulebooks.carry_out_points(both, campaign.id, "survey")
    rulebooks.confirm_gates(approver, campaign.id, "mobilise")
    assert rulebooks.enter_next(both, campaign.id) == "mobilise"
    again = approver.post(f"/topics/{kept['id']}/decision", no)
    assert again.json["code"] == "topic-decided"


def test_row_06_a_covert_visit_is_hidden_from_the_inspected_unit(office):
    """领导不打招呼的乘车体验是暗访任务：受检单位在任何清单里都看不到。"""
    campaign = rulebooks.loaded(office, "s0-liangzheng")
    visit = setup.assignment(
        campaign, checklist_version_id=campaign.taxi, site_id=campaign.sites.taxi_fleet,
        mode="covert", kind="surprise", theme="city",
    )  # fmt: skip
    listed = created(campaign.lead.get("/assignments"))["items"]
    assert [(one["id"], one["mode"], one["kind"]) for one in listed] == [
        (visit.id, "covert", "surprise")
    ]
    desk = setup.liaison(office, campaign.tree.road_transport)
    for path in ("/assignments", f"/campaigns/{campaign.id}/visit-plan", "/campaigns"):
        assert desk.get(path).status_code == 403


def test_row_08_the_plan_of_visits_follows_the_weights_of_the_themes(office):
    """走访计划按分量分配，环境卫生和网络舆情最重；不知道的专题不能列入。"""
    campaign = rulebooks.loaded(office, "s0-liangzheng")
    setup.assignment(campaign, theme="city")
    plan = created(campaign.lead.get(f"/campaigns/{campaign.id}/visit-plan?visits=25"))
    shares = {one["theme"]: one["planned"] for one in plan["themes"]}
    assert shares == {"style": 0, "civic": 7, "enterprise": 5, "service": 5, "city": 8}
    city = next(one for one in plan["themes"] if one["theme"] == "city")
    assert (city["assigned"], city["done"]) == (1, 0)
    body = {"theme": "unheard-of"}
    unknown = campaign.lead.post("/assignments", {**_visit(campaign), **body})
    assert unknown.json["code"] == "visit-theme-unknown"


def _visit(campaign):
    return {
        "campaign_id": campaign.id,
        "checklist_version_id": campaign.window,
        "site_id": campaign.sites.window,
        "inspector_id": setup.inspector(campaign.lead),
        "from_day": setup.FIRST_DAY,
        "to_day": setup.LAST_DAY,
    }


def test_row_09_a_live_wire_is_a_veto_and_defiance_is_marked(office):
    """六条禁令条文核定之前不能据以认定；认定须先听申辩、由另一人作出；顶风和屡犯有标记。"""
    campaign = rulebooks.loaded(office, "s0-liangzheng")
    lead, approver = campaign.lead, office(Role.APPROVER)
    desk = setup.liaison(office, campaign.unit)
    case = cases.opened_case(campaign)
    assert _breach(lead, case, "six-bans", "ban-1").json["code"] == "rule-draft"
    _decided(campaign, "six-bans")

    first = created(_breach(lead, case, "six-bans", "ban-1"))
    assert _decide(approver, first).json["code"] == "breach-defence-open"
    seen = created(desk.get("/breaches"))["items"]
    assert [one["text"] for one in seen] == ["第一条：核定条文1"]
    statement = {"kind": "defence", "text": "情况属实，已调离。"}
    created(desk.post(f"/cases/{case['id']}/statements", statement))
    held = created(_decide(approver, first))
    assert (held["defiant"], held["repeated"], held["verdict"]) == (True, False, "aggravated")

    again = created(_breach(lead, case, "six-bans", "ban-2", "2026-11-20"))
    assert created(_decide(approver, again))["repeated"] is True
    assert _decide(approver, again).json["code"] == "breach-decided"
    other = setup.liaison(office, campaign.tree.transport)
    assert created(other.get("/breaches"))["items"] == []


def test_row_15_three_systems_are_families_of_checklists(office):
    """首问、限时、追责三项制度各有检查内容和条文；手册要求的检查表没有用上，计划里看得见。"""
    campaign = rulebooks.loaded(office, "s1-sanxiang-zhidu", starts_on="2026-03-01")
    lead = campaign.lead
    asked = rulebooks.section(lead, campaign.id, "visits")["checklists"]
    family = next(one for one in asked if 15 in one["rows"])
    assert "three-systems" in family["themes"]
    items = created(lead.get(f"/checklist-versions/{campaign.window}"))["items"]
    texts = " ".join(one["text"] for one in items)
    assert all(word in texts for word in ("首问", "一次性", "时限"))
    sets = {one["code"]: one for one in rulebooks.section(lead, campaign.id, "rule_sets")}
    rules = [one["code"] for one in sets["three-systems"]["rules"]]
    assert rules[:3] == ["first-asked", "time-limit", "accountability"]
    setup.assignment(campaign, theme="three-systems")
    plan = created(lead.get(f"/campaigns/{campaign.id}/visit-plan"))
    assert [one["code"] for one in plan["checklists"] if not one["used"]] == ["office"]
    made = {one["theme"]: one["assigned"] for one in plan["themes"]}
    assert made["three-systems"] == 1


def test_row_33_every_visit_is_open_or_covert_routine_or_by_surprise(office):
    """明查与暗访、常规与突击四种方式；手册不允许的方式被拒绝。"""
    campaign = rulebooks.loaded(office, "s1-sanxiang-zhidu", starts_on="2026-03-01")
    for mode in ("open", "covert"):
        for kind in ("routine", "surprise"):
            visit = setup.assignment(campaign, mode=mode, kind=kind)
            shown = created(campaign.lead.get("/assignments"))["items"]
            ways = {one["id"]: (one["mode"], one["kind"]) for one in shown}
            assert ways[visit.id] == (mode, kind)
    visits = rulebooks.section(campaign.lead, campaign.id, "visits")
    visits["kinds"] = [one for one in visits["kinds"] if one["mode"] == "covert"]
    rulebooks.change(campaign.lead, campaign.id, "visits", visits)
    refused = campaign.lead.post("/assignments", {**_visit(campaign), "mode": "open"})
    assert refused.json["code"] == "visit-kind-not-allowed"


def test_row_36_hygiene_telephone_and_honours(office):
    """办公室卫生和电话用语用检查表查；五型机关、四好干部的评比条件由办公室改。"""
    campaign = rulebooks.loaded(office, "s1-sanxiang-zhidu", starts_on="2026-03-01")
    lead, path = campaign.lead, f"/campaigns/{campaign.id}/visit-plan"
    asked = {one["code"]: one["used"] for one in created(lead.get(path))["checklists"]}
    assert asked == {"window": True, "office": False}
    version = setup.published_checklist(lead, "office")
    items = created(lead.get(f"/checklist-versions/{version}"))["items"]
    texts = " ".join(one["text"] for one in items)
    assert "卫生" in texts
    assert "电话" in texts
    used = {"checklist_version_ids": [campaign.taxi, campaign.window, version]}
    created(lead.change(f"/campaigns/{campaign.id}", used))
    assert all(one["used"] for one in created(lead.get(path))["checklists"])

    sets = rulebooks.section(lead, campaign.id, "rule_sets")
    honours = {one["code"]: len(one["rules"]) for one in sets}
    assert (honours["five-types"], honours["four-goods"]) == (5, 4)
    sets[1]["rules"][0]["text"] = "学习型：人人有学习计划"
    assert rulebooks.change(lead, campaign.id, "rule_sets", sets)["version"] == 2
    sets[2]["title"] = "四好干部个人积分排名"
    body = {"section": "rule_sets", "content": sets}
    refused = lead.patch(f"/campaigns/{campaign.id}/rulebook", body)
    assert "个人积分" in refused.json["errors"][0]["detail"]


def test_row_44_four_stages_with_gates(office):
    """动员、查找、整改、小结四个阶段：上一阶段的要点不落实，不能转段；不能跳段。"""
    campaign = rulebooks.loaded(office, "s2-zuofeng-zhengdun")
    lead, approver = campaign.lead, office(Role.APPROVER)
    codes = ["learn", "find", "rectify", "conclude"]
    entered = []
    for code in codes:
        rulebooks.confirm_gates(approver, campaign.id, code)
        entered.append(rulebooks.enter_next(lead, campaign.id))
        if code != "conclude":
            shut = lead.post(f"/campaigns/{campaign.id}/stages/next")
            assert shut.json["code"] == "stage-gates-shut"
            rulebooks.carry_out_points(lead, campaign.id, code)
    assert entered == codes
    assert lead.post(f"/campaigns/{campaign.id}/stages/next").json["code"] == "no-next-stage"


def test_row_47_problems_are_sorted_into_four_kinds(office):
    """征地拆迁、工程转包、发展环境、干部作风四类排查；归不进四类的不收。"""
    campaign = rulebooks.loaded(office, "s2-zuofeng-zhengdun")
    lead = campaign.lead
    for theme in ("land", "contracts", "development", "style"):
        _topic(lead, campaign, theme, f"{theme}的突出问题")
    path = f"/campaigns/{campaign.id}/topics"
    assert len(created(lead.get(path))["items"]) == 4
    assert len(created(lead.get(f"{path}?theme=land"))["items"]) == 1
    # The form's own theme was set up by hand and stays behind the rulebook's four.
    other = {"theme": "elsewhere", "title": "别的", "raised_by": "某单位"}
    assert lead.post(path, other).json["code"] == "topic-theme-unknown"


def test_row_60_plans_by_the_eighth_everything_by_the_twelfth(office):
    """方案 12 月 8 日前、全面启动 12 月 12 日前；台账没有建立不能全面启动。"""
    with time_machine.travel("2026-12-08T09:00:00+08:00"):
        campaign = rulebooks.loaded(office, "s3-sange-jianshe")
        lead = campaign.lead
        rulebooks.enter_next(lead, campaign.id)
        plan = rulebooks.stage(lead, campaign.id, "plan")
        due = {one["code"]: one["due"] for one in plan["points"]}
        assert (due["plans"], due["pairings"]) == ("2026-12-08", "2026-12-12")
        for code in ("plans", "pairings"):
            note = {"note": "时间、内容、成效见附件"}
            created(lead.put(f"/campaigns/{campaign.id}/stages/plan/points/{code}", note))
        (shut,) = lead.post(f"/campaigns/{campaign.id}/stages/next").json["errors"]
        assert "台账" in shut["detail"]
        rulebooks.carry_out_points(lead, campaign.id, "plan")
        assert rulebooks.enter_next(lead, campaign.id) == "launch"


def test_row_64_five_musts_and_five_must_nots(office):
    """五要五不准逐条在册；违反一条不准，经申辩由另一人认定后一票否决。"""
    campaign = rulebooks.loaded(office, "s3-sange-jianshe")
    sets = {one["code"]: one for one in rulebooks.section(campaign.lead, campaign.id, "rule_sets")}
    kinds = {code: {rule["kind"] for rule in one["rules"]} for code, one in sets.items()}
    assert kinds == {"five-musts": {"must"}, "five-must-nots": {"must_not"}}
    assert {len(one["rules"]) for one in sets.values()} == {5}

    approver, desk = office(Role.APPROVER), setup.liaison(office, campaign.unit)
    case = cases.defended_case(campaign, desk)
    assert _breach(campaign.lead, case, "five-must-nots", "not-9").json["code"] == "rule-unknown"
    later = _breach(campaign.lead, case, "five-must-nots", "not-2", "2099-01-01")
    assert later.json["code"] == "breach-in-future"
    held = created(_breach(campaign.lead, case, "five-must-nots", "not-2"))
    assert created(_decide(approver, held))["verdict"] == "veto"
    soft = created(_breach(campaign.lead, case, "five-musts", "must-5"))
    assert created(_decide(approver, soft))["verdict"] is None
    verdicts = created(campaign.lead.get(f"/campaigns/{campaign.id}/verdicts"))["items"]
    assert [one["rule"] for one in verdicts] == ["not-2"]


def test_row_66_five_stages_and_one_level_below(office):
    """六月中至九月底五个阶段；只评议下管一级的单位，越级的不能列入。"""
    with time_machine.travel("2026-06-15T09:00:00+08:00"):
        campaign = rulebooks.loaded(office, "s4-minzhu-pingyi", starts_on="2026-06-15")
        lead, tree = campaign.lead, campaign.tree
        stages = created(lead.get(f"/campaigns/{campaign.id}/stages"))["stages"]
        assert len(stages) == 5
        assert (stages[0]["from_day"], stages[-1]["to_day"]) == ("2026-06-15", "2026-09-30")
        path = f"/campaigns/{campaign.id}/parts"
        deep = {"bureau": [tree.city], "construction": [tree.road_transport]}
        assert lead.put(path, {"units": deep}).json["code"] == "actor-out-of-scope"
        below = [setup._unit(lead, f"{n}县建设局", f"js-{n}", tree.city) for n in range(10)]

        rulebooks.enter_next(lead, campaign.id)
        rulebooks.carry_out_points(lead, campaign.id, "mobilise")
        _decided(campaign, "eight-bans")
        created(lead.put(path, {"units": {"bureau": [tree.city], "construction": below[:9]}}))
        (shut,) = lead.post(f"/campaigns/{campaign.id}/stages/next").json["errors"]
        assert shut["pointer"] == "/gates/under-one-roof"
        created(lead.put(path, {"units": {"bureau": [tree.city], "construction": below}}))
        assert rulebooks.enter_next(lead, campaign.id) == "ask"


def test_row_77_a_breach_of_the_eight_bans_makes_a_unit_unqualified(office):
    """违反八个严禁，直接列为年度不合格；提出的人不能自己认定，不予认定的不留后果。"""
    both = office(Role.LEAD, Role.APPROVER)
    campaign = rulebooks.loaded(office, "s4-minzhu-pingyi", lead=both)
    approver, desk = office(Role.APPROVER), setup.liaison(office, campaign.unit)
    _decided(campaign, "eight-bans")
    case = cases.defended_case(campaign, desk)
    held = created(_breach(both, case, "eight-bans", "vote-buying"))
    dropped = created(_breach(both, case, "eight-bans", "gifts"))
    assert _decide(both, held).json["code"] == "breach-own-decision"
    assert desk.post(f"/breaches/{held['id']}/decision", {}).status_code == 403
    created(_decide(approver, dropped, established=False))
    path = f"/campaigns/{campaign.id}/verdicts"
    assert created(both.get(path))["items"] == []
    created(_decide(approver, held))
    (verdict,) = created(both.get(path))["items"]
    assert (verdict["unit"]["id"], verdict["verdict"]) == (campaign.unit, "unqualified")


def test_row_78_an_office_of_thirty_in_four_groups_and_what_units_hand_in(office):
    """评议办三十人、四个组，名单、联系人、方案、动态上报齐了，才进入征求意见。"""
    with time_machine.travel("2026-06-16T09:00:00+08:00"):
        campaign = rulebooks.loaded(office, "s4-minzhu-pingyi", starts_on="2026-06-15")
        lead = campaign.lead
        parts = created(lead.get(f"/campaigns/{campaign.id}/parts"))["items"]
        assert next(one["count"] for one in parts if one["code"] == "review-office") == 30
        rulebooks.enter_next(lead, campaign.id)
        point = f"/campaigns/{campaign.id}/stages/mobilise/points"
        few = lead.put(f"{point}/office-staffed", {"note": "名册", "count": 29})
        assert few.json["code"] == "point-count-short"
        created(lead.put(f"{point}/office-staffed", {"note": "名册", "count": 30}))
        created(lead.put(f"{point}/office-groups", {"note": "名册", "count": 4}))
        lacks = {
            one["code"]: one["lacks"] for one in rulebooks.stage(lead, campaign.id, "ask")["gates"]
        }
        assert len(lacks["mobilised"]) == len(["名单", "联系人", "方案", "动态"])


def test_row_82_what_many_complain_about_becomes_a_special_action(office):
    """群众反映强烈的问题由另一人决定立项；立项不足两件、还有没定夺的，不能总结。"""
    campaign = rulebooks.loaded(office, "s1-sanxiang-zhidu", starts_on="2026-03-01")
    lead, approver = campaign.lead, office(Role.APPROVER)
    park = _topic(lead, campaign, "hot-issues", "工业园区周边治安")
    fees = _topic(lead, campaign, "hot-issues", "乱收占道费")

    def lacking():
        gates = rulebooks.stage(lead, campaign.id, "wind-up")["gates"]
        return len(next(one for one in gates if one["code"] == "special-actions")["lacks"])

    assert lacking() == 2
    assert lead.post(f"/topics/{park['id']}/decision", {"approved": True}).status_code == 403
    created(approver.post(f"/topics/{park['id']}/decision", {"approved": True}))
    assert lacking() == 2
    created(approver.post(f"/topics/{fees['id']}/decision", {"approved": True}))
    assert lacking() == 0
    rulebooks.enter_next(lead, campaign.id)
    point = f"/campaigns/{campaign.id}/stages/rectify/points/special-actions"
    assert lead.put(point, {"note": "方案", "count": 1}).json["code"] == "point-count-short"


def test_row_83_the_key_points_of_the_third_stage_one_by_one(office):
    """三月一日动员、四月二十九日转集中整改；工作要点逐条落实，缺一条不能总结。"""
    campaign = rulebooks.loaded(office, "s1-sanxiang-zhidu", starts_on="2026-03-01")
    lead, approver = campaign.lead, office(Role.APPROVER)
    stages = created(lead.get(f"/campaigns/{campaign.id}/stages"))["stages"]
    days = [one["from_day"] for one in stages]
    assert (days[0], days[2]) == ("2026-03-01", "2026-04-29")
    for title in ("工业园区周边治安", "乱收占道费"):
        topic = _topic(lead, campaign, "hot-issues", title)
        created(approver.post(f"/topics/{topic['id']}/decision", {"approved": True}))
    for code in ("mobilise", "find", "rectify"):
        rulebooks.confirm_gates(approver, campaign.id, code)
        rulebooks.enter_next(lead, campaign.id)
    points = rulebooks.stage(lead, campaign.id, "rectify")["points"]
    for point in points[:-1]:
        path = f"/campaigns/{campaign.id}/stages/rectify/points/{point['code']}"
        created(lead.put(path, {"note": "已落实", "count": point["at_least"]}))
    (shut,) = lead.post(f"/campaigns/{campaign.id}/stages/next").json["errors"]
    assert points[-1]["title"] in shut["detail"]
    few = lead.put(
        f"/campaigns/{campaign.id}/stages/rectify/points/posts", {"note": "报", "count": 85}
    )
    assert few.json["code"] == "point-count-short"
    rulebooks.carry_out_points(lead, campaign.id, "rectify")
    assert rulebooks.enter_next(lead, campaign.id) == "wind-up"


def test_row_84_every_goal_is_measured(office):
    """四个“更”各有指标；读数说明来源，最近一天的算数；手册没有的指标不收。"""
    campaign = rulebooks.loaded(office, "s2-zuofeng-zhengdun")
    lead, path = campaign.lead, f"/campaigns/{campaign.id}/goal-readings"
    goals = created(lead.get(f"/campaigns/{campaign.id}/goals"))["items"]
    assert len(goals) == 4
    assert all(one["indicators"] for one in goals)
    reading = {"goal": "satisfaction", "indicator": "satisfied", "source": "满意度测评"}
    created(lead.post(path, {**reading, "value": 62.5, "day": "2026-11-20"}))
    told = created(lead.post(path, {**reading, "value": 48, "day": "2026-11-10"}))["items"]
    satisfied = next(one for one in told if one["code"] == "satisfaction")["indicators"][0]
    assert (satisfied["reading"]["value"], satisfied["met"]) == (62.5, True)
    hidden = {"goal": "environment", "indicator": "hidden-problems", "source": "台账"}
    told = created(lead.post(path, {**hidden, "value": 3, "day": "2026-11-20"}))["items"]
    assert (
        next(one for one in told if one["code"] == "environment")["indicators"][0]["met"] is False
    )
    unknown = {**reading, "indicator": "moods", "value": 1, "day": "2026-11-20"}
    assert lead.post(path, unknown).json["code"] == "indicator-unknown"
