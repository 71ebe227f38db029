"""Complaints of the source documents, played by the shipped rulebooks."""

import time_machine

from anfang.kit.principal import Role
from factories import complaints as desk
from factories import rulebooks
from factories.complaints import Citizen, at_desk, done, verb, written
from factories.setup import created, liaison

MONDAY = "2026-11-16T03:00:00Z"
TITLES = {
    "reception_day": "领导接访日",
    "letterbox": "举报信箱",
    "phone": "举报电话",
    "page": "网上征求意见",
    "leader_visit": "领导干部下访",
}


def test_row_71_five_channels_lead_to_one_ledger_and_each_gets_its_reply(app, office):
    """接访日、信箱、电话、网上、下访五种渠道进同一台账，凭查询码看答复；没开通的渠道不收。"""
    with time_machine.travel(MONDAY, tick=False):
        campaign = rulebooks.loaded(office, "s4-minzhu-pingyi")
        lead, citizen = campaign.lead, Citizen(app)
        rules = created(lead.get("/complaint-rules", query_string={"campaign": campaign.id}))
        assert {one["code"]: one["title"] for one in rules["channels"]} == TITLES
        codes = {"page": citizen.complains(text="网上反映的问题")}
        for channel in TITLES.keys() - {"page"}:
            taken = desk.taken_down(lead, campaign, channel=channel, text=f"{channel} 反映的问题")
            codes[channel] = taken["receipt_code"]
        lines = {one["channel"]: one for one in created(lead.get("/complaints"))["items"]}
        assert lines.keys() == TITLES.keys()
        for channel, line in lines.items():
            done(lead, line["id"], "accept")
            done(lead, line["id"], "verdict", verdict="unfounded", reason="核查")
            done(lead, line["id"], "reply", text=f"答复：{channel}")
        for channel, code in codes.items():
            page = citizen.follows(code).text
            assert f"答复：{channel}" in page
            assert sum(f"答复：{one}" in page for one in TITLES) == 1
        rulebooks.change(
            lead, campaign.id, "complaints", {"channels": [{"channel": "phone"}]},
            reason="只留电话", replaces=1,
        )  # fmt: skip
        assert "目前没有" in citizen.get("").text
        closed = desk.try_taken_down(lead, campaign, channel="letterbox")
        assert closed.json["code"] == "complaint-channel-closed"
        desk.taken_down(lead, campaign, channel="phone")


def test_row_75_what_is_transferred_is_answered_in_time_and_not_pushed_away(office):
    """转办一个工作日内签收、五个工作日内反馈；退回要说理由，退过一次不能再退。"""
    with time_machine.travel(MONDAY, tick=False):
        campaign = rulebooks.loaded(office, "s4-minzhu-pingyi")
        unit = liaison(office, campaign.unit)
        one = desk.taken_down(campaign.lead, campaign)["id"]
        given = desk.transferred(campaign.lead, campaign, one)
        assert given["due_at"].startswith("2026-11-17T10:00")
        assert at_desk(unit, one, "bounce", reason="").status_code == 422
        assert at_desk(unit, one, "bounce", reason="非本单位职责").status_code == 204
        done(campaign.lead, one, "transfer", unit_id=campaign.unit, note="属你单位职责")
        again = at_desk(unit, one, "bounce", reason="还是不办")
        assert again.json["code"] == "complaint-already-bounced"
        assert created(at_desk(unit, one, "take"))["due_at"].startswith("2026-11-23T10:00")


def test_row_82_what_many_complain_about_is_proposed_as_a_special_action(office, run_jobs):
    """三十天内五件同类投诉自动提示；一人提出、另一人批准才立项，办成一件督办事项。"""
    with time_machine.travel(MONDAY, tick=False):
        campaign = rulebooks.loaded(office, "s1-sanxiang-zhidu")
        lead, approver = campaign.lead, office(Role.APPROVER)
        for number in range(5):
            run_jobs()
            assert created(lead.get("/complaint-clusters"))["items"] == [], number
            desk.taken_down(lead, campaign, topic="road-fees")
        run_jobs()
        (found,) = created(lead.get("/complaint-clusters"))["items"]
        path = f"/complaint-clusters/{found['id']}"
        body = {"action": "乱收占道费专项整治", "proposal": "五件", "unit_id": campaign.unit}
        created(lead.post(f"{path}/propose", body))
        decision = {"approved": True, "note": "同意立项"}
        assert lead.post(f"{path}/decide", decision).status_code == 403
        case = created(approver.post(f"{path}/decide", decision))["case_id"]
        assert created(lead.get(f"/cases/{case}"))["title"] == "乱收占道费专项整治"


def test_row_30_many_complaints_are_sorted_into_one_and_given_to_the_unit(app, office):
    """归纳同一件事的多件投诉并案，写好给单位看的文本才能反馈单位、催办；每个人都得到答复。"""
    with time_machine.travel(MONDAY, tick=False):
        campaign = rulebooks.loaded(office, "s1-sanxiang-zhidu")
        lead, citizen = campaign.lead, Citizen(app)
        codes = [citizen.complains(text=f"{number} 号反映乱收费") for number in range(3)]
        head, *others = (one["id"] for one in created(lead.get("/complaints"))["items"])
        done(lead, head, "merge", complaint_ids=others, reason="同一路段")
        done(lead, head, "accept")
        untold = verb(lead, head, "transfer", unit_id=campaign.unit)
        assert untold.json["code"] == "complaint-text-for-unit-missing"
        created(written(lead, head))
        done(lead, head, "transfer", unit_id=campaign.unit)
        done(lead, head, "chase", text="请尽快办理")
        desk.answered(liaison(office, campaign.unit), head)
        done(lead, head, "verdict", verdict="verified", reason="属实")
        done(lead, head, "reply", text="已清退。")
        assert all("已清退。" in citizen.follows(code).text for code in codes)
