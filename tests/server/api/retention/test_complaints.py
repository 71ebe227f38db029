"""Who complained goes first, the words of a complaint later; that there was one stays."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from anfang.kit.principal import Role
from anfang.retention import service
from factories import complaints as desk
from factories import custody
from factories.complaints import Citizen, done
from factories.setup import created, running_campaign
from support.phone import payload_of

START = datetime(2026, 11, 16, 3, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def campaign(clock, office):
    return running_campaign(office)


@pytest.fixture
def receipt(campaign):
    """A named complaint that was answered, with another that it has taken over."""
    lead = campaign.lead
    taken, other = (
        desk.taken_down(lead, campaign, informant=desk.INFORMANT, about="三号窗口")
        for _ in range(2)
    )
    done(lead, taken["id"], "merge", complaint_ids=[other["id"]], reason="同一件")
    done(lead, taken["id"], "accept")
    created(desk.written(lead, taken["id"]))
    done(lead, taken["id"], "verdict", verdict="unfounded", reason="监控显示窗口有人。")
    done(lead, taken["id"], "reply", text="经查，窗口当时有人。")
    return taken


def later(clock, **time):
    clock.move_to(START + timedelta(seconds=1, **time))


def ended():
    return sorted((one.kind, one.rule) for one in service.delete_due())


def test_the_informant_goes_after_180_days_and_no_custodian_opens_it_again(
    clock, office, campaign, receipt
):
    later(clock, days=179)
    assert ended() == []
    later(clock, days=180)
    auditor = office(Role.AUDITOR)
    due = created(auditor.get("/retention"))["due"]
    assert [one["rule"] for one in due] == ["informant", "informant"]
    assert ended() == [("informant", "informant")] * 2
    assert ended() == []
    lead = campaign.lead.signed_in_again()
    whole = created(lead.get(f"/complaints/{receipt['id']}"))
    assert whole["named"]
    assert whole["informant_erased_at"].startswith("2027-05-15")
    assert whole["text"] == desk.TEXT
    deletions = created(auditor.get("/deletions"))["items"]
    said = payload_of(deletions[0]["certificate"])
    assert said["informant"] in {one["sha256"] for one in due}
    keeper, _ = custody.ceremony(office)
    body = {"number": receipt["number"], "reason": "回访"}
    assert keeper.desk.post("/informant-releases", body).json["code"] == "complaint-anonymous"


def test_the_words_go_after_ten_years_and_number_and_verdict_stay(
    app, clock, office, campaign, receipt
):
    later(clock, days=180)
    ended()
    later(clock, days=3650)
    assert ended() == [("complaint", "complaint")] * 2
    lead = campaign.lead.signed_in_again()
    whole = created(lead.get(f"/complaints/{receipt['id']}"))
    assert (whole["text"], whole["text_for_unit"], whole["about"]) == ("", "", "")
    assert (whole["number"], whole["state"], whole["verdict"]) == (
        receipt["number"], "replied", "unfounded"
    )  # fmt: skip
    assert {one["text"] for one in whole["entries"]} == {""}
    followed = Citizen(app).follows(receipt["receipt_code"])
    assert followed.status_code == 200
    assert "窗口当时有人" not in followed.text


def test_what_still_runs_or_is_held_is_kept(clock, office, campaign, receipt):
    running = desk.taken_down(campaign.lead, campaign, informant=desk.INFORMANT)
    hold = {"object_kind": "campaign", "object_id": campaign.id, "reason": "复核未完"}
    later(clock, days=100)
    citizen_adds = Citizen(campaign.lead.client.application).post(
        "/words", code=receipt["receipt_code"], text="我还有话说。"
    )
    assert citizen_adds.status_code == 200
    later(clock, days=200)
    assert ended() == []  # something happened a hundred days ago
    held = created(office(Role.LEAD).post("/holds", hold))
    later(clock, days=4000)
    assert ended() == []
    lift = office(Role.LEAD).post(f"/holds/{held['id']}/lift", {"reason": "复核结束"})
    assert lift.status_code == 200
    assert len(ended()) == 4
    whole = created(office(Role.LEAD).get(f"/complaints/{running['id']}"))
    assert (whole["text"], whole["informant_erased_at"]) == (desk.TEXT, None)
