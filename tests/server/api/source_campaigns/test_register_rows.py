"""Registers of the source documents: each mechanism played by its shipped rulebook."""

from anfang.kit.principal import Role
from factories import rulebooks
from factories.registers import change, file, move, register, try_file, try_move, unit_account


def desk_of(office, campaign, unit=None):
    return unit_account(office, unit or campaign.unit)


def refused(answer, status, code):
    assert (answer.status_code, answer.json["code"]) == (status, code), answer.json
    return [one["detail"] for one in answer.json.get("errors", [])]


def published(campaign, code):
    """Read a register's public page as somebody who never signed in."""
    stranger = campaign.lead.client.application.test_client()
    return stranger.get(f"/p/registers/{campaign.id}/{code}")


def public(campaign, code):
    return published(campaign, code).get_data(as_text=True)


def test_row_13_every_employee_holds_the_material_in_hand(office, s0):
    """What was handed out is signed for by the unit and counts only once everyone has a copy."""
    lead, desk = s0.lead, desk_of(office, s0)
    refused(try_file(desk, s0, "handouts"), 403, "register-row-not-yours")
    row = file(lead, s0, "handouts", material="两整文件汇编", layer="公共服务人员", staff=320)
    refused(try_move(lead, row, "received"), 403, "register-row-not-yours")
    move(desk, row, "received")
    refused(try_move(desk, row, "read"), 409, "register-needs-unmet")
    change(desk, row, copies=320, everyone=False)
    refused(try_move(desk, row, "read"), 409, "register-needs-unmet")
    change(desk, row, everyone=True)
    assert move(desk, row, "read")["state"]["outcome"] == "done"
    assert register(lead, s0, "handouts")["reached"] is True
    file(desk, s0, "meetings", held_on="2026-11-20", attended=280)
    assert [one["met"] for one in register(lead, s0, "meetings")["quotas"]] == [False]
    file(desk, s0, "meetings", held_on="2026-11-21", attended=60)
    assert [one["met"] for one in register(lead, s0, "meetings")["quotas"]] == [True]


def test_row_16_the_first_contact_gets_all_four_powers(office, s1):
    """An authorisation without one of the four powers takes no effect; in force it is public."""
    lead, desk = s1.lead, desk_of(office, s1)
    powers = {"accept": True, "at_once": True, "coordinate": True, "urge": False}
    row = file(desk, s1, "authorisations", post="综合窗口首问岗", **powers)
    refused(try_move(lead, row, "effective"), 409, "register-needs-unmet")
    assert "综合窗口首问岗" not in public(s1, "authorisations")
    change(desk, row, urge=True)
    move(lead, row, "effective")
    assert "综合窗口首问岗" in public(s1, "authorisations")
    assert change(desk, row, urge=False).status_code == 403


def test_row_17_no_window_without_a_stand_in(office, s1):
    """A roster needs two different posts; a vacancy that was seen reopens it with a term."""
    lead, desk = s1.lead, desk_of(office, s1)
    alike = try_file(desk, s1, "rosters", window="1号窗口", a_post="受理岗", b_post="受理岗")
    assert refused(alike, 422, "register-row-faulty") == ["values-alike"]
    row = file(desk, s1, "rosters", window="1号窗口", a_post="受理岗")
    refused(try_move(lead, row, "complete"), 409, "register-needs-unmet")
    change(desk, row, b_post="审核岗")
    move(lead, row, "complete")
    refused(try_move(lead, row, "vacant"), 422, "register-reason-missing")
    seen = move(lead, row, "vacant", "暗访时窗口无人，B岗也不在")
    assert seen["due_at"].startswith("2026-11-19")
    assert register(lead, s1, "rosters")["reached"] is False


def test_row_18_window_staff_are_vetted_and_temporary_hands_refused(office, s1):
    """The unfit go back and another is sent; a temporary hand cannot even be entered."""
    lead, desk = s1.lead, desk_of(office, s1)
    member = {"person": "业务科科长", "post": "受理岗", "core": True}
    hand = try_file(desk, s1, "window-staff", **member, employment="临时工")
    assert refused(hand, 422, "register-row-faulty") == ["value-refused"]
    row = file(desk, s1, "window-staff", **member, employment="本单位在编人员")
    refused(try_move(desk, row, "admitted"), 403, "register-row-not-yours")
    refused(try_move(lead, row, "returned"), 422, "register-reason-missing")
    move(lead, row, "returned", "不熟悉业务，责成另外选派")
    move(desk, row, "replaced")
    other = file(desk, s1, "window-staff", **member, employment="本单位在编人员")
    assert move(lead, other, "admitted")["state"]["title"] == "准予派驻"


