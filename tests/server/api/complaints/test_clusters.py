"""What many complain about is told once, proposed by one person and decided by another."""

from datetime import timedelta
from uuid import UUID

import pytest

from anfang.complaints import queries
from anfang.kit.clock import now
from anfang.kit.principal import Role
from factories import complaints as desk
from factories import rulebooks
from factories.complaints import done, written
from factories.setup import created
from support.clockwork import work_by_clock

RULE = {
    "code": "many",
    "title": "集中反映",
    "of": "received",
    "by": "topic",
    "at_least": 3,
    "days": 10,
}


@pytest.fixture
def campaign(clock, office):
    campaign = rulebooks.loaded(office, "s1-sanxiang-zhidu")
    rulebooks.change(
        campaign.lead, campaign.id, "complaints", {"clusters": [RULE]}, reason="调整", replaces=1
    )
    return campaign


def clusters(who):
    return created(who.get("/complaint-clusters"))["items"]


def complain(campaign, lead=None, **members):
    return desk.taken_down(lead or campaign.lead, campaign, **{"topic": "road-fees", **members})


def test_enough_complaints_of_a_kind_in_time_are_one_cluster(clock, campaign, run_jobs):
    lead = campaign.lead
    complain(campaign)
    clock.shift(timedelta(days=6))
    lead = lead.signed_in_again()
    complain(campaign, lead)
    complain(campaign, lead, topic="security")
    run_jobs()
    assert clusters(lead) == []
    clock.shift(timedelta(days=5))  # the first one is eleven days ago
    lead = lead.signed_in_again()
    complain(campaign, lead)
    run_jobs()
    assert clusters(lead) == []
    complain(campaign, lead)
    run_jobs()
    (found,) = clusters(lead)
    assert (found["title"], found["topic_title"], len(found["complaints"])) == (
        "集中反映", "乱收占道费", 3,
    )  # fmt: skip
    complain(campaign, lead)
    run_jobs()
    work_by_clock("complaints")
    (found,) = clusters(lead)
    assert len(found["complaints"]) == 4


def test_a_special_action_is_proposed_by_one_and_decided_by_another(office, campaign, run_jobs):
    lead = campaign.lead
    for _ in range(3):
        complain(campaign)
    run_jobs()
    (found,) = clusters(lead)
    path = f"/complaint-clusters/{found['id']}"
    proposal = {"action": "乱收占道费专项整治", "proposal": "三件以上，建议立项。"}
    approver, both = office(Role.APPROVER), office(Role.LEAD, Role.APPROVER)
    decision = {"approved": True, "note": "同意。"}
    early = approver.post(f"{path}/decide", decision)
    assert early.json["code"] == "complaint-cluster-state"
    assert lead.post(f"{path}/propose", proposal).json["code"] == "complaint-unit-unknown"
    assert approver.post(f"{path}/propose", proposal).status_code == 403
    led = {**proposal, "unit_id": campaign.tree.transport}
    created(both.post(f"{path}/propose", led))
    assert lead.post(f"{path}/propose", led).json["code"] == "complaint-cluster-state"
    assert lead.post(f"{path}/decide", decision).status_code == 403
    assert both.post(f"{path}/decide", decision).json["code"] == "complaint-cluster-own"
    assert approver.post(f"{path}/decide", {**decision, "note": " "}).status_code == 422
    decided = created(approver.post(f"{path}/decide", decision))
    assert decided["state"] == "approved"
    case = created(lead.get(f"/cases/{decided['case_id']}"))
    assert (case["source"], case["title"], case["key_item"]) == ("clue", proposal["action"], True)
    assert case["unit"]["id"] == campaign.tree.transport
    again = approver.post(f"{path}/decide", decision)
    assert again.json["code"] == "complaint-cluster-state"
    complain(campaign)
    run_jobs()
    assert len(clusters(lead)) == 1  # what was decided is counted no more
    for _ in range(2):
        complain(campaign)
    run_jobs()
    assert len(clusters(lead)) == 2


def test_a_dismissed_one_opens_nothing(office, campaign, run_jobs):
    lead = campaign.lead
    for _ in range(3):
        complain(campaign)
    run_jobs()
    path = f"/complaint-clusters/{clusters(lead)[0]['id']}"
    body = {"action": "专项整治", "proposal": "建议立项。", "unit_id": campaign.unit}
    created(lead.post(f"{path}/propose", body))
    body = {"approved": False, "note": "已有专项。"}
    told = created(office(Role.APPROVER).post(f"{path}/decide", body))
    assert (told["state"], told["case_id"]) == ("dismissed", None)
    assert created(lead.get("/cases"))["items"] == []


def verified(campaign, lead, verdict="verified", **members):
    one = complain(campaign, lead, **members)["id"]
    done(lead, one, "accept")
    created(written(lead, one))
    done(lead, one, "verdict", verdict=verdict, reason="现场核查。", unit_id=campaign.unit)
    return one


def test_what_was_found_true_counts_in_the_units_file_and_by_unit(clock, campaign, run_jobs):
    lead = campaign.lead
    rulebooks.change(
        lead, campaign.id, "complaints",
        {"clusters": [{**RULE, "of": "verified", "by": "unit", "at_least": 2}]},
        reason="调整", replaces=2,
    )  # fmt: skip
    first = verified(campaign, lead)
    verified(campaign, lead, verdict="unfounded")
    verified(campaign, lead, verdict="not_verifiable")
    complain(campaign, lead)
    run_jobs()
    assert clusters(lead) == []
    second = verified(campaign, lead, topic="", channel="letterbox")
    run_jobs()
    (found,) = clusters(lead)
    assert {one["id"] for one in found["complaints"]} == {first, second}
    assert found["unit"]["id"] == campaign.unit
    today = now().date()
    figures = queries.figures(UUID(campaign.id), today, today)
    assert {(one.group, one.item, one.value, one.count, str(one.unit_id)) for one in figures} == {
        ("phone", "road-fees", 1.0, 1, campaign.unit),
        ("letterbox", "complaint", 1.0, 1, campaign.unit),
    }
    assert {str(one.object_id) for one in figures} == {first, second}
    yesterday = today - timedelta(days=1)
    assert queries.figures(UUID(campaign.id), yesterday, yesterday) == []


def test_nothing_is_found_true_of_nobody(campaign):
    one = complain(campaign)["id"]
    done(campaign.lead, one, "accept")
    refused = desk.verb(campaign.lead, one, "verdict", verdict="verified", reason="属实")
    assert refused.json["code"] == "complaint-unit-unknown"


@pytest.mark.parametrize(
    ("section", "fault"),
    [
        ({"clusters": [RULE, RULE]}, "代码“many”重复"),
        ({"channels": [{"channel": "page"}, {"channel": "page"}]}, "代码“page”重复"),
        ({"clusters": [{**RULE, "topics": ["nowhere"]}]}, "没有列出问题类别“nowhere”"),
        ({"limits": {"accept": {"days": 15, "working_days": 10}}}, "/complaints/limits/accept"),
        ({"limits": {"accept": {"source": "无"}}}, "/complaints/limits/accept"),
        ({"sealed": False}, "没有“sealed”这一项"),
        ({"informants": "open"}, "没有“informants”这一项"),
    ],
)
def test_a_rulebook_that_contradicts_itself_or_would_unseal_is_refused(campaign, section, fault):
    body = {"section": "complaints", "content": section, "reason": "试", "replaces": 2}
    answer = campaign.lead.patch(f"/campaigns/{campaign.id}/rulebook", body)
    assert answer.status_code == 422, answer.json
    assert fault in str(answer.json)
