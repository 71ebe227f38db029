"""Cases of the source documents: each mechanism played by its shipped rulebook."""

from dataclasses import replace

from anfang.kit.principal import Role
from factories import setup
from factories.setup import created

LEAF = {
    "level": "person",
    "title": "补齐二号窗口顶岗人员",
    "holder": "窗口值班员",
    "due_on": "2026-11-24",
    "result": "全天有人在岗",
    "watched_by": "作风办督查组",
    "accountability": "未完成的通报批评",
}


def refused(answer, status, code):
    assert (answer.status_code, answer.json["code"]) == (status, code), answer.json


def opened(campaign, source="complaint", **members):
    """Open a case without a finding."""
    told = {
        "campaign_id": campaign.id,
        "unit_id": campaign.unit,
        "title": "群众反映窗口空岗",
        "class": "by_date",
        "source": source,
        **members,
    }
    return created(campaign.lead.post("/cases", told))


def shown(reader, case):
    return created(reader.get(f"/cases/{case['id']}"))


def later(account, clock, moment):
    """Move the clock and sign an account in again: its session of days ago is over."""
    clock.move_to(moment)
    return account.signed_in_again()


def rectified(desk, case, text="已经整改到位"):
    body = {"kind": "rectification", "text": text}
    return created(desk.post(f"/cases/{case['id']}/statements", body))


def asked(reader, case, kind, **members):
    body = {"kind": kind, "reason": "确有困难", **members}
    answer = created(reader.post(f"/cases/{case['id']}/requests", body))
    return next(one["id"] for one in answer["requests"] if one["state"] == "open")


def decided(reader, request, *, granted=True, note="同意", **members):
    body = {"granted": granted, "note": note, **members}
    return created(reader.post(f"/case-requests/{request}/decide", body))


def close(campaign, case, **members):
    told = {"reply": "已核实整改", "raiser_reply": "您反映的问题已经解决", **members}
    return campaign.lead.post(f"/cases/{case['id']}/close", told)


def test_row_03_an_unclear_split_falls_to_the_lead_unit(s0, office):
    """What is not in writing, or not clear, is the lead unit's alone."""
    case = opened(s0)
    path = f"/cases/{case['id']}/shares"
    transport = s0.tree.transport

    def share(**part):
        body = {"shares": [{"unit_id": transport, **part}]}
        return created(s0.lead.put(path, body))["responsibility"]

    unclear = share(degree="unresolved", duty="车辆管理")
    assert (unclear["resolved"], unclear["lead"]["carries"]) == (False, "all")
    assert unclear["support"][0]["carries"] == "nothing"
    unwritten = share(degree="primary", duty=" ")
    assert (unwritten["resolved"], unwritten["lead"]["carries"]) == (False, "all")
    clear = share(degree="primary", duty="出租汽车打表")
    assert (clear["resolved"], clear["lead"]["carries"]) == (True, "secondary")
    assert clear["support"][0]["carries"] == "primary"
    supporting = setup.liaison(office, transport)
    (part,) = created(supporting.get("/case-shares"))["items"]
    assert (part["case"]["number"], part["duty"]) == (case["number"], "出租汽车打表")
    assert part["lead"]["id"] == s0.unit
    assert supporting.get(f"/cases/{case['id']}").status_code == 404
    assert created(setup.liaison(office, s0.unit).get("/case-shares"))["items"] == []
    own = s0.lead.put(path, {"shares": [{"unit_id": s0.unit, "degree": "primary"}]})
    refused(own, 422, "share-of-lead-unit")


def test_row_04_the_lead_unit_shares_out_and_reports_upwards(s0, office, approver):
    """Subtasks go to other units; what cannot be done goes to the leader, whose word is kept."""
    case = opened(s0)
    desk, other = setup.liaison(office, s0.unit), setup.liaison(office, s0.tree.transport)
    told = {**LEAF, "unit_id": s0.tree.transport}
    created(s0.lead.post(f"/cases/{case['id']}/subtasks", {"subtasks": [told]}))
    (task,) = created(other.get("/case-tasks"))["items"]
    assert (task["case"]["number"], task["title"]) == (case["number"], LEAF["title"])
    assert not task["case_open"]
    (of_lead,) = created(desk.get("/case-tasks"))["items"]
    assert of_lead["case_open"]
    owner = created(s0.lead.get(f"/cases/{case['id']}"))["owner"]["id"]
    assert len(created(s0.lead.get(f"/case-tasks?owner={owner}"))["items"]) == 1
    assert created(s0.lead.get(f"/case-tasks?owner={s0.unit}"))["items"] == []
    refused(other.get(f"/case-tasks?owner={owner}"), 403, "not-permitted")
    assert other.get(f"/cases/{case['id']}").status_code == 404

    request = asked(desk, case, "escalation")
    refused(s0.lead.post(f"/case-requests/{request}/decide", {"granted": True, "note": "办"}), 403,
            "not-permitted")  # fmt: skip
    answer = decided(approver, request, note="由分管领导召集")
    assert answer["requests"][0]["note"] == "由分管领导召集"
    assert answer["requests"][0]["due_at"] == "2026-11-17T10:00:00+00:00"