def test_row_19_every_item_enters_and_exceptions_need_the_government(office, s1, approver):
    """Two doors and bare counters are refused; staying outside needs an approval with a reason."""
    lead, desk = s1.lead, desk_of(office, s1)
    item = {"item": "道路运输许可", "kind": "行政许可", "full_authority": False}
    row = file(desk, s1, "items", **item, inside=True, outside=True)
    faults = refused(try_move(lead, row, "inside"), 409, "register-needs-unmet")
    assert sorted(faults) == ["value-missing", "value-not-enough"]
    change(desk, row, outside=False, full_authority=True)
    move(lead, row, "inside")
    special = file(desk, s1, "items", **{**item, "item": "车辆管理"}, inside=False, outside=True)
    refused(try_move(lead, special, "excepted", "特殊业务"), 403, "register-row-not-yours")
    refused(try_move(approver, special, "excepted"), 422, "register-reason-missing")
    move(approver, special, "excepted", "政府常务会议同意暂不进中心")
    assert register(lead, s1, "items")["percent"] == 100
    refused(
        try_file(desk, s1, "items", **item, inside=True, outside=False), 409, "register-row-twice"
    )


def test_row_20_fees_outside_the_centre_go_to_discipline(office, s1, approver):
    """A fee taken outside is referred by a second person, and the unit does not see the list."""
    lead, desk = s1.lead, desk_of(office, s1)
    row = file(lead, s1, "fee-violations", item="工本费", found_on="2026-11-12", invoice=False)
    assert desk.get(f"/registers/{s1.id}/fee-violations").status_code == 404
    assert desk.get(f"/register-rows/{row}").status_code == 404
    refused(try_move(lead, row, "referred", "中心外收费"), 403, "register-row-not-yours")
    refused(try_move(approver, row, "referred", "中心外收费"), 409, "register-needs-unmet")
    change(lead, row, receiver="派驻纪检监察组")
    assert move(approver, row, "referred", "中心外收费")["state"]["outcome"] == "done"
    assert change(lead, row, amount=1).status_code == 403


def test_row_21_centres_open_by_june_under_one_name(office, s1):
    """The milestone is due on the rulebook's day and refuses another name."""
    lead, desk = s1.lead, desk_of(office, s1)
    row = file(lead, s1, "milestones", what="政务服务中心挂牌", name="行政审批中心")
    assert lead.get(f"/register-rows/{row}").json["due_at"].startswith("2027-06-30")
    change(desk, row, done_on="2027-06-20")
    refused(try_move(desk, row, "reported"), 409, "register-needs-unmet")
    change(desk, row, name="政务服务中心")
    move(desk, row, "reported")
    move(lead, row, "verified")
    figures = register(lead, s1, "milestones")
    assert (figures["percent"], figures["complete_by"]) == (100, "2027-06-30")
    assert [one["met"] for one in figures["quotas"]] == [False], "four centres are asked for"


def test_row_22_refusing_the_four_ways_ends_in_a_public_notice(office, s1, approver):
    """Reported, looked at, ordered; who refuses is announced by a second person, with a reason."""
    lead, desk = s1.lead, desk_of(office, s1)
    ways = {"on_behalf": True, "guided": False, "followed": True, "leader_on_site": True}
    row = file(desk, s1, "four-services", **ways)
    refused(try_move(lead, row, "in-force"), 409, "register-needs-unmet")
    move(lead, row, "ordered", "没有设首问岗，群众跑冤枉路")
    refused(try_move(approver, row, "announced", "拒不整改"), 409, "register-no-such-way")
    move(lead, row, "refused", "逾期仍未设岗")
    refused(try_move(lead, row, "announced", "拒不整改"), 403, "register-row-not-yours")
    assert move(approver, row, "announced", "拒不整改")["state"]["outcome"] == "done"


def test_row_23_large_units_need_a_guide_post(office, s1):
    """A large unit cannot make do with everybody guiding; a small one can."""
    lead, desk = s1.lead, desk_of(office, s1)
    row = file(desk, s1, "guide-posts", size="大单位", arrangement="人人导办制")
    refused(try_move(lead, row, "confirmed"), 409, "register-needs-unmet")
    change(desk, row, arrangement="导办岗", where="一层大厅")
    move(lead, row, "confirmed")
    small = desk_of(office, s1, s1.tree.road_transport)
    other = file(
        small, s1, "guide-posts", s1.tree.road_transport, size="小单位", arrangement="人人导办制"
    )
    assert move(lead, other, "confirmed")["state"]["outcome"] == "done"


