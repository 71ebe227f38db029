"""Satisfaction surveys of the source documents, played by the shipped rulebooks."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from anfang.jobs import service as jobs
from anfang.kit.db import transaction
from anfang.kit.principal import Role
from anfang.log import service as log
from factories import rulebooks, scoring, setup, surveys
from factories.ladders import refused
from factories.setup import created

HOUR = "2026-12-31T10:00:00Z"
DEFENCE_OVER = "2026-11-25T03:00:00Z"


@dataclass(frozen=True)
class County:
    """A county's campaign: two party departments, three of government, two vertical ones."""

    campaign: setup.Campaign
    party: tuple[str, ...]
    functional: tuple[str, ...]
    vertical: tuple[str, ...]

    @property
    def units(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.party, *self.functional, *self.vertical)


@pytest.fixture
def county(s3):
    lead = s3.lead
    party = [
        scoring.unit(lead, f"党群{n}部", f"dq-{i}", "party_mass") for i, n in enumerate("甲乙")
    ]
    functional = [scoring.unit(lead, f"职能{n}局", f"zn-{i}") for i, n in enumerate("甲乙丙丁")]
    vertical = [
        scoring.unit(lead, f"垂直{n}局", f"cz-{i}", "vertical") for i, n in enumerate("甲乙")
    ]
    rulebooks.assign(lead, s3.id, party_mass=party, functional=functional, vertical=vertical)
    return County(s3, tuple(party), tuple(functional), tuple(vertical))


def polled(app, county, code, satisfied, campaign=None):
    """Hold a round in which all but the named units satisfy everybody."""
    one = surveys.planned(campaign or county.campaign, code)
    everybody = dict.fromkeys(county.units, 6)
    surveys.polled(app, one, {**everybody, **satisfied}, closes_at=HOUR)
    return one


def put_right(lead, desk, case):
    """Let a unit report a case's rectification, have it looked at again and closed."""
    created(desk.post(f"/cases/{case}/statements", {"kind": "rectification", "text": "已改。"}))
    asked = created(lead.post(f"/cases/{case}/revisits", {}))["revisits"][-1]["id"]
    seen = {"matches": True, "text": "现场相符。"}
    created(lead.post(f"/cases/{case}/revisits/{asked}", seen))
    created(lead.post(f"/cases/{case}/close", {"reply": "同意。", "raiser_reply": "已改。"}))


def ranked(county, approver, day, title):
    """Rank what the round of a day found, have it signed off and published."""
    lead = county.campaign.lead
    return scoring.published(
        lead, approver, county.campaign.id, scheme="satisfaction", title=title, since=day, until=day
    )


def again(county, office):
    """Return the county with a lead whose session has just begun."""
    return replace(county, campaign=replace(county.campaign, lead=office(Role.LEAD)))


def held_three_times(app, office, approver, county, clock, places):
    """Hold and rank three rounds, a day after another; returns the runs and the county."""
    runs = []
    for number, (code, day) in enumerate(
        (("first", "2026-11-16"), ("second", "2026-11-17"), ("third", "2026-11-18"))
    ):
        if number:
            clock.move_to(f"{day}T03:00:00Z")
            county, approver = again(county, office), office(Role.APPROVER)
        polled(app, county, code, places[number])
        runs.append(ranked(county, approver, day, f"第{number + 1}次"))
    return runs, county


def consequences(run) -> set[tuple[str, str]]:
    return scoring.followed(run)


def test_row_45_most_dissatisfied_the_work_begins_anew(app, clock, office, s2, run_jobs):
    """Above one half dissatisfied a case takes the work up anew; at half, or unasked, none does."""
    lead = s2.lead
    named = [scoring.unit(lead, f"{n}局", f"jg-{i}") for i, n in enumerate("甲乙丙")]
    rulebooks.assign(lead, s2.id, units=named)
    before = created(
        lead.post(
            "/cases",
            {
                "campaign_id": s2.id, "unit_id": named[0], "title": "征地补偿久拖",
                "class": "by_date", "source": "self_reported",
            },
        )
    )  # fmt: skip
    one = surveys.planned(s2, "judgement")
    surveys.polled(app, one, {named[0]: 2, named[1]: 3}, closes_at=HOUR)
    run_jobs()
    told = {unit["unit"]["id"]: unit for unit in created(lead.get(one.path("/results")))["units"]}
    assert told[named[0]]["deciding"]["dissatisfied"]["count"] == 8
    assert told[named[1]]["deciding"]["dissatisfied"]["share"] == 0.5
    assert told[named[1]]["case_id"] is None
    # 丙局: nobody answered, which reads neither as satisfied nor as dissatisfied.
    assert told[named[2]]["deciding"] == {
        "standing": "none", "count": 0, "rated": 0, "mean": None, "options": {},
        "dissatisfied": None,
    }  # fmt: skip
    case = created(lead.get(f"/cases/{told[named[0]]['case_id']}"))
    assert (case["unit"]["id"], case["state"]) == (named[0], "open")
    assert before["number"] in case["summary"]
    desk = setup.liaison(office, named[0])
    assert created(desk.get(f"/cases/{case['id']}"))["id"] == case["id"]
    # Told again, the same news opens no second case.
    with transaction():
        jobs.emit("survey.closed", round=one.id)
    run_jobs()
    listed = created(lead.get(f"/cases?unit={named[0]}"))["items"]
    assert len(listed) == 2