def test_row_05_short_problems_keep_a_stage_shut(s0):
    """A matter names its horizon; while a short one runs, the next stage stays closed."""
    short, long = opened(s0), opened(s0, horizon="long")
    assert (short["horizon"], long["horizon"]) == ("short", "long")

    def lacks():
        stages = created(s0.lead.get(f"/campaigns/{s0.id}/stages"))["stages"]
        gates = [gate for one in stages for gate in one["gates"]]
        (gate,) = [one for one in gates if one["kind"] == "cases.short_closed"]
        return gate["lacks"]

    assert "1" in lacks()[0]
    created(close(s0, short))
    assert lacks() == []


def test_row_10_who_did_not_carry_it_out_is_named_with_what_became_of_them(s0):
    """A clue closes only with a named person or post and an outcome in words."""
    case = opened(s0, source="clue", responsible="窗口负责人")
    assert case["needs"]["outcome"] is True
    refused(close(s0, case), 409, "outcome-missing")
    refused(close(s0, case, outcome="circulated"), 409, "outcome-missing")
    done = created(close(s0, case, outcome="circulated", outcome_text="在全局通报批评"))
    assert (done["state"], done["outcome"], done["responsible"]) == (
        "closed", "circulated", "窗口负责人",
    )  # fmt: skip


def test_row_11_a_unit_reports_its_own_find(s0, office):
    """A unit's own find becomes a case that the office follows up; another unit's does not."""
    desk = setup.liaison(office, s0.unit)
    told = {
        "campaign_id": s0.id, "unit_id": s0.unit, "title": "自查发现中午无人值班",
        "summary": "十一月三日、四日中午窗口空岗",
    }  # fmt: skip
    case = created(desk.post("/cases/own-finds", told))
    seen = shown(s0.lead, case)
    assert (seen["source"], seen["owner"]["name"] is not None) == ("self_reported", True)
    foreign = desk.post("/cases/own-finds", {**told, "unit_id": s0.tree.transport})
    refused(foreign, 404, "not-found")
    refused(s0.lead.post("/cases/own-finds", told), 403, "not-permitted")
    created(s0.lead.post(f"/cases/{case['id']}/close", {"reply": "已采纳"}))


def test_row_30_complaints_of_one_thing_become_one_case(s1, clock):
    """The younger complaint goes into the older; both who complained are kept to be answered."""
    first = opened(s1, topic="vacant-post", raised_by="甲")
    clock.shift(60)
    second = opened(s1, topic="vacant-post", raised_by="乙", working_days=4)
    merge, reason = "/cases/{}/merge", {"reason": "同一窗口"}
    wrong = s1.lead.post(merge.format(second["id"]), {"case_id": first["id"], **reason})
    refused(wrong, 409, "merge-into-older")
    merged = created(s1.lead.post(merge.format(first["id"]), {"case_id": second["id"], **reason}))
    assert merged["raised_by"] == "甲；乙"
    assert merged["due_at"] == second["due_at"]
    assert [one["number"] for one in merged["related"]] == [second["number"]]
    assert shown(s1.lead, second)["state"] == "merged"
    refused(close(s1, second), 409, "case-locked")


def test_row_32_three_classes_and_the_third_explains_itself(s1):
    """At once, by a date, step by step: the term is the rulebook's, the third needs its reason."""
    assert opened(s1, **{"class": "at_once"})["due_at"] == "2026-11-19T10:00:00+00:00"
    assert opened(s1)["due_at"] == "2026-11-30T10:00:00+00:00"
    told = {"campaign_id": s1.id, "unit_id": s1.unit, "title": "大厅面积不足",
            "class": "step_by_step", "source": "complaint"}  # fmt: skip
    refused(s1.lead.post("/cases", told), 422, "public-explanation-missing")
    kept = created(s1.lead.post("/cases", {**told, "public_explanation": "新大厅明年启用"}))
    assert kept["needs"]["revisit"] is True