def test_row_24_key_posts_reported_proposed_decided_published(office, s1, approver):
    """86 posts go from the units' own report to the public page; weights are ready for a draw."""
    lead, desk = s1.lead, desk_of(office, s1)
    post = {"post": "审批科科长岗", "duties": "道路运输许可审批"}
    row = file(desk, s1, "key-posts", **post, site=s1.sites.window)
    refused(try_move(lead, row, "decided"), 409, "register-no-such-way")
    refused(try_move(lead, row, "proposed"), 409, "register-needs-unmet")
    change(desk, row, weight=5)
    move(lead, row, "proposed")
    refused(try_move(lead, row, "decided"), 403, "register-row-not-yours")
    assert "审批科科长岗" not in public(s1, "key-posts")
    move(approver, row, "decided")
    move(lead, row, "published")
    page = public(s1, "key-posts")
    assert "审批科科长岗" in page
    assert "抽查权重" not in page
    assert "<script" not in page
    weights = lead.get(f"/registers/{s1.id}/key-posts/weights").json["items"]
    assert weights == [{"object_id": s1.sites.window, "weight": 5}]
    quota = register(lead, s1, "key-posts")["quotas"][0]
    assert (quota["found"], quota["exactly"], quota["met"]) == (1, 86, False)
    other = desk_of(office, s1, s1.tree.transport)
    assert other.get(f"/register-rows/{row}").status_code == 404
    assert refused(try_file(other, s1, "key-posts", s1.unit, **post), 404, "not-found") == []


def test_row_24_whoever_is_lead_and_approver_does_not_decide_its_own(office, s1):
    """One person with both roles cannot take a row on that it proposed itself."""
    both, desk = office(Role.LEAD, Role.APPROVER), desk_of(office, s1)
    row = file(desk, s1, "key-posts", post="收费岗", duties="收费", weight=2)
    move(both, row, "proposed")
    refused(try_move(both, row, "decided"), 409, "register-second-person")


def test_row_27_abolished_in_name_kept_in_secret(office, s1, approver):
    """Own inventions cannot be kept; what was cancelled and lives on is found and punished."""
    lead, desk = s1.lead, desk_of(office, s1)
    row = file(
        desk, s1, "clean-up", project="备案费", kind="收费", basis="本局文件", own_invention=True
    )
    assert lead.get(f"/register-rows/{row}").json["due_at"].startswith("2027-07-31")
    refused(try_move(lead, row, "kept"), 409, "register-needs-unmet")
    move(lead, row, "cancelled", "上级规定范围之外自立名目")
    assert "备案费" in public(s1, "clean-up")
    move(lead, row, "hidden", "仍以会费名义收取")
    assert register(lead, s1, "clean-up")["percent"] == 0
    refused(try_move(approver, row, "punished"), 422, "register-reason-missing")
    move(approver, row, "punished", "责令清退，立案查处")
    assert register(lead, s1, "clean-up")["percent"] == 100


def test_row_28_associations_leave_their_departments(office, s1):
    """Listed once whoever reports it; apart only in people, money and rooms."""
    lead, desk = s1.lead, desk_of(office, s1)
    entry = {"association": "道路运输协会", "authority": s1.tree.transport}
    row = file(desk, s1, "associations", **entry, reported_by="民政部门梳理")
    again = try_file(lead, s1, "associations", **entry, reported_by="主管部门申报")
    refused(again, 409, "register-row-twice")
    unknown = try_file(
        lead,
        s1,
        "associations",
        association="驾培协会",
        authority="0190a000-0000-7000-8000-000000000000",
        reported_by="主管部门申报",
    )
    assert refused(unknown, 422, "register-row-faulty") == ["value-unknown"]
    change(desk, row, staff_apart=True, money_apart=True)
    refused(try_move(lead, row, "apart"), 409, "register-needs-unmet")
    change(desk, row, office_apart=True)
    move(lead, row, "apart")
    assert register(lead, s1, "associations")["reached"] is True


