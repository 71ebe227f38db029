"""Stages: entered in order, on their day, through their gates, by two people."""

import time_machine

from anfang.kit.principal import Role
from factories import rulebooks, setup
from factories.setup import created


def test_gates_say_what_is_missing_until_it_is_there(office):
    campaign = rulebooks.loaded(office, "s2-zuofeng-zhengdun")
    lead, approver = campaign.lead, office(Role.APPROVER)
    next_stage = f"/campaigns/{campaign.id}/stages/next"
    assert rulebooks.enter_next(lead, campaign.id) == "learn"

    shut = lead.post(next_stage)
    assert shut.json["code"] == "stage-gates-shut"
    assert "各地各部门落实组织机构和活动方案" in shut.json["errors"][0]["detail"]
    rulebooks.carry_out_points(lead, campaign.id, "learn")
    assert rulebooks.enter_next(lead, campaign.id) == "find"

    rulebooks.carry_out_points(lead, campaign.id, "find")
    (shut,) = lead.post(next_stage).json["errors"]
    assert shut["pointer"] == "/gates/measures-approved"
    gate = f"/campaigns/{campaign.id}/stages/rectify/gates/measures-approved"
    assert lead.put(gate, {"note": "自己批"}).status_code == 403
    created(approver.put(gate, {"note": "领导小组会议纪要〔2026〕1号"}))
    assert rulebooks.enter_next(lead, campaign.id) == "rectify"
    over = lead.put(f"/campaigns/{campaign.id}/stages/learn/points/organised", {"note": "晚了"})
    assert over.json["code"] == "stage-over"
    assert approver.put(gate, {"note": "再批"}).json["code"] == "stage-over"


def test_who_confirms_a_gate_does_not_enter_the_stage(office):
    both = office(Role.LEAD, Role.APPROVER)
    campaign = rulebooks.loaded(office, "s2-zuofeng-zhengdun", lead=both)
    for stage in ("learn", "find"):
        rulebooks.enter_next(both, campaign.id)
        rulebooks.carry_out_points(both, campaign.id, stage)
    rulebooks.confirm_gates(both, campaign.id, "rectify")
    refused = both.post(f"/campaigns/{campaign.id}/stages/next")
    assert refused.json["code"] == "stage-own-confirmation"
    assert rulebooks.enter_next(office(Role.LEAD), campaign.id) == "rectify"


def test_a_stage_waits_for_its_day(office):
    with time_machine.travel("2026-12-07T10:00:00+08:00"):
        campaign = rulebooks.loaded(office, "s3-sange-jianshe", starts_on="2026-11-01")
        lead = campaign.lead
        rulebooks.enter_next(lead, campaign.id)
        rulebooks.carry_out_points(lead, campaign.id, "plan")
        early = lead.post(f"/campaigns/{campaign.id}/stages/next")
        assert early.json["code"] == "stage-too-early"
        assert "2026-12-08" in early.json["title"]


def test_a_point_asks_for_its_number(office):
    campaign = rulebooks.loaded(office, "s0-liangzheng")
    rulebooks.enter_next(campaign.lead, campaign.id)
    point = f"/campaigns/{campaign.id}/stages/survey/points/groups-reported"
    few = campaign.lead.put(point, {"note": "收到", "count": 11})
    assert few.json["code"] == "point-count-short"
    created(campaign.lead.put(point, {"note": "收到", "count": 12}))
    unknown = point.replace("groups-reported", "nothing")
    assert campaign.lead.put(unknown, {"note": "收到"}).status_code == 404


def test_stages_need_a_running_campaign_and_end(office):
    lead = office(Role.LEAD)
    campaign = setup.draft_campaign(lead, setup.unit_tree(lead), [])["id"]
    created(setup.file_plan(lead, campaign))
    text = (
        "rulebook: 1\ncode: own\ntitle: 自拟\nsource: 方案\nstages:\n  - {code: one, title: 一}\n"
    )
    rulebooks.load(lead, campaign, text=text)
    next_stage = f"/campaigns/{campaign}/stages/next"
    assert lead.post(next_stage).json["code"] == "campaign-not-running"
    created(lead.post(f"/campaigns/{campaign}/start"))
    rulebooks.enter_next(lead, campaign)
    assert lead.post(next_stage).json["code"] == "no-next-stage"


def test_days_out_of_order_are_refused_by_the_campaigns_first_day(office):
    lead = office(Role.LEAD)
    body = setup.draft_campaign(lead, setup.unit_tree(lead), [], starts_on="2026-04-01")
    refused = lead.put(f"/campaigns/{body['id']}/rulebook", {"shipped": "s1-sanxiang-zhidu"})
    assert refused.json["code"] == "stage-days-disordered"
