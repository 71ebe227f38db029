"""Ladders of the source documents: each mechanism played by its shipped rulebook."""

from dataclasses import replace

from anfang.kit.principal import Role
from factories import cases, ladders, rulebooks
from factories.ladders import approved, in_force, proposed, refused
from factories.setup import created

AFTER_DEFENCE = "2026-11-24T03:00:00Z"
OVERDUE = "2026-12-02T03:00:00Z"


def played(office, code):
    campaign = rulebooks.loaded(office, code)
    return campaign, ladders.bench(office, campaign)


def opened(campaign, source="self_reported", **members):
    told = {
        "campaign_id": campaign.id,
        "unit_id": campaign.unit,
        "title": "窗口空岗",
        "class": "by_date",
        "source": source,
        **members,
    }
    return created(campaign.lead.post("/cases", told))["id"]


def heard(bench, case):
    """Let the unit state its defence."""
    body = {"kind": "defence", "text": "当日开会，未安排顶岗"}
    created(bench.desk.post(f"/cases/{case}/statements", body))


def attest(bench, campaign, code):
    body = {"campaign_id": campaign.id, "unit_id": campaign.unit, "code": code, "basis": "会议纪要"}
    return created(bench.lead.post("/unit-facts", body))


def propose(bench, case, ladder, step, **changes):
    return bench.lead.post("/measures", ladders.body(case, ladder, step, **changes))


def setup_again(office, campaign):
    """Return the campaign with a lead whose session has just begun."""
    return replace(campaign, lead=office(Role.LEAD))


def test_row_09_against_the_wind_is_handled_heavily(clock, office):
    """The ladder against defiance asks for a broken ban; without a veto it stays shut."""
    campaign, bench = played(office, "s0-liangzheng")
    finding = cases.confirmed_finding(campaign)
    plain = cases.opened_case(campaign, findings=[finding])["id"]
    heard(bench, plain)
    shut = propose(bench, plain, "against-the-wind", "circulate")
    assert refused(shut) == (409, "ladder-step-not-due")
    assert "违反禁令" in shut.json["title"]
    veto = cases.opened_case(campaign, findings=[cases.confirmed_finding(campaign, veto=True)])
    heard(bench, veto["id"])
    measure = in_force(bench, veto["id"], "against-the-wind", "circulate")
    assert measure["facts"]["cases.vetoes"] == 1
    assert in_force(bench, veto["id"], "against-the-wind", "heavy")["position"] == 2


def test_row_12_bad_news_at_once_good_news_after_three_months(clock, office):
    """A praise waits for the end of the three months; an exposure waits for its three texts."""
    campaign, bench = played(office, "s0-liangzheng")
    reward = {"campaign_id": campaign.id, "unit_id": campaign.unit, "reward": "good-example",
              "reason": "窗口服务明显好转"}  # fmt: skip
    assert refused(bench.lead.post("/rewards", reward)) == (409, "ladder-step-not-due")
    attest(bench, campaign, "three-months-over")
    measure = created(bench.lead.post("/rewards", reward))
    assert approved(bench, measure["id"])["nature"] == "reward"

    case = opened(campaign)
    heard(bench, case)
    for step in ("circular", "rectify"):
        in_force(bench, case, "not-carried-out", step)
    bare = propose(bench, case, "not-carried-out", "publish")
    assert refused(bare) == (409, "exposure-fields-missing")
    created(bench.lead.change(f"/cases/{case}", {"fields": ladders.SHIPPED_FIELDS}))
    assert in_force(bench, case, "not-carried-out", "publish")["step_kind"] == "exposure"


def test_row_22_who_refuses_to_mend_is_named_and_handled(clock, office):
    """Refusal means reminded and overdue, both: then comes the circular, then the handling."""
    campaign, bench = played(office, "s1-sanxiang-zhidu")
    case = opened(campaign)
    heard(bench, case)
    remind = {"case_ids": [case], "text": "请整改"}
    created(bench.lead.post("/cases/remind", remind))
    early = propose(bench, case, "refusal", "circulate")
    assert refused(early) == (409, "ladder-step-not-due")
    assert "逾期未整改" in early.json["title"]
    assert "已经催办" not in early.json["title"]
    clock.move_to(OVERDUE)
    bench = ladders.bench(office, setup_again(office, campaign))
    assert in_force(bench, case, "refusal", "circulate")["state"] == "in_force"