def test_row_29_commitments_are_checked_published_and_kept(office, s1, approver):
    """The unit's promise is agreed, filed, published and verified; a person's stays inside."""
    lead, desk = s1.lead, desk_of(office, s1)
    row = file(desk, s1, "commitments", promise="许可五日办结", keep_by="2027-07-30")
    assert lead.get(f"/register-rows/{row}").json["due_at"].startswith("2027-06-15")
    refused(try_move(desk, row, "agreed"), 403, "register-row-not-yours")
    move(approver, row, "agreed")
    assert move(desk, row, "filed")["state"]["title"] == "已报办公室"
    refused(try_move(lead, row, "published"), 409, "register-needs-unmet")
    change(lead, row, batch=1, outlet="市日报")
    assert move(lead, row, "published")["due_at"].startswith("2027-07-30")
    assert "许可五日办结" in public(s1, "commitments")
    refused(try_move(lead, row, "kept"), 409, "register-second-person")
    change(desk, row, proof="平均四日办结")
    assert move(office(Role.REVIEWER), row, "kept")["state"]["outcome"] == "done"
    file(desk, s1, "personal-commitments", person="窗口甲岗", promise="不让群众跑第二趟")
    assert published(s1, "personal-commitments").status_code == 404


def test_row_31_operations_are_told_in_countable_results(office, s1):
    """Force, premises, vehicles are numbers that a second person checks against the books."""
    lead, desk = s1.lead, desk_of(office, s1)
    told = {"operation": "工业园区治安整治", "held_on": "2026-05-14", "paper": "台账第5号"}
    words = try_file(desk, s1, "operations", **told, force="一百五十多人次")
    assert refused(words, 422, "register-row-faulty") == ["value-not-number"]
    row = file(desk, s1, "operations", **told, force=150, premises=32, vehicles=103, arrests=5)
    move(lead, row, "checked")
    page = public(s1, "operations")
    assert "103" in page
    assert "150" in page
    assert "台账第5号" not in page


def test_row_46_new_institutions_are_published(office, s2, approver):
    """A rule enters the public library with number and day, by a second person."""
    lead, desk = s2.lead, desk_of(office, s2)
    row = file(desk, s2, "institutions", title="窗口服务规范", summary="首问、限时、问责")
    refused(try_move(approver, row, "published"), 409, "register-needs-unmet")
    change(lead, row, number="甲政发〔2026〕3号", in_force_on="2027-01-01")
    move(approver, row, "published")
    assert "甲政发〔2026〕3号" in public(s2, "institutions")


def test_row_48_front_line_work_counts_days_and_results(office, s2):
    """The log counts whole days by post; no day twice, no more than a month has."""
    lead, desk = s2.lead, desk_of(office, s2)
    entry = {"post": "局长", "month": "2026-11-30", "problems": "排队", "solved": "增开窗口"}
    assert refused(
        try_file(desk, s2, "front-line", **entry, days=32), 422, "register-row-faulty"
    ) == ["value-out-of-range"]
    assert refused(
        try_file(desk, s2, "front-line", **entry, days=1.5), 422, "register-row-faulty"
    ) == ["value-not-days"]
    row = file(desk, s2, "front-line", **entry, days=4)
    refused(try_file(desk, s2, "front-line", **entry, days=2), 409, "register-row-twice")
    move(lead, row, "checked")
    assert change(desk, row, days=5).status_code == 403


def test_row_50_measures_within_ten_days_and_in_the_media(clock, office, s3):
    """Ten days after the order the measure is due; a day off moves the end on."""
    lead, desk = s3.lead, desk_of(office, s3)
    row = file(lead, s3, "measures", problem="窗口排队过长")
    assert lead.get(f"/register-rows/{row}").json["due_at"].startswith("2026-11-26")
    refused(try_move(desk, row, "proposed"), 409, "register-needs-unmet")
    clock.move_to("2026-11-27T01:00:00Z")
    lead, desk = office(Role.LEAD), desk_of(office, s3)
    assert register(lead, s3, "measures")["overdue"] == 1
    change(desk, row, measure="增开两个窗口")
    move(desk, row, "proposed")
    change(lead, row, outlet="县电视台", published_on="2026-11-27")
    move(lead, row, "published")
    assert "增开两个窗口" in public(s3, "measures")


