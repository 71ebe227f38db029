"""A complaint's way from its channel to its reply, with every refusal on the way."""

from uuid import UUID

import pytest
from sqlalchemy import select

from anfang.jobs.models import OutboxEvent
from anfang.kit.db import db
from anfang.kit.principal import Role
from factories import complaints as desk
from factories.complaints import Citizen, at_desk, done, verb, written
from factories.setup import created, liaison
from support.clockwork import work_by_clock


def code(answer):
    return answer.status_code, (answer.json or {}).get("code")


def test_a_complaint_goes_from_receipt_to_reply_and_nothing_out_of_turn(app, campaign, unit):
    lead, citizen = campaign.lead, Citizen(app)
    receipt = citizen.complains()
    (line,) = created(lead.get("/complaints"))["items"]
    one = line["id"]
    assert (line["state"], line["channel"], line["named"]) == ("received", "page", False)
    for early in ("transfer", "chase", "verdict", "reply"):
        body = {"unit_id": campaign.unit, "text": "x", "reason": "x", "verdict": "verified"}
        wanted = {"transfer": ["unit_id"], "verdict": ["verdict", "reason"]}.get(early, ["text"])
        answer = verb(lead, one, early, **{name: body[name] for name in wanted})
        assert code(answer) == (409, "complaint-wrong-state"), early
    done(lead, one, "accept")
    assert code(verb(lead, one, "accept")) == (409, "complaint-wrong-state")
    assert code(verb(lead, one, "transfer", unit_id=campaign.unit))[1] == (
        "complaint-text-for-unit-missing"
    )
    assert at_desk(unit, one, "take").status_code == 404
    created(written(lead, one))
    done(lead, one, "transfer", unit_id=campaign.unit)
    assert code(at_desk(unit, one, "answer", text="早了"))[1] == "complaint-wrong-state"
    assert code(verb(lead, one, "reply", text="早了"))[1] == "complaint-wrong-state"
    done(lead, one, "chase", text="请尽快。")
    assert code(verb(lead, one, "chase", text="再催"))[1] == "complaint-chased-today"
    desk.answered(unit, one)
    assert code(verb(lead, one, "reply", text="已办。"))[1] == "complaint-verdict-missing"
    assert verb(lead, one, "verdict", verdict="verified", reason=" ").status_code == 422
    done(lead, one, "verdict", verdict="verified", reason="调取排班表，属实。")
    whole = done(lead, one, "reply", text="反映属实，已经整改。")
    assert desk.entries(whole) == [
        "accepted", "transferred", "chased", "unit_accepted", "answered", "verdict", "replied",
    ]  # fmt: skip
    assert (whole["state"], whole["due_at"], whole["deadline"]) == ("replied", None, None)
    page = citizen.follows(receipt).text
    assert "反映属实，已经整改。" in page
    for kept_in in ("请尽快", "调取排班表", "已调整排班"):
        assert kept_in not in page
    assert code(verb(lead, one, "reply", text="再答"))[1] == "complaint-wrong-state"
    answer = citizen.post(
        "/satisfaction", code=receipt, satisfaction="dissatisfied", text="还是没人"
    )
    assert answer.status_code == 200
    again = citizen.post("/satisfaction", code=receipt, satisfaction="satisfied", text="")
    assert again.status_code == 422
    assert created(lead.get(f"/complaints/{one}"))["satisfaction"] == "dissatisfied"
    assert verb(lead, one, "reopen", reason="").status_code == 422
    reopened = done(lead, one, "reopen", reason="群众不满意，重新核查。")
    assert (reopened["state"], reopened["satisfaction"]) == ("accepted", None)
    assert citizen.follows(receipt).text.count("群众不满意，重新核查") == 0


def test_what_is_not_taken_says_why(app, campaign):
    citizen = Citizen(app)
    receipt = citizen.complains(text="要求改判法院判决。")
    one = created(campaign.lead.get("/complaints"))["items"][0]["id"]
    assert verb(campaign.lead, one, "decline", reason=" ").status_code == 422
    done(campaign.lead, one, "decline", reason="属于诉讼事项，请依法向法院申诉。")
    assert "请依法向法院申诉" in citizen.follows(receipt).text
    assert code(verb(campaign.lead, one, "accept"))[1] == "complaint-wrong-state"