def test_row_41_inside_then_rectify_then_the_media(clock, office):
    """In order, each approved by a second person, after the right of reply; skipping needs two."""
    campaign, bench = played(office, "s2-zuofeng-zhengdun")
    case = opened(campaign)
    unheard = propose(bench, case, "verified", "inside")
    assert refused(unheard) == (409, "measure-before-defence")
    heard(bench, case)
    assert refused(propose(bench, case, "verified", "rectify")) == (409, "ladder-step-skipped")

    inside = proposed(bench, case, "verified", "inside")["id"]
    own = {"approved": True, "note": "同意"}
    assert refused(bench.lead.post(f"/measures/{inside}/decide", own)) == (403, "not-permitted")
    early = bench.lead.post(f"/measures/{inside}/enforce")
    assert refused(early) == (409, "measure-not-there")
    assert refused(propose(bench, case, "verified", "inside")) == (409, "ladder-step-taken")
    assert created(bench.desk.get("/measures"))["items"] == []
    approved(bench, inside)
    created(bench.lead.post(f"/measures/{inside}/enforce"))
    (told,) = created(bench.desk.get("/measures"))["items"]
    assert told["title"] == "内部通报、内部讲评"
    assert not {"facts", "proposed_by", "decided_by"} & told.keys()

    skipping = propose(bench, case, "verified", "expose", skip_reason="影响恶劣")
    assert refused(skipping) == (409, "ladder-step-not-due")  # conditions cannot be skipped
    assert in_force(bench, case, "verified", "rectify")["due_at"] == "2026-11-30T10:00:00+00:00"
    clock.move_to(OVERDUE)
    bench = ladders.bench(office, setup_again(office, campaign))
    assert in_force(bench, case, "verified", "expose")["position"] == 3


def test_row_42_extortion_leaves_for_the_competent_body(clock, office):
    """Two people decide; then the case is locked, and its unit does not see it any more."""
    campaign, bench = played(office, "s2-zuofeng-zhengdun")
    other = opened(campaign, topic="delay")
    heard(bench, other)
    skipping = propose(bench, other, "extortion", "dismiss", skip_reason="从重")
    assert refused(skipping) == (409, "ladder-step-not-due")  # nor is a condition skipped
    case = opened(campaign, topic="extortion")
    body = {"case_id": case, "body": "supervision", "basis": "收受服务对象财物的线索"}
    unknown = {**body, "body": "somebody"}
    assert refused(bench.lead.post("/referrals", unknown)) == (422, "ladder-unknown")
    referral = created(bench.lead.post("/referrals", body))["id"]
    assert refused(bench.lead.post("/referrals", body)) == (409, "referral-waits")
    assert bench.desk.get("/referrals").status_code == 403
    created(bench.approver.post(f"/referrals/{referral}/decide", {"approved": True, "note": "移"}))

    locked = created(bench.lead.get(f"/cases/{case}"))
    assert (locked["state"], locked["referred_to"]) == ("referred", "监察机关")
    assert bench.desk.get(f"/cases/{case}").status_code == 404
    assert refused(bench.lead.post(f"/cases/{case}/close", {"reply": "结"})) == (409, "case-locked")
    assert refused(bench.lead.change(f"/cases/{case}", {"title": "改"})) == (409, "case-locked")
    heard_no_more = propose(bench, case, "extortion", "adjust")
    assert refused(heard_no_more) == (409, "measure-case-ended")


def test_row_56_criticised_rectified_examined_handled(clock, office):
    """Four steps; the third only where the rectification is overdue; concealment has its own."""
    campaign, bench = played(office, "s3-sange-jianshe")
    case = opened(campaign)
    hidden = opened(campaign, topic="concealment")
    for one in (case, hidden):
        heard(bench, one)
    in_force(bench, case, "inspection", "criticise")
    in_force(bench, case, "inspection", "rectify")
    early = propose(bench, case, "inspection", "examine")
    assert refused(early) == (409, "ladder-step-not-due")
    assert refused(propose(bench, case, "concealment", "rectify")) == (409, "ladder-step-not-due")
    assert in_force(bench, hidden, "concealment", "rectify")["state"] == "in_force"
    clock.move_to(OVERDUE)
    bench = ladders.bench(office, setup_again(office, campaign))
    in_force(bench, case, "inspection", "examine")
    assert in_force(bench, case, "inspection", "handle")["position"] == 4


def test_row_57_sanctions_and_rewards_stand_in_one_register(clock, office):
    """Bars, talks and rewards rest on attested facts, and are listed by their nature."""
    campaign, bench = played(office, "s3-sange-jianshe")
    case = opened(campaign)
    heard(bench, case)
    assert refused(propose(bench, case, "strongly-felt", "bar")) == (409, "ladder-step-not-due")
    attest(bench, campaign, "strong-complaints")
    in_force(bench, case, "strongly-felt", "bar")
    reward = {"campaign_id": campaign.id, "unit_id": campaign.unit, "reward": "reward",
              "reason": "完成全部任务"}  # fmt: skip
    assert refused(bench.lead.post("/rewards", reward)) == (409, "ladder-step-not-due")
    attest(bench, campaign, "tasks-fulfilled")
    created(bench.lead.post("/rewards", reward))
    for nature, title in (("sanction", "取消单位年度评优评奖资格"), ("reward", "奖励")):
        (one,) = created(bench.lead.get(f"/measures?nature={nature}"))["items"]
        assert one["title"] == title