def test_row_55_at_least_half_of_unfit_policies_go(office, s3, approver):
    """Half must be abolished: one of three is too few; what was listed in error is out."""
    lead, desk = s3.lead, desk_of(office, s3)
    rows = [
        file(desk, s3, "policies", policy=f"旧规定{number}", why="与开放不相适应")
        for number in range(3)
    ]
    move(approver, rows[0], "abolished")
    figures = register(lead, s3, "policies")
    assert (figures["percent"], figures["reached"], figures["complete_by"]) == (
        33,
        False,
        "2011-12-31",
    )
    move(approver, rows[1], "abolished")
    assert register(lead, s3, "policies")["reached"] is True
    refused(try_move(lead, rows[2], "kept"), 422, "register-reason-missing")
    move(lead, rows[2], "mistaken", "不属清理范围")
    assert register(lead, s3, "policies")["rows"] == 2


def test_row_58_a_problem_has_who_when_and_what_for(office, s3):
    """Without responsible post, day and goal a problem is not broken down."""
    lead, desk = s3.lead, desk_of(office, s3)
    missing = try_file(desk, s3, "problems", problem="证件办理慢")
    assert refused(missing, 422, "register-row-faulty") == ["value-missing"] * 3
    row = file(
        desk,
        s3,
        "problems",
        problem="证件办理慢",
        responsible="审批科",
        due_on="2026-12-18",
        goal="五日办结",
    )
    assert move(lead, row, "promised")["due_at"].startswith("2026-12-18")
    assert "五日办结" in public(s3, "problems")
    refused(try_move(office(Role.REVIEWER), row, "solved"), 409, "register-needs-unmet")


def test_row_62_pairings_are_counted_and_the_first_group_stays(office, s3, approver):
    """Quotas count departments, towns and villages apart; the assigned group is not rearranged."""
    lead = s3.lead
    pair = {"leader": "联系领导", "liaison": "联络员"}
    first = file(
        lead,
        s3,
        "pairings",
        group="集团式帮扶",
        helper="甲局",
        town="示范乡",
        village="一村",
        **pair,
    )
    second = file(
        lead,
        s3,
        "pairings",
        group="集团式帮扶",
        helper="乙局",
        town="示范乡",
        village="一村",
        **pair,
    )
    found = {
        one["title"]: (one["found"], one["exactly"])
        for one in register(lead, s3, "pairings")["quotas"]
    }
    assert found["集团式帮扶部门"] == (2, 69)
    assert found["集团式帮扶乡镇"] == (1, 9)
    assert found["集团式帮扶极贫村"] == (1, 17)
    assert found["对应联系单位"] == (0, 32)
    refused(try_move(lead, first, "fixed"), 403, "register-row-not-yours")
    move(approver, first, "fixed")
    refused(try_move(office(Role.APPROVER), first, "ended", "调整"), 409, "register-needs-unmet")
    move(approver, second, "fixed")
    assert "联系领导" not in public(s3, "pairings")


def test_row_87_a_project_that_reports_nothing_for_a_month_is_seen(clock, office, s3):
    """Each report of progress starts a new month; silence makes the project overdue."""
    desk = desk_of(office, s3)
    row = file(
        desk,
        s3,
        "projects",
        project="示范工业园",
        leader="分管领导",
        team="指挥部",
        plan="甲府〔2026〕1号",
    )
    refused(try_move(desk, row, "advancing", "开工"), 409, "register-needs-unmet")
    change(desk, row, progress="已开工")
    assert move(desk, row, "advancing", "开工")["due_at"].startswith("2026-12-16")
    clock.move_to("2026-12-10T03:00:00Z")
    desk = desk_of(office, s3)
    assert move(desk, row, "advancing", "主体封顶")["due_at"].startswith("2027-01-1")
    clock.move_to("2027-02-20T03:00:00Z")
    assert register(office(Role.LEAD), s3, "projects")["overdue"] == 1


def test_row_78_every_place_sends_roster_contact_and_plan(office, clock):
    """Without a roster a submission is not complete; thirty people in four groups are asked for."""
    s4 = rulebooks.loaded(office, "s4-minzhu-pingyi")
    lead, desk = s4.lead, desk_of(office, s4)
    row = file(desk, s4, "submissions", roster=False, contact="办公室主任", plan="甲建〔2026〕2号")
    refused(try_move(lead, row, "complete"), 409, "register-needs-unmet")
    move(lead, row, "lacking", "缺领导小组名单")
    change(desk, row, roster=True)
    move(lead, row, "complete")
    file(lead, s4, "staffing", person="甲", group="第一组")
    assert [one["exactly"] for one in register(lead, s4, "staffing")["quotas"]] == [30, 4]
    assert desk.get(f"/registers/{s4.id}/staffing").status_code == 404