def test_row_32_the_public_reads_why_it_takes_time(s1, office, clock, app):
    """Heard first, then published by a second person: the text that was asked for, no other."""
    quick = opened(s1)
    slow = opened(s1, **{"class": "step_by_step", "public_explanation": "新大厅明年启用"})
    body = {"kind": "explanation", "reason": "新大厅明年三月启用，此前周六加开窗口。"}
    refused(s1.lead.post(f"/cases/{quick['id']}/requests", body), 409, "nothing-to-explain")
    path = f"/cases/{slow['id']}/requests"
    refused(s1.lead.post(path, body), 409, "explanation-before-defence")
    lead = later(s1.lead, clock, "2026-11-24T03:00:00Z")
    phone = {**body, "reason": "请联系 13800138000。"}
    refused(lead.post(path, phone), 422, "explanation-private-traces")
    request = created(lead.post(path, body))["requests"][0]["id"]
    assert "周六" not in app.test_client().get("/p/explanations/").get_data(as_text=True)
    decided(office(Role.APPROVER), request)
    text = app.test_client().get("/p/explanations/?lang=zh-CN").get_data(as_text=True)
    assert body["reason"] in text
    assert "大厅面积" not in text
    assert slow["title"] not in text
    assert lead.get(f"/cases/{slow['id']}").json["state"] == "open"


def test_row_34_a_superiors_remark_is_a_source_of_its_own(s1):
    """What a superior found becomes a case of a listed topic, and the superior is answered."""
    case = opened(s1, source="superior", topic="no-first-desk", raised_by="自治区督查组")
    refused(s1.lead.post("/cases", {
        "campaign_id": s1.id, "unit_id": s1.unit, "title": "其他", "class": "by_date",
        "source": "superior", "topic": "not-listed",
    }), 422, "case-word-unknown")  # fmt: skip
    refused(s1.lead.post(f"/cases/{case['id']}/close", {"reply": "已设岗"}), 409,
            "raiser-reply-missing")  # fmt: skip
    created(close(s1, case))


def test_row_35_what_comes_back_is_flagged_and_linked(s1, clock):
    """The same topic at the same unit within the rulebook's days is a recurrence; later, not."""
    first = opened(s1, topic="discipline")
    assert first["recurring"] is False
    s1 = replace(s1, lead=later(s1.lead, clock, "2027-02-01T03:00:00Z"))
    again = opened(s1, topic="discipline")
    assert (again["recurring"], again["earlier"][0]["number"]) == (True, first["number"])
    assert opened(s1, topic="meetings")["recurring"] is False
    s1 = replace(s1, lead=later(s1.lead, clock, "2027-07-01T03:00:00Z"))
    assert opened(s1, topic="discipline")["recurring"] is False


def test_row_38_where_it_stuck_and_who_held_it(s2, office, clock):
    """The steps show who held a case how long; the longest is where it stuck."""
    desk = setup.liaison(office, s2.unit)
    case = opened(s2, topic="delay")
    desk = later(desk, clock, "2026-11-19T03:00:00Z")
    rectified(desk, case)
    lead = later(office(Role.LEAD), clock, "2026-11-20T03:00:00Z")
    steps = shown(lead, case)["steps"]
    assert [(one["kind"], one["stuck"]) for one in steps] == [("unit", True), ("office", False)]
    assert (steps[0]["holder"], steps[0]["working_minutes"]) == ("甲市行政服务中心", 3 * 480)
    assert steps[1]["working_minutes"] == 480
    assert "steps" not in shown(setup.liaison(office, s2.unit), case)


def test_row_39_a_task_is_broken_down_to_the_person(s2, office):
    """A leaf says who, when, to what, watched by whom, answered for how; open ones bar the end."""
    desk = setup.liaison(office, s2.unit)
    case = opened(s2)
    path = f"/cases/{case['id']}/subtasks"
    for member in ("holder", "due_on", "result", "watched_by", "accountability"):
        leaf = {name: value for name, value in LEAF.items() if name != member}
        answer = s2.lead.post(path, {"subtasks": [leaf]})
        refused(answer, 422, "subtask-incomplete")
        assert member in answer.json["title"]
    back = {"level": "post", "title": "值班岗", "children": [{**LEAF, "level": "unit"}]}
    refused(s2.lead.post(path, {"subtasks": [back]}), 422, "subtask-level")
    tree = {
        "level": "unit", "title": "服务中心", "children": [
            {"level": "project", "title": "窗口顶岗", "children": [
                {"level": "post", "title": "值班岗", "children": [LEAF]}]}],
    }  # fmt: skip
    made = created(desk.post(path, {"subtasks": [tree]}))["subtasks"]
    assert [one["level"] for one in made] == ["unit", "project", "post", "person"]
    statement = {"kind": "rectification", "text": "已改"}
    refused(desk.post(f"/cases/{case['id']}/statements", statement), 409, "subtasks-open")
    refused(close(s2, case), 409, "subtasks-open")
    task = f"/case-tasks/{made[-1]['id']}/done"
    refused(desk.post(task, {"proof": " "}), 422, "invalid-input")
    refused(desk.post(f"/case-tasks/{made[0]['id']}/done", {"proof": "好"}), 409,
            "subtask-not-leaf")  # fmt: skip
    assert created(desk.post(task, {"proof": "排班表已公示"}))["state"] == "done"
    assert rectified(desk, case)["state"] == "rectified"


