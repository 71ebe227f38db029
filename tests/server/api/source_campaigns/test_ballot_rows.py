"""Sealed appraisals of the source documents, played by the shipped rulebook."""

import pytest

from anfang.kit import sealing
from factories import ballots, rulebooks
from factories.setup import created

FIVE = ["依法行政", "政务公开", "行政审批", "为民服务", "办事效率"]


@pytest.fixture
def box(office, s4, monkeypatch):
    monkeypatch.setattr(sealing, "COST", sealing.Cost(passes=1, memory_kib=64, lanes=1))
    return ballots.open_box(office, ballots.judged(office, s4))


def refused(answer, status, code):
    assert (answer.status_code, answer.json["code"]) == (status, code), answer.json


def test_row_68_every_unit_is_judged_by_the_five_contents(box):
    """Each assessor marks every unit in the five contents; what is overlooked is asked for."""
    asked = created(box.lead.get(f"/appraisals?campaign={box.campaign.id}"))["items"]
    assert [one["criteria"] for one in asked] == [FIVE]
    told = box.told()
    assert [one["title"] for one in told["criteria"]] == FIVE
    codes = ballots.slips(box, 5)
    fields = ballots.marks(told, "satisfied", m_1_4="dissatisfied")
    lacking = {name: grade for name, grade in fields.items() if name != "m-1-4"}
    assert ballots.vote(box, codes[0], lacking).status_code == 422
    assert ballots.vote(box, codes[0], {**fields, "m-1-4": "120"}).status_code == 422
    for code in codes:
        assert ballots.vote(box, code, fields).status_code == 303
    box.sealed()
    means = {
        (one["unit"], one["criterion"]): one["mean"]
        for one in box.opened()["lines"]
        if one["group"] == "assessors"
    }
    assert len(means) == 2 * 5
    assert [key for key, mean in means.items() if mean != 100] == [
        (told["units"][1]["id"], "efficiency")
    ]
    section = rulebooks.section(box.lead, box.campaign.id, "ballots")
    section[0]["parts"] = ["assessors"]
    body = {"section": "ballots", "content": section, "reason": "改评议对象"}
    answer = box.lead.patch(f"/campaigns/{box.campaign.id}/rulebook", body)
    refused(answer, 422, "rulebook-invalid")


def test_row_70_scored_together_tallied_together_sealed_on_the_spot(office, box):
    """Ballots of one meeting are sealed at once and opened, untouched, before three witnesses."""
    codes = ballots.slips(box, 7)
    for code in codes[:6]:
        ballots.cast(box, code, "mostly")
    refused(box.lead.get(f"{box.path}/tally"), 409, "ballot-not-opened")
    refused(box.opening(), 409, "ballot-box-stage")
    seal = box.sealed()["seal"]
    assert (seal["issued"], seal["used"], seal["unused"], seal["spoilt"]) == (7, 6, 1, 0)
    late = ballots.vote(box, codes[6], ballots.marks(box.told(), "satisfied"))
    assert late.status_code == 409
    refused(box.opening(*box.witnesses[:2]), 422, "ballot-witnesses-needed")
    tally = box.opened()
    assert {one["mean"] for one in tally["lines"] if one["group"] == "assessors"} == {75}
    assert tally["present"] == list(ballots.OFFICES)
    assert created(box.lead.get(f"{box.path}/recount"))["same_tally"] is True
    section = rulebooks.section(box.lead, box.campaign.id, "ballots")
    section[0]["witnesses"] = 2
    body = {"section": "ballots", "content": section, "reason": "只要两名见证人"}
    answer = box.lead.patch(f"/campaigns/{box.campaign.id}/rulebook", body)
    refused(answer, 422, "rulebook-invalid")
