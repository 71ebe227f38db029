"""Sealed appraisals through the API: from setting up to the tally, and what is refused."""

import pytest

from anfang.kit.principal import Role
from factories import ballots
from factories.registers import unit_account
from factories.setup import created


def refused(answer, status, code):
    assert (answer.status_code, answer.json["code"]) == (status, code), answer.json


def says(answer, status, text):
    assert answer.status_code == status, answer.get_data(as_text=True)
    assert text in answer.get_data(as_text=True)


def line(tally, unit, criterion, group="assessors"):
    return next(
        one
        for one in tally["lines"]
        if (one["unit"], one["group"], one["criterion"]) == (unit, group, criterion)
    )


def test_a_box_goes_from_slips_to_its_tally(box):
    codes = ballots.slips(box, 6)
    for code in codes[:4]:
        ballots.cast(box, code, "satisfied", m_1_0="dissatisfied")
    ballots.cast(box, codes[4], "-", m_0_0="mostly")
    (group, _) = box.told()["groups"]
    assert {k: group[k] for k in ("issued", "used", "unused", "spoilt")} == {
        "issued": 6,
        "used": 5,
        "unused": 1,
        "spoilt": 0,
    }
    seal = box.sealed()["seal"]
    assert (seal["ballots"], seal["issued"], seal["interrupted"]) == (5, 6, 0)
    tally = box.opened()
    first, second = (one["id"] for one in box.told()["units"])
    assert line(tally, first, "law")["mean"] == (4 * 100 + 75) / 5
    assert line(tally, first, "law")["grades"]["mostly"] == 1
    # Four of five abstained from nothing: below the five of the rulebook nothing is told.
    assert line(tally, second, "law") | {"unit": ""} == {
        "unit": "",
        "group": "assessors",
        "criterion": "law",
        "count": 4,
        "grades": {},
        "mean": None,
    }
    assert tally["present"] == list(ballots.OFFICES)
    assert created(box.lead.get(f"{box.path}/tally")) == tally
    recount = created(box.lead.get(f"{box.path}/recount"))
    assert recount == {"papers": 5, "same_papers": True, "same_tally": True}
    assert [one["holds_share"] for one in box.told()["witnesses"]] == [False] * 3


def test_a_slip_votes_once_and_the_first_ballot_stands(box):
    code, *others = ballots.slips(box, 5)
    ballots.cast(box, code, "satisfied")
    again = ballots.vote(box, code, ballots.marks(box.told(), "dissatisfied"))
    says(again, 409, "只计一次")
    stranger = box.lead.client.application.test_client()
    says(stranger.get(f"/p/ballots/{code}"), 409, "只计一次")
    for other in others:
        ballots.cast(box, other, "satisfied")
    assert box.sealed()["seal"]["ballots"] == 5
    assert {one["mean"] for one in box.opened()["lines"] if one["count"]} == {100}


def test_a_paper_that_lacks_marks_comes_back_as_it_was_filled_in(box):
    (code,) = ballots.slips(box, 1)
    fields = ballots.marks(box.told(), "mostly", m_1_3="excellent")
    del fields["m-0-2"]
    answer = ballots.vote(box, code, fields)
    says(answer, 422, "还有 2 项没有打分")
    assert answer.get_data(as_text=True).count("checked") == 8
    assert box.told()["groups"][0]["used"] == 0
    ballots.cast(box, code)


def test_a_typed_code_needs_neither_dashes_nor_capitals(box):
    (code,) = ballots.slips(box, 1)
    stranger = box.lead.client.application.test_client()
    typed = stranger.post("/p/ballots/paper", data={"code": f" {code.lower().replace('-', ' ')}"})
    says(typed, 200, "民主评议集中打分")
    says(stranger.post("/p/ballots/paper", data={"code": "AAAA"}), 404, "没有这张评议票")
    english = stranger.get(f"/p/ballots/{code}?lang=en")
    says(english, 200, "Put into the box")
    assert "<script" not in english.get_data(as_text=True)
    assert english.headers["Cache-Control"] == "no-store"


def test_a_spoilt_slip_votes_no_more_and_a_used_one_is_not_spoilt(box):
    used, spare = ballots.slips(box, 2)
    ballots.cast(box, used)
    numbers = {1, 2}
    answers = {
        one: box.lead.post(f"{box.path}/spoilt", {"number": one, "reason": "写错"})
        for one in numbers
    }
    assert sorted(one.status_code for one in answers.values()) == [200, 409]
    says(ballots.vote(box, spare, ballots.marks(box.told(), "mostly")), 409, "已经作废")
    unknown = box.lead.post(f"{box.path}/spoilt", {"number": 3, "reason": "写错"})
    refused(unknown, 404, "ballot-slip-unknown")
    seal = box.sealed()["seal"]
    assert (seal["issued"], seal["used"], seal["unused"], seal["spoilt"]) == (2, 1, 0, 1)