def test_row_45_a_closed_rectification_that_most_are_dissatisfied_with_is_opened_again(
    app, clock, office, s2, run_jobs
):
    """The case that the unit had closed last runs again, its unit is told why and heard anew."""
    lead = s2.lead
    named = [scoring.unit(lead, f"{n}局", f"jg-{i}") for i, n in enumerate("甲乙")]
    rulebooks.assign(lead, s2.id, units=named)
    desk = setup.liaison(office, named[0])
    body = {"campaign_id": s2.id, "unit_id": named[0], "class": "by_date", "source": "media"}
    asked = ("征地补偿久拖", "办事指南过期")
    first, last = (created(lead.post("/cases", {**body, "title": one}))["id"] for one in asked)
    for case in (first, last):
        put_right(lead, desk, case)
        clock.shift(60)
    closed = created(lead.get(f"/cases/{last}"))
    one = surveys.planned(s2, "judgement")
    surveys.polled(app, one, {named[0]: 2, named[1]: 6}, closes_at=HOUR)
    run_jobs()
    told = {unit["unit"]["id"]: unit for unit in created(lead.get(one.path("/results")))["units"]}
    assert [told[unit]["case_id"] for unit in named] == [last, None]
    again = created(desk.get(f"/cases/{last}"))
    assert (closed["state"], again["state"]) == ("closed", "open")
    assert "8 份不满意" in again["summary"]
    assert created(lead.get(f"/cases/{first}"))["state"] == "closed"
    assert len(created(lead.get(f"/cases?unit={named[0]}"))["items"]) == 2
    put_right(lead, desk, last)
    assert created(lead.get(f"/cases/{last}"))["state"] == "closed"


def test_row_49_three_rounds_of_three_categories(app, clock, county):
    """The rulebook's three rounds judge three categories apart, each by grass roots and served."""
    lead, campaign = county.campaign.lead, county.campaign
    plans = created(lead.get(f"/survey-plans/{campaign.id}"))["items"]
    assert [one["code"] for one in plans] == ["first", "second", "third"]
    body = {"campaign_id": campaign.id, "code": "fourth"}
    assert refused(lead.post("/survey-rounds", body)) == (404, "survey-missing")
    one = polled(app, county, "first", {county.party[1]: 3})
    assert refused(lead.post("/survey-rounds", {**body, "code": "first"})) == (409, "survey-known")
    units = created(lead.get(one.path("/results")))["units"]
    assert [unit["unit"]["category"] for unit in units] == [
        *["vertical"] * 2, *["party_mass"] * 2, *["government_functional"] * 4
    ]  # fmt: skip
    means = {unit["unit"]["id"]: unit["deciding"]["mean"] for unit in units}
    assert means[county.party[1]] == 50
    assert set(units[0]["questions"][0]["groups"]) == {"grassroots", "served"}
    run = scoring.computed(
        lead, campaign.id, "satisfaction", title="第一次", since="2026-11-16", until="2026-11-16"
    )
    places = scoring.places(run)
    assert [places[unit][0] for unit in county.party] == [1, 2]
    assert [places[unit][0] for unit in county.vertical] == [1, 1]


def test_row_51_last_is_talked_to_twice_last_is_handled(app, clock, office, approver, county):
    """The first round has no consequence; then party's last one and government's last two have."""
    party, functional = county.party[1], county.functional
    last = {party: 2, functional[2]: 3, functional[3]: 2}
    other = {county.party[0]: 1, functional[2]: 3, functional[1]: 2}
    (first, second, third), county = held_three_times(
        app, office, approver, county, clock, [last, last, other]
    )
    assert consequences(first) == set()
    assert consequences(second) >= {
        ("party-last", party),
        ("functional-last", functional[2]),
        ("functional-last", functional[3]),
    }
    assert not any(rule.endswith("-twice") for rule, _ in consequences(second))
    found = consequences(third)
    assert ("functional-twice", functional[2]) in found
    assert not {("functional-twice", functional[3]), ("party-twice", county.party[0])} & found
    talk = next(one for one in second["consequences"] if one["unit"]["id"] == party)
    lead = county.campaign.lead
    early = lead.post(f"/score-consequences/{talk['id']}/propose", {"reason": "末位"})
    assert early.status_code == 409
    clock.move_to(DEFENCE_OVER)
    lead = office(Role.LEAD)
    due = lead.post(f"/score-consequences/{talk['id']}/propose", {"reason": "末位"})
    assert created(due)["measure_id"]