def test_a_unit_sends_back_once_with_a_reason_and_the_office_gives_it_again(office, campaign, unit):
    one = desk.taken_down(campaign.lead, campaign)["id"]
    desk.transferred(campaign.lead, campaign, one)
    assert at_desk(unit, one, "bounce", reason="  ").status_code == 422
    assert at_desk(unit, one, "bounce", reason="不归我单位管").status_code == 204
    assert unit.get(f"/desk-complaints/{one}").status_code == 404
    whole = created(campaign.lead.get(f"/complaints/{one}"))
    assert (whole["state"], whole["unit"]) == ("accepted", None)
    assert whole["bounced_by"] == ["甲市行政服务中心"]
    done(campaign.lead, one, "transfer", unit_id=campaign.unit, note="窗口归你单位管理，请办理。")
    assert code(at_desk(unit, one, "bounce", reason="还是不归"))[1] == "complaint-already-bounced"
    other = liaison(office, campaign.tree.transport)
    assert other.get(f"/desk-complaints/{one}").status_code == 404


def test_deadlines_run_in_business_time_and_are_told_once(clock, office, campaign, unit, run_jobs):
    lead = campaign.lead
    one = desk.taken_down(lead, campaign)["id"]
    line = created(lead.get(f"/complaints/{one}"))
    assert line["due_step"] == "accept"
    assert line["due_at"].startswith("2026-12-01T10:00")  # 15 days, until the office closes
    assert line["finish_due_at"].startswith("2027-01-15T10:00")
    transferred = desk.transferred(lead, campaign, one)
    assert transferred["due_at"].startswith("2026-11-17T10:00")  # one working day
    taken = created(at_desk(unit, one, "take"))
    assert taken["due_at"].startswith("2026-11-23T10:00")  # five
    run_jobs()
    clock.move_to("2026-11-23T11:00:00Z")
    work_by_clock("complaints")
    work_by_clock("complaints")
    told = select(OutboxEvent.payload).filter_by(name="complaint.overdue")
    assert db.session.scalars(told).all() == [{"unit": campaign.unit}]
    db.session.rollback()
    fresh = lead.signed_in_again()
    assert created(fresh.get(f"/complaints/{one}"))["deadline"]["colour"] == "red"
    assert [*desk.listed(fresh, overdue="true")] == [line["number"]]
    assert desk.listed(fresh, overdue="false") == []


def test_many_who_complain_of_one_thing_each_get_the_reply(app, campaign):
    lead, citizen = campaign.lead, Citizen(app)
    codes = [citizen.complains(text=f"第{number}次：窗口没有人。") for number in range(3)]
    ids = {one["excerpt"]: one["id"] for one in created(lead.get("/complaints"))["items"]}
    head, *others = [ids[f"第{number}次：窗口没有人。"] for number in range(3)]
    assert code(verb(lead, head, "merge", complaint_ids=[head], reason="同一件"))[1] == (
        "complaints-unlike"
    )
    assert verb(lead, head, "merge", complaint_ids=others, reason=" ").status_code == 422
    merged = done(lead, head, "merge", complaint_ids=others, reason="同一窗口同一上午")
    assert merged["merged"] == 2
    assert code(verb(lead, others[0], "accept"))[1] == "complaint-wrong-state"
    assert code(verb(lead, head, "merge", complaint_ids=others, reason="再并"))[1] == (
        "complaints-unlike"
    )
    citizen.post("/words", code=codes[1], text="下午也没有人。")
    done(lead, head, "accept")
    whole = done(lead, head, "verdict", verdict="not_verifiable", reason="监控已过保存期。")
    assert {one["number"] for one in whole["entries"] if one["kind"] == "words"} == {
        one["number"] for one in whole["members"]
    } - {created(lead.get(f"/complaints/{others[1]}"))["number"]}
    done(lead, head, "reply", text="无法查实，已加强巡查。")
    for number, one in enumerate(codes):
        page = citizen.follows(one).text
        assert "无法查实，已加强巡查" in page
        assert ("下午也没有人" in page) == (number == 1)
        satisfied = citizen.post("/satisfaction", code=one, satisfaction="satisfied", text="")
        assert "你对答复满意" in satisfied.text