def test_row_46_no_close_without_a_look_back(s2, office, clock):
    """Each case is looked at again; what does not match goes back, what matches may close."""
    desk, reviewer = setup.liaison(office, s2.unit), office(Role.REVIEWER)
    case = opened(s2)
    path = f"/cases/{case['id']}/revisits"
    refused(s2.lead.post(path, {}), 409, "nothing-to-revisit")
    rectified(desk, case)
    refused(close(s2, case), 409, "revisit-missing")
    visit = created(s2.lead.post(path, {}))["revisits"][-1]
    refused(close(s2, case), 409, "revisit-open")
    seen = {"matches": False, "text": "窗口仍无人"}
    back = created(reviewer.post(f"{path}/{visit['id']}", seen))
    assert back["state"] == "open"
    assert "窗口仍无人" in [one["text"] for one in shown(desk, case)["statements"]]
    refused(close(s2, case), 409, "revisit-missing")
    clock.shift(60)
    rectified(desk, case, "重新整改")
    visit = created(s2.lead.post(path, {}))["revisits"][-1]
    created(reviewer.post(f"{path}/{visit['id']}", {"matches": True, "text": "有人在岗"}))
    assert created(close(s2, case))["state"] == "closed"


def test_row_73_easy_first_grave_first_urgent_first(s4):
    """The ledger sorts by ease, by gravity, by deadline."""
    hard = opened(s4, title="难", effort=3, gravity=1, working_days=9)
    easy = opened(s4, title="易", effort=1, gravity=3, working_days=8)
    soon = opened(s4, title="急", effort=2, gravity=2, working_days=2)

    def numbers(sort):
        items = created(s4.lead.get(f"/cases?sort={sort}"))["items"]
        return [one["number"] for one in items]

    assert numbers("easy") == [one["number"] for one in (easy, soon, hard)]
    assert numbers("grave") == [one["number"] for one in (hard, soon, easy)]
    assert numbers("due") == [one["number"] for one in (soon, easy, hard)]


def test_row_74_everybody_who_raised_something_is_answered(s4, office):
    """No case closes without a reply to the unit and an answer to whoever raised it."""
    desk = setup.liaison(office, s4.unit)
    case = opened(s4, channel="phone", raised_by="来电群众")
    refused(s4.lead.post(f"/cases/{case['id']}/close", {"raiser_reply": "好"}), 422,
            "invalid-input")  # fmt: skip
    refused(close(s4, case, raiser_reply=" "), 409, "raiser-reply-missing")
    done = created(close(s4, case))
    assert {one["kind"] for one in done["statements"]} == {"reply", "raiser_reply"}
    seen = shown(desk, case)
    assert [one["kind"] for one in seen["statements"]] == ["reply"]
    assert "raised_by" not in seen


def test_row_75_nobody_passes_it_on_without_a_reason(s4, office):
    """A unit sends a matter back with a reason, once at a time; the office gives it to another."""
    desk, other = setup.liaison(office, s4.unit), setup.liaison(office, s4.tree.transport)
    case = opened(s4, raised_by="群众")
    assert case["due_at"] == "2026-11-23T10:00:00+00:00"
    path = f"/cases/{case['id']}/requests"
    refused(desk.post(path, {"kind": "bounce", "reason": " "}), 422, "invalid-input")
    refused(s4.lead.post(path, {"kind": "bounce", "reason": "退"}), 403, "not-permitted")
    request = asked(desk, case, "bounce", reason="属交通部门职责")
    refused(desk.post(path, {"kind": "bounce", "reason": "再退"}), 409, "request-open")
    refused(close(s4, case), 409, "requests-waiting")
    decide = f"/case-requests/{request}/decide"
    refused(s4.lead.post(decide, {"granted": True, "note": "属实"}), 422, "transfer-unit-missing")
    moved = decided(s4.lead, request, unit_id=s4.tree.transport)
    assert moved["unit"]["id"] == s4.tree.transport
    assert desk.get(f"/cases/{case['id']}").status_code == 404
    seen = shown(other, case)
    assert (seen["state"], seen["defence_until"]) == ("open", "2026-11-23T10:00:00+00:00")
    refused(s4.lead.post(decide, {"granted": False, "note": "不"}), 409, "request-decided")