def test_row_52_vertical_units_get_a_letter_to_their_superior(app, clock, office, approver, county):
    """Every vertical department is reported to its superior; twice last, handling is suggested."""
    last = {county.vertical[1]: 2}
    (_, second, third), county = held_three_times(
        app, office, approver, county, clock, [last, last, last]
    )
    reported = {("vertical-results", unit) for unit in county.vertical}
    assert consequences(second) == reported
    assert consequences(third) == {*reported, ("vertical-twice", county.vertical[1])}
    steps = {one["rule"]: (one["ladder"], one["step"]) for one in third["consequences"]}
    assert steps["vertical-results"] == ("vertical-results", "report")
    assert steps["vertical-twice"] == ("vertical-twice", "suggest")
    # No talk, no handling by the county: its ladders do not stand open to vertical units.
    case = third["consequences"][0]["case"]["id"]
    clock.move_to(DEFENCE_OVER)
    body = {"case_ids": [case], "ladder": "last-places", "step": "talk", "reason": "末位"}
    answer = office(Role.LEAD).post("/measures", body)
    assert answer.status_code == 422


def test_row_53_the_joint_meeting_approves_before_results_are_public(
    app, clock, office, approver, county
):
    """The public sees what somebody with no hand in it approved; townships run their own rounds."""
    one = polled(app, county, "second", {})
    lead, public = county.campaign.lead, app.test_client()
    assert refused(lead.post(one.path("/publish"))) == (409, "survey-not-closed")
    assert public.get(f"/p/surveys/results/{one.id}").status_code == 404
    assert refused(lead.post(one.path("/approve"))) == (403, "not-permitted")
    created(approver.post(one.path("/approve")))
    created(lead.post(one.path("/publish")))
    assert public.get(f"/p/surveys/results/{one.id}").status_code == 200
    # A township judges its own stations by the same rulebook, in a campaign of its own.
    stations = [
        scoring.unit(lead, f"甲镇{n}站", f"jz-{i}", parent_id=county.functional[0])
        for i, n in enumerate("一二")
    ]
    campaign = setup.draft_campaign(
        lead, county.campaign.tree, [county.campaign.taxi, county.campaign.window], name="甲镇测评"
    )
    created(setup.file_plan(lead, campaign["id"]))
    rulebooks.load(lead, campaign["id"], shipped="s3-sange-jianshe")
    rulebooks.assign(lead, campaign["id"], functional=stations)
    township = replace(county.campaign, id=campaign["id"])
    nested = surveys.planned(township, "second")
    assert sorted(nested.units) == sorted(stations)


def test_row_69_the_frame_is_frozen_by_hash_and_drawn_from_in_public(app, clock, s4):
    """The poll centre's frame is frozen in the log, then drawn from; neither can be done again."""
    lead = s4.lead
    bureaus = [
        scoring.unit(lead, f"{n}县建设局", f"js-{i}", parent_id=s4.tree.city)
        for i, n in enumerate("甲乙")
    ]
    rulebooks.assign(lead, s4.id, bureau=[s4.tree.city], construction=bureaus)
    one = surveys.planned(s4, "satisfaction")
    whole = created(lead.get(one.path()))["form"]
    groups = [{**group, "quota": 10} for group in whole["groups"]]
    created(lead.change(one.path(), {"form": {**whole, "groups": groups}, "closes_at": HOUR}))
    surveys.take_frame(one, surveys.frame_csv({"群众": 60, "企业": 30}))
    frozen = created(lead.post(one.path("/freeze")))
    assert len(frozen["frame_sha256"]) == 64
    changed = surveys.frame_csv({"群众": 61, "企业": 30})
    assert refused(surveys.send_frame(one, changed)) == (409, "survey-frozen")
    lots = {"entropy": "3876.52", "witness": "统计部门"}
    assert refused(lead.post(one.path("/draw"), lots)) == (409, "not-yet-logged")
    with transaction():
        log.seal()
    created(lead.post(one.path("/draw"), lots))
    assert refused(lead.post(one.path("/draw"), lots)) == (409, "survey-sample-drawn")
    sample: dict[str, Any] = created(lead.get(one.path("/sample")))
    assert (len(sample["sample"]), sample["repeats"]) == (20, True)