def test_a_case_and_its_complaint_answer_each_other(app, office, campaign, run_jobs):
    lead, citizen = campaign.lead, Citizen(app)
    receipt = citizen.complains()
    one = created(lead.get("/complaints"))["items"][0]["id"]
    done(lead, one, "accept")
    assert code(verb(lead, one, "case", title="窗口无人"))[1] == "complaint-unit-unknown"
    created(written(lead, one))
    opened = done(lead, one, "case", title="窗口无人", unit_id=campaign.unit)
    assert opened["state"] == "in_case"
    case = created(lead.get(f"/cases/{opened['case_id']}"))
    assert (case["source"], case["summary"]) == ("complaint", desk.FOR_UNIT)
    assert desk.TEXT not in str(case)
    assert code(verb(lead, one, "case", title="再立"))[1] == "complaint-has-case"
    path = f"/cases/{case['id']}"
    refused = lead.post(f"{path}/close", {"reply": "已整改。"})
    assert refused.json["code"] == "raiser-reply-missing"
    created(lead.post(f"{path}/close", {"reply": "已整改。", "raiser_reply": "窗口已增加人手。"}))
    run_jobs()
    assert "窗口已增加人手" in citizen.follows(receipt).text
    assert created(lead.get(f"/complaints/{one}"))["state"] == "replied"


def test_a_reply_given_first_closes_the_case_without_a_second(app, campaign):
    lead = campaign.lead
    one = desk.taken_down(lead, campaign)["id"]
    done(lead, one, "accept")
    created(written(lead, one))
    case = done(lead, one, "case", title="窗口无人", unit_id=campaign.unit)["case_id"]
    done(lead, one, "verdict", verdict="verified", reason="属实")
    done(lead, one, "reply", text="已立案整改。")
    created(lead.post(f"/cases/{case}/close", {"reply": "已整改。"}))
    told = created(lead.get(f"/cases/{case}"))
    assert "已立案整改。" in str(told)


@pytest.mark.parametrize(
    ("role", "reads", "takes_down", "handles"),
    [
        (Role.LEAD, 200, 201, 200),
        (Role.REVIEWER, 200, 201, 403),
        (Role.APPROVER, 200, 403, 403),
        (Role.AUDITOR, 200, 403, 403),
        (Role.CUSTODIAN, 403, 403, 403),
        (Role.ADMINISTRATOR, 403, 403, 403),
        (Role.LIAISON, 403, 403, 403),
    ],
)
def test_roles_do_what_is_theirs(office, campaign, role, reads, takes_down, handles):
    one = desk.taken_down(campaign.lead, campaign)["id"]
    unit = campaign.unit if role is Role.LIAISON else None
    who = office(role) if unit is None else liaison(office, unit)
    assert who.get("/complaints").status_code == reads
    assert who.get(f"/complaints/{one}").status_code == reads
    assert desk.try_taken_down(who, campaign).status_code == takes_down
    assert verb(who, one, "accept").status_code == handles
    assert who.get("/desk-complaints").status_code == (200 if role is Role.LIAISON else 403)


def test_an_account_confined_to_a_unit_is_no_office_whatever_its_roles(office, campaign):
    one = desk.taken_down(campaign.lead, campaign)["id"]
    confined = office(Role.LEAD, Role.LIAISON, unit=UUID(campaign.unit))
    for path in ("/complaints", f"/complaints/{one}", "/complaint-clusters"):
        assert confined.get(path).status_code == 403, path
    assert verb(confined, one, "accept").status_code == 403
    assert desk.try_taken_down(confined, campaign).status_code == 403


