"""Reviews of conclusions, skipping with two reasons, corrections in public."""

from dataclasses import replace

import pytest

from anfang.kit.principal import Role
from factories import ladders, rulebooks, setup
from factories.ladders import in_force, proposed, refused
from factories.setup import created

LADDER = "not-carried-out"


@pytest.fixture
def campaign(clock, office):
    return rulebooks.loaded(office, "s0-liangzheng")


@pytest.fixture
def bench(office, campaign):
    return ladders.bench(office, campaign)


@pytest.fixture
def case(campaign, bench):
    """A case in which the unit was heard and that tells what an exposure asks for."""
    told = {
        "campaign_id": campaign.id, "unit_id": campaign.unit, "title": "窗口空岗",
        "class": "by_date", "source": "self_reported", "fields": ladders.SHIPPED_FIELDS,
    }  # fmt: skip
    made = created(campaign.lead.post("/cases", told))["id"]
    body = {"kind": "defence", "text": "当日开会"}
    created(bench.desk.post(f"/cases/{made}/statements", body))
    return made


def ask(bench, measure, text="事实有出入"):
    return bench.desk.post(f"/measures/{measure}/review", {"text": text})


def decide(who, review, outcome="lifted", **changes):
    body = {"outcome": outcome, "answer": "复核意见", **changes}
    return who.post(f"/measure-reviews/{review}/decide", body)


def exposed(bench, case):
    for step in ("circular", "rectify"):
        in_force(bench, case, LADDER, step)
    return in_force(bench, case, LADDER, "publish")["id"]


def test_skipping_needs_a_reason_and_an_approver_who_says_why(bench, case):
    assert refused(bench.lead.post("/measures", ladders.body(case, LADDER, "publish"))) == (
        409, "ladder-step-skipped",
    )  # fmt: skip
    measure = proposed(bench, case, LADDER, "publish", skip_reason="影响恶劣")
    assert measure["skips"] is True
    path = f"/measures/{measure['id']}/decide"
    silent = bench.approver.post(path, {"approved": True, "note": "同意"})
    assert refused(silent) == (409, "skip-needs-approval")
    body = {"approved": True, "note": "同意", "skip_approval": "情节严重，同意跳级"}
    assert created(bench.approver.post(path, body))["state"] == "approved"


def test_whoever_had_a_part_does_not_review_and_nothing_gets_harsher(bench, case):
    measure = exposed(bench, case)
    review = created(ask(bench, measure))["review"]
    assert review["decide_by"].startswith("2026-12-16")
    assert refused(ask(bench, measure)) == (409, "review-asked")
    further = bench.lead.post("/measures", ladders.body(case, LADDER, "hold-to-account"))
    assert refused(further) == (409, "review-waits")
    assert refused(decide(bench.approver, review["id"])) == (409, "reviewer-took-part")
    harsher = decide(bench.reviewer, review["id"], "lightened", correction="更正",
                     lightened_to="hold-to-account")  # fmt: skip
    assert refused(harsher) == (422, "review-harsher")
    same = decide(bench.reviewer, review["id"], "lightened", correction="更正",
                  lightened_to="publish")  # fmt: skip
    assert refused(same) == (422, "review-harsher")
    silent = decide(bench.reviewer, review["id"])
    assert refused(silent) == (422, "correction-missing")
    done = created(
        decide(bench.reviewer, review["id"], "lightened", lightened_to="circular",
               correction="此前曝光的情况经复核减轻处理")
    )  # fmt: skip
    assert done["state"] == "lifted"
    assert refused(decide(bench.reviewer, review["id"])) == (409, "review-decided")
    states = {one["step"]: one["state"] for one in created(bench.lead.get("/measures"))["items"]}
    assert states == {"circular": "in_force", "rectify": "lifted", "publish": "lifted"}


def test_what_was_public_is_put_right_in_public(app, bench, case):
    review = created(ask(bench, exposed(bench, case)))["review"]["id"]
    page = app.test_client()
    assert "经复核撤销" not in page.get("/p/corrections/").get_data(as_text=True)
    created(decide(bench.reviewer, review, correction="该曝光经复核撤销"))
    text = page.get("/p/corrections/?lang=zh-CN").get_data(as_text=True)
    assert "该曝光经复核撤销" in text
    assert "甲市行政服务中心" in text
    assert "<script" not in text
    assert "lifted" in page.get("/p/corrections/?lang=en").get_data(as_text=True)


def test_an_upheld_measure_stands_and_the_ladder_goes_on(bench, case):
    measure = exposed(bench, case)
    review = created(ask(bench, measure))["review"]["id"]
    assert created(decide(bench.reviewer, review, "upheld"))["state"] == "in_force"
    assert in_force(bench, case, LADDER, "hold-to-account")["position"] == 4


def test_a_review_is_asked_for_within_thirty_days(clock, office, campaign, bench, case):
    first = in_force(bench, case, LADDER, "circular")["id"]
    second = in_force(bench, case, LADDER, "rectify")["id"]
    clock.move_to("2026-12-16T03:00:00Z")
    bench = ladders.bench(office, replace(campaign, lead=office(Role.LEAD)))
    created(ask(bench, first))
    clock.move_to("2026-12-16T03:00:01Z")
    assert refused(ask(bench, second)) == (409, "review-too-late")


def test_a_unit_asks_about_its_own_measures_only(office, campaign, bench, case):
    measure = in_force(bench, case, LADDER, "circular")["id"]
    other = setup.liaison(office, campaign.tree.transport)
    assert created(other.get("/measures"))["items"] == []
    answer = other.post(f"/measures/{measure}/review", {"text": "与我无关"})
    assert refused(answer) == (404, "not-found")
    assert refused(bench.lead.post(f"/measures/{measure}/review", {"text": "代问"})) == (
        403, "not-permitted",
    )  # fmt: skip


def test_a_lifted_step_is_free_again(bench, case):
    measure = in_force(bench, case, LADDER, "circular")["id"]
    created(bench.reviewer.post(f"/measures/{measure}/lift", {"text": "有误"}))
    assert in_force(bench, case, LADDER, "circular")["state"] == "in_force"
    finished = created(bench.lead.get("/measures?state=in_force"))["items"][0]["id"]
    done = created(bench.lead.post(f"/measures/{finished}/finish", {"text": "已通报"}))
    assert done["state"] == "done"
