"""Scores and ranks of the source documents: each mechanism played by its shipped rulebook."""

import pytest

from anfang.kit import sealing
from anfang.kit.principal import Role
from factories import ballots, complaints, ladders, rulebooks, scoring, setup, surveys
from factories.scoring import computed, followed, places, published
from factories.setup import created

refused = ladders.refused
AFTER_DEFENCE = "2026-11-24T03:00:00Z"


def units(lead, count, category="government_functional", **members):
    """Make units of a category."""
    return [
        scoring.unit(lead, f"{category}{n}", f"{category}-{n}", category, **members)
        for n in range(count)
    ]


def proposal(lead, consequence):
    return lead.post(f"/score-consequences/{consequence['id']}/propose", {"reason": "据公布的排名"})


def by_rule(run):
    return {one["rule"]: one for one in run["consequences"]}


def verified(lead, campaign, unit, verdict="verified", **members):
    """Take a complaint by telephone, have the unit answer it, and judge it."""
    one = complaints.taken_down(lead, campaign, **members)["id"]
    complaints.transferred(lead, campaign, one, unit)
    complaints.done(lead, one, "verdict", verdict=verdict, reason="调取记录核实。")
    return one


def test_row_54_reports_found_true_cost_points_and_the_most_are_answered_for(
    clock, office, s3, approver
):
    """Each verified report costs points; the most reported unit is heard, then held to account."""
    lead = s3.lead
    many, few, none = units(lead, 3)
    rulebooks.assign(lead, s3.id, functional=[many, few, none])
    for unit in (many, many, few):
        verified(lead, s3, unit)
    verified(lead, s3, none, verdict="unfounded")
    run = published(lead, approver, s3.id, scheme="reported")
    assert places(run) == {many: (3, "96"), few: (2, "98"), none: (1, "100")}
    told = created(lead.get(f"/score-runs/{run['id']}/units/{many}"))["explanation"]
    (line,) = [one for one in told["children"] if one["kind"] == "deduction"]
    assert [(one["object_kind"], one["points"]) for one in line["children"]] == [
        ("complaint", "-2.0000")
    ] * 2
    assert followed(run) == {("most-reported", many)}
    (follows,) = run["consequences"]
    assert refused(proposal(lead, follows)) == (409, "measure-before-defence")
    clock.move_to(AFTER_DEFENCE)
    lead = office(Role.LEAD)
    created(proposal(lead, follows))
    (measure,) = created(lead.get("/measures"))["items"]
    assert (measure["title"], measure["unit"]["id"]) == ("对单位主要领导进行问责", many)


@pytest.fixture
def appraised(monkeypatch, clock, office, s4):
    """Four bureaus and a housing office beneath the city, all of them to be appraised."""
    monkeypatch.setattr(sealing, "COST", sealing.Cost(passes=1, memory_kib=64, lanes=1))
    lead, city = s4.lead, s4.tree.city
    bureaus = units(lead, 4, parent_id=city)
    housing = scoring.unit(lead, "房管局", "fg", parent_id=city)
    rulebooks.assign(lead, s4.id, bureau=[city], construction=bureaus, housing=[housing])
    return s4, bureaus, housing


def test_row_67_housing_is_judged_unranked_and_the_first_three_get_their_plaque(
    appraised, office, approver
):
    """Ranked by sealed marks; housing is scored and not ranked; the first three are honoured."""
    campaign, bureaus, housing = appraised
    lead = campaign.lead
    early = computed(lead, campaign.id, scheme="appraisal")
    assert {one["why_not"] for one in early["results"] if one["unit"]["id"] != housing} == {
        "nothing-judged"
    }
    box = ballots.open_box(office, campaign)
    paper = [one["id"] for one in box.told()["units"]]
    grades = dict(zip(bureaus, ("satisfied", "mostly", "mostly", "dissatisfied"), strict=True))
    fields = {
        f"m-{place}-{criterion}": grades.get(unit, "satisfied")
        for place, unit in enumerate(paper)
        for criterion in range(5)
    }
    fields[f"m-{paper.index(bureaus[2])}-4"] = "barely"
    for code in ballots.slips(box, 5):
        assert ballots.vote(box, code, fields).status_code == 303
    box.sealed()
    box.opened()

    run = published(lead, approver, campaign.id, scheme="appraisal")
    assert places(run) == {
        bureaus[0]: (1, "100.00"), bureaus[1]: (2, "75.00"), bureaus[2]: (3, "68.00"),
        bureaus[3]: (4, "0.00"), housing: (None, "100.00"),
    }  # fmt: skip
    assert followed(run) == {
        *(("top-three", one) for one in bureaus[:3]), ("behind", bureaus[3]),
    }  # fmt: skip
    page = lead.client.get(f"/p/rankings/{run['id']}").get_data(as_text=True)
    assert "房管部门不参加省评议办统一组织的考核评比和表彰" in page
    plaque = {"campaign_id": campaign.id, "reward": "plaque", "reason": "得分高"}
    shut = lead.post("/rewards", {**plaque, "unit_id": housing})
    assert refused(shut) == (409, "ladder-step-not-due")
    first = next(one for one in run["consequences"] if one["unit"]["id"] == bureaus[0])
    measure = created(proposal(lead, first))["measure_id"]
    assert created(lead.get("/measures"))["items"][0]["id"] == measure


def test_row_86_hotline_polls_and_visits_make_the_evaluation(app, clock, office, s3, approver):
    """Poll 60, visits 40, less what the hotline found; the best is rewarded, a poor one heard."""
    lead = s3.lead
    good, bad = units(lead, 2)
    rulebooks.assign(lead, s3.id, functional=[good, bad])
    scoring.visited(s3, good, 90)
    scoring.visited(s3, bad, 70)
    hotline = verified(lead, s3, bad)
    verified(lead, s3, good, channel="letterbox")
    unpolled = computed(lead, s3.id, scheme="evaluation")
    assert places(unpolled) == {good: (1, "90.00"), bad: (2, "68.00")}, "visits weigh all"
    poll = surveys.opened(surveys.planned(s3, "first"), {"基层单位": 5, "部门服务对象": 6})
    for group, count in (("grassroots", 5), ("served", 6)):
        for code in surveys.codes(poll, group, count):
            marks = {f"{good}.overall": "satisfied", f"{bad}.overall": "fairly"}
            assert surveys.cast(app, code, marks).status_code == 303
    surveys.closed(poll)
    run = published(lead, approver, s3.id, scheme="evaluation")
    assert places(run) == {good: (1, "96.00"), bad: (2, "62.00")}
    told = created(lead.get(f"/score-runs/{run['id']}/units/{bad}"))["explanation"]
    kinds = {one["code"]: one["points"] for one in told["children"]}
    assert kinds == {
        "satisfied": "36.0000", "visited": "28.0000", "hotline": "-2.0000", "concealed": "0.0000",
    }  # fmt: skip
    (counted,) = next(one for one in told["children"] if one["code"] == "hotline")["children"]
    assert counted["object_id"] == hotline
    assert followed(run) == {("best", good), ("poor", bad)}
    created(proposal(lead, by_rule(run)["best"]))
    assert refused(proposal(lead, by_rule(run)["poor"])) == (409, "measure-before-defence")
    desk = setup.liaison(office, bad)
    assert refused(desk.get(f"/score-runs/{run['id']}")) == (403, "not-permitted")