def test_row_72_who_knows_and_does_not_mend_answers_for_it(clock, office):
    """Accountability needs both: supervised (reminded) and overdue."""
    campaign, bench = played(office, "s4-minzhu-pingyi")
    case = opened(campaign)
    heard(bench, case)
    assert refused(propose(bench, case, "uncorrected", "hold")) == (409, "ladder-step-not-due")
    created(bench.lead.post("/cases/remind", {"case_ids": [case], "text": "请整改"}))
    clock.move_to(OVERDUE)
    bench = ladders.bench(office, setup_again(office, campaign))
    assert in_force(bench, case, "uncorrected", "hold")["step_kind"] == "accountability"


def test_row_76_behind_and_criticised_both(clock, office):
    """The bar from awards needs the rank and the criticism; one of them is not enough."""
    campaign, bench = played(office, "s4-minzhu-pingyi")
    case = opened(campaign)
    heard(bench, case)
    attest(bench, campaign, "ranked-last")
    one = propose(bench, case, "behind", "bar")
    assert refused(one) == (409, "ladder-step-not-due")
    assert "受到当地政府批评" in one.json["title"]
    attest(bench, campaign, "criticised-by-government")
    assert in_force(bench, case, "behind", "bar")["step_kind"] == "award_bar"
    unknown = {"campaign_id": campaign.id, "unit_id": campaign.unit, "code": "disliked",
               "basis": "感觉"}  # fmt: skip
    assert refused(bench.lead.post("/unit-facts", unknown)) == (422, "ladder-unknown")


def test_row_81_units_make_rules_stricter_never_weaker(clock, office):
    """A unit refines the city's rules; what would weaken them is refused."""
    campaign, bench = played(office, "s1-sanxiang-zhidu")
    told = {"campaign_id": campaign.id, "unit_id": campaign.unit, "title": "一次即追究",
            "ladder": "accountability", "rule": "not-performed"}  # fmt: skip
    weak = bench.desk.post("/unit-rules", {**told, "step": "rectify"})
    assert refused(weak) == (422, "unit-rule-weakens")
    elsewhere = {**told, "step": "handle", "ladder": "refusal"}
    assert refused(bench.desk.post("/unit-rules", elsewhere)) == (422, "unit-rule-weakens")
    rules = created(bench.desk.post("/unit-rules", {**told, "step": "hold"}))["accountability"]
    own = next(one for one in rules if one["code"] == "not-performed")
    assert (own["step"], own["own"]) == ("hold", True)
    foreign = {**told, "step": "hold", "unit_id": campaign.tree.transport}
    assert refused(bench.desk.post("/unit-rules", foreign)) == (404, "not-found")
    path = f"/ladder-rules?campaign={campaign.id}"
    city = created(bench.lead.get(path))["accountability"]
    assert [one["step"] for one in city] == ["circulate", "rectify"]


def test_row_85_not_in_time_is_answered_for(clock, office):
    """Strict questioning needs the kind of matter and that it is overdue."""
    campaign, bench = played(office, "s3-sange-jianshe")
    case = opened(campaign, topic="overdue-service")
    other = opened(campaign, topic="project-stalled")
    for one in (case, other):
        heard(bench, one)
    assert refused(propose(bench, case, "not-in-time", "question")) == (409, "ladder-step-not-due")
    clock.move_to(OVERDUE)
    bench = ladders.bench(office, setup_again(office, campaign))
    wrong = propose(bench, other, "not-in-time", "question")
    assert refused(wrong) == (409, "ladder-step-not-due")
    assert in_force(bench, case, "not-in-time", "question")["state"] == "in_force"


def test_row_88_pointed_out_circulated_handled(clock, office):
    """Three steps in order; after the window for the defence has passed, without a defence too."""
    campaign, bench = played(office, "s4-minzhu-pingyi")
    case = opened(campaign)
    assert refused(propose(bench, case, "supervision", "point-out")) == (
        409, "measure-before-defence",
    )  # fmt: skip
    clock.move_to(AFTER_DEFENCE)
    bench = ladders.bench(office, setup_again(office, campaign))
    steps = ["point-out", "circulate", "handle"]
    positions = [in_force(bench, case, "supervision", one)["position"] for one in steps]
    assert positions == [1, 2, 3]
