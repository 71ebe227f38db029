"""What waits for a person: all of it in one answer, nothing that is not theirs to do or to see."""

from anfang.kit import waiting
from anfang.kit.principal import Role
from factories import setup
from factories.cases import confirmed_finding, opened_case
from factories.setup import created


def counts(account):
    return {one["key"]: one["count"] for one in created(account.get("/waiting"))["items"]}


def test_a_case_waits_for_its_unit_and_then_for_the_office(office):
    campaign = setup.running_campaign(office)
    desk = setup.liaison(office, campaign.unit)
    stranger = setup.liaison(office, campaign.tree.transport)
    case = opened_case(campaign)
    assert counts(desk)["own"] == 1
    assert "own" not in counts(stranger)
    assert "answered" not in counts(campaign.lead)
    for kind in ("defence", "rectification"):
        said = {"kind": kind, "text": "已安排双人轮岗。"}
        created(desk.post(f"/cases/{case['id']}/statements", said))
    assert "own" not in counts(desk)
    assert counts(campaign.lead)["answered"] == 1


def test_only_what_a_person_may_act_upon_is_counted(office):
    campaign = setup.running_campaign(office)
    confirmed_finding(campaign)
    assert counts(campaign.lead)["findings"] == 1
    for role in (Role.AUDITOR, Role.APPROVER, Role.CUSTODIAN):
        assert "findings" not in counts(office(role))


def test_a_request_waits_for_the_leader_and_for_nobody_who_asked(office):
    campaign = setup.running_campaign(office)
    desk = setup.liaison(office, campaign.unit)
    case = opened_case(campaign)
    asked = {"kind": "extension", "working_days": 5, "reason": "等待施工"}
    created(desk.post(f"/cases/{case['id']}/requests", asked))
    assert counts(office(Role.APPROVER))["requests"] == 1
    assert "requests" not in counts(campaign.lead)
    assert "requests" not in counts(desk)


def test_what_is_much_is_counted_no_further(office, monkeypatch):
    monkeypatch.setattr(waiting, "MOST", 1)
    campaign = setup.running_campaign(office)
    for more in (False, True):
        confirmed_finding(campaign)
        items = created(campaign.lead.get("/waiting"))["items"]
        assert {"key": "findings", "count": 1, "more": more} in items