def test_ballots_are_cast_on_the_day_of_the_meeting_alone(office, campaign, clock):
    box = ballots.open_box(office, campaign, day="2026-11-17")
    (code,) = ballots.slips(box, 1)
    fields = ballots.marks(box.told(), "mostly")
    says(ballots.vote(box, code, fields), 409, "当天")
    refused(ballots.try_set_up(campaign, day="2026-11-15"), 409, "ballot-not-the-day")
    clock.shift(86_400)
    assert ballots.vote(box, code, fields).status_code == 303


def test_after_the_sealing_nothing_is_added_or_read_before_the_opening(box):
    code, late = ballots.slips(box, 2)
    ballots.cast(box, code)
    refused(box.lead.get(f"{box.path}/tally"), 409, "ballot-not-opened")
    box.sealed()
    says(ballots.vote(box, late, ballots.marks(box.told(), "mostly")), 409, "密封")
    refused(
        box.lead.post(f"{box.path}/slips", {"group": "assessors", "count": 1}),
        409,
        "ballot-box-stage",
    )
    refused(box.lead.post(f"{box.path}/seal"), 409, "ballot-box-stage")
    refused(box.lead.get(f"{box.path}/tally"), 409, "ballot-not-opened")
    refused(box.lead.get(f"{box.path}/recount"), 409, "ballot-not-opened")


def test_fewer_witnesses_than_three_open_nothing(office, box):
    box.sealed()
    one, two, three = box.witnesses
    refused(box.opening(one, two), 422, "ballot-witnesses-needed")
    refused(box.opening(one, two, ballots.witness(office)), 422, "ballot-witnesses-needed")
    wrong = ballots.Witness(three.office, three.username, "not the passphrase at all")
    refused(box.opening(one, two, wrong), 403, "passphrase-wrong")
    assert box.told()["stage"] == "sealed"
    box.opened()
    refused(box.opening(), 409, "ballot-box-stage")


def test_wrong_passphrases_lock_a_witness_out_for_an_hour(box, clock):
    box.sealed()
    one, two, three = box.witnesses
    wrong = ballots.Witness(three.office, three.username, "not the passphrase at all")
    for _ in range(5):
        refused(box.opening(one, two, wrong), 403, "passphrase-wrong")
    refused(box.opening(), 429, "too-many-attempts")
    clock.shift(3_601)
    box.opened()


def test_shares_are_taken_by_three_others_than_whoever_set_the_box_up(office, campaign):
    path = f"/ballot-boxes/{created(ballots.try_set_up(campaign))['id']}"
    lead = campaign.lead
    one, two, three = (ballots.witness(office, number) for number in range(3))
    own = ballots.Witness("主持人", lead.get("/session").json["username"], ballots.PASSPHRASES[2])

    def take(*witnesses):
        return lead.post(f"{path}/witnesses", {"witnesses": [each.pledge for each in witnesses]})

    refused(take(one, two), 422, "ballot-witnesses-needed")
    refused(take(one, two, two), 422, "passphrase-weak")
    refused(take(one, two, own), 422, "ballot-witnesses-needed")
    judged = unit_account(office, campaign.unit).get("/session").json["username"]
    judged_one = ballots.Witness("受评单位", judged, ballots.PASSPHRASES[2])
    refused(take(one, two, judged_one), 422, "ballot-witnesses-needed")
    refused(lead.post(f"{path}/slips", {"group": "assessors", "count": 1}), 409, "ballot-box-stage")
    created(take(one, two, three))
    refused(take(one, two, three), 409, "ballot-box-stage")


def test_only_the_lead_runs_a_box_and_only_an_approver_voids_it(office, box):
    approver, reviewer, stranger = (
        office(Role.APPROVER),
        office(Role.REVIEWER),
        office(Role.LIAISON, unit=None),
    )
    refused(box.opening(by=approver), 403, "not-permitted")
    refused(reviewer.post(f"{box.path}/seal"), 403, "not-permitted")
    refused(stranger.get(box.path), 403, "not-permitted")
    refused(box.lead.post(f"{box.path}/void", {"reason": "点名不符"}), 403, "not-permitted")
    told = created(approver.post(f"{box.path}/void", {"reason": "点名不符"}))
    assert (told["stage"], told["void_reason"]) == ("void", "点名不符")
    assert not any(one["holds_share"] for one in told["witnesses"])
    refused(box.lead.post(f"{box.path}/seal"), 409, "ballot-box-stage")


def test_nobody_is_judged_before_units_are_listed(office, clock):
    campaign = ballots.rulebooks.loaded(office, "s4-minzhu-pingyi")
    refused(ballots.try_set_up(campaign), 409, "ballot-nobody-to-judge")
    refused(ballots.try_set_up(campaign, appraisal="none"), 404, "ballot-appraisal-unknown")


@pytest.mark.parametrize("count", [0, 501])
def test_slips_are_made_in_batches(box, count):
    refused(
        box.lead.post(f"{box.path}/slips", {"group": "assessors", "count": count}),
        422,
        "invalid-input",
    )
    refused(
        box.lead.post(f"{box.path}/slips", {"group": "none", "count": 1}),
        422,
        "ballot-group-unknown",
    )