def test_row_79_across_departments_a_leader_coordinates(s0, office, approver):
    """A key item is flagged; units that a leader calls in support it from then on."""
    desk = setup.liaison(office, s0.unit)
    case = opened(s0, key_item=True)
    assert (case["due_at"], case["needs"]["revisit"]) == ("2026-11-30T10:00:00+00:00", True)
    items = created(s0.lead.get("/cases?key_item=true"))["items"]
    assert [one["number"] for one in items] == [case["number"]]
    request = asked(desk, case, "coordination", unit_ids=[s0.tree.transport])
    answer = decided(approver, request, note="交通局派人协同")
    (support,) = answer["responsibility"]["support"]
    assert (support["unit"]["id"], support["duty"]) == (s0.tree.transport, "交通局派人协同")
    assert desk.get("/cases?key_item=true").status_code == 403


def test_row_80_an_exposed_case_tells_three_things(s0):
    """How it was mended, how it was looked into, how people were taught: asked for by name."""
    case = opened(s0)
    assert case["needs"]["exposure"] == ["问题是怎么改的", "案件是怎么查的", "人是怎么教育的"]
    path = f"/cases/{case['id']}"
    refused(s0.lead.change(path, {"fields": {"unknown": "一"}}), 422, "case-field-unknown")
    changed = created(s0.lead.change(path, {"fields": {"remedy": "补齐人员", "inquiry": "查实"}}))
    assert changed["needs"]["exposure"] == ["人是怎么教育的"]


def test_row_87_one_leader_one_team_one_plan_and_no_standstill(s3, clock):
    """A project names leader, team and plan before it ends; where nothing moves, it shows."""
    case = opened(s3, key_item=True, topic="project-stalled")
    refused(close(s3, case), 409, "case-fields-missing")
    assert case["stalled"] is False
    lead = later(s3.lead, clock, "2026-12-15T03:00:00Z")  # 21 working days on
    assert created(lead.get("/cases?quiet_days=20"))["items"][0]["number"] == case["number"]
    assert shown(lead, case)["stalled"] is True
    change = {"fields": {"leader": "分管领导", "team": "住建局专班", "plan": "一抓到底方案"}}
    assert created(lead.change(f"/cases/{case['id']}", change))["stalled"] is False
    assert created(lead.get("/cases?quiet_days=20"))["items"] == []


def test_row_88_fast_matters_end_fast_and_with_an_outcome(s4, approver, office):
    """A fast-track clue has the short term, and ends pointed out, circulated or handled."""
    desk = setup.liaison(office, s4.unit)
    case = opened(s4, source="clue", fast_track=True)
    assert case["due_at"] == "2026-11-19T10:00:00+00:00"
    refused(close(s4, case), 409, "outcome-missing")
    refused(close(s4, case, outcome="forgiven", outcome_text="无"), 422, "invalid-input")
    path = f"/cases/{case['id']}/requests"
    told = {"kind": "extension", "reason": "需核查", "working_days": 6}
    refused(desk.post(path, told), 422, "extension-too-long")
    request = asked(desk, case, "extension", working_days=5)
    longer = decided(approver, request)
    assert longer["due_at"] == "2026-11-26T10:00:00+00:00"
    refused(desk.post(path, {**told, "working_days": 1}), 409, "extensions-used-up")
    done = created(close(s4, case, outcome="handled", outcome_text="按规定处理"))
    assert done["outcome"] == "handled"


def test_row_72_ledger_report_supervision(s4, office):
    """The ledger shows who has reported; supervision reminds, and the report ends the waiting."""
    desk = setup.liaison(office, s4.unit)
    case = opened(s4)
    told = {"case_ids": [case["id"]], "text": "请按期报告整改情况"}
    done = created(s4.lead.post("/cases/remind", told))["rows"]
    assert [one["done"] for one in done] == [True]
    rectified(desk, case)
    items = created(s4.lead.get("/cases?state=rectified"))["items"]
    assert [one["number"] for one in items] == [case["number"]]
    again = created(s4.lead.post("/cases/remind", told))["rows"]
    assert again[0]["code"] == "unit-not-waited-for"