def test_a_unit_reads_its_version_alone(office, campaign, unit):
    one = desk.taken_down(campaign.lead, campaign, about="三号窗口老王", happened="周一上午")["id"]
    desk.transferred(campaign.lead, campaign, one)
    done(campaign.lead, one, "chase", text="请在周五前。")
    seen = created(unit.get(f"/desk-complaints/{one}"))
    assert seen["text"] == desk.FOR_UNIT
    assert [each["by"] for each in seen["entries"]] == [None, None]
    whole = str(seen) + str(created(unit.get("/desk-complaints")))
    for kept in (desk.TEXT, "老王", "周一上午", "phone", "named", "received"):
        assert kept not in whole
    office_lead = office(Role.LEAD, Role.LIAISON)
    assert office_lead.get("/desk-complaints").status_code == 403


def test_the_text_for_a_unit_shows_nobody(campaign):
    lead = campaign.lead
    text = f"我叫{desk.NAME}，窗口没人，打我电话 138 0000-1234。"
    one = desk.taken_down(lead, campaign, text=text, informant=desk.INFORMANT)["id"]
    whole = created(lead.get(f"/complaints/{one}"))
    assert desk.NAME not in whole["text"]
    assert "0000-1234" not in whole["text"]
    assert whole["hints"] == ["named", "first_person"]
    done(lead, one, "accept")
    for showing in (whole["text"], "联系 13900001111", "证号 110101199001011234"):
        assert code(written(lead, one, showing))[1] == "complaint-text-shows-person"
    created(written(lead, one, "反映窗口无人。"))
    noted = verb(lead, one, "transfer", unit_id=campaign.unit, note="电话13900001111")
    assert code(noted)[1] == "complaint-text-shows-person"


def test_the_desk_takes_complaints_down_as_the_rules_allow(campaign):
    lead = campaign.lead
    taken = desk.taken_down(lead, campaign, channel="reception_day", informant=desk.INFORMANT)
    assert len(taken["receipt_code"].replace(" ", "")) == 16
    for faulty in ({"name": desk.NAME}, {"phone": desk.PHONE}):
        refused = desk.try_taken_down(lead, campaign, informant=faulty)
        assert code(refused) == (422, "complaint-informant-incomplete")
    assert desk.try_taken_down(lead, campaign, channel="page").status_code == 422
    assert desk.try_taken_down(lead, campaign, text="  ").status_code == 422
    assert code(desk.try_taken_down(lead, campaign, topic="weather"))[1] == (
        "complaint-topic-unknown"
    )
    rules = created(lead.get("/complaint-rules", query_string={"campaign": campaign.id}))
    assert [one["code"] for one in rules["channels"]] == [
        "page", "phone", "letterbox", "reception_day", "leader_visit",
    ]  # fmt: skip
    terms = {one["step"]: (one["days"], one["working_days"]) for one in rules["terms"]}
    assert (terms["accept"], terms["finish"]) == ((15, None), (60, None))


def test_the_list_is_narrowed(campaign):
    lead = campaign.lead
    first = desk.taken_down(lead, campaign, channel="letterbox", text="公交车不停站。")
    second = desk.taken_down(lead, campaign, kind="opinion", text="建议增加座椅。")
    assert desk.listed(lead, channel="letterbox") == [first["number"]]
    assert desk.listed(lead, kind="opinion") == [second["number"]]
    assert desk.listed(lead, q="座椅") == [second["number"]]
    assert desk.listed(lead, q=first["number"]) == [first["number"]]
    assert desk.listed(lead, state="accepted") == []
    assert desk.listed(lead, unit=campaign.unit) == []
    pages = created(lead.get("/complaints", query_string={"limit": 1}))
    rest = created(lead.get("/complaints", query_string={"limit": 1, "cursor": pages["next"]}))
    assert {pages["items"][0]["number"], rest["items"][0]["number"]} == {
        first["number"], second["number"],
    }  # fmt: skip
