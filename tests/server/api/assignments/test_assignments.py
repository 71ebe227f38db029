"""Assignments by hand, and who may know of them."""

from datetime import date
from uuid import UUID

import pytest

from anfang.assignments import queries, service
from anfang.kit.db import transaction
from anfang.kit.principal import Role
from factories import setup


@pytest.fixture
def campaign(office):
    return setup.running_campaign(office)


def body(campaign, **members):
    return {
        "campaign_id": campaign.id,
        "checklist_version_id": campaign.window,
        "inspector_id": setup.inspector(campaign.lead),
        "from_day": setup.FIRST_DAY,
        "to_day": setup.LAST_DAY,
        **members,
    }


def test_a_visit_is_handed_out_and_taken_back_once(campaign):
    lead, visit = campaign.lead, setup.assignment(campaign)
    listed = lead.get("/assignments").json["items"][0]
    assert listed["inspector"]["alias"] == "甲"
    assert listed["site"]["id"] == campaign.sites.window
    assert listed["unit"]["id"] == campaign.unit
    assert listed["checklist"]["code"] == "window"

    cancelled = setup.created(lead.post(f"/assignments/{visit.id}/cancel"))
    assert cancelled["state"] == "cancelled"
    again = lead.post(f"/assignments/{visit.id}/cancel")
    assert (again.status_code, again.json["code"]) == (409, "assignment-not-open")


def test_a_unit_will_do_where_the_inspector_chooses_the_site(campaign):
    answer = setup.created(
        campaign.lead.post("/assignments", body(campaign, unit_id=campaign.unit))
    )
    assert answer["site"] is None
    assert answer["unit"]["name"] == "甲市行政服务中心"


def test_what_does_not_go_together_is_refused_and_nothing_is_stored(campaign):
    lead, site, tree = campaign.lead, campaign.sites.window, campaign.tree
    own = setup.published_checklist(lead, "office")
    lead.change(f"/sites/{campaign.sites.office}", {"active": False})
    refusals = {
        "assignment-place-missing": [{}, {"site_id": site, "unit_id": tree.transport}],
        "assignment-days-reversed": [{"site_id": site, "to_day": "2026-10-01"}],
        "checklist-not-in-campaign": [{"site_id": site, "checklist_version_id": own}],
        "assignment-place-closed": [{"site_id": campaign.sites.office}],
        "not-found": [
            {"site_id": tree.city},
            {"unit_id": site},
            {"site_id": site, "inspector_id": site},
            {"site_id": site, "campaign_id": site},
        ],
    }
    for code, wrongs in refusals.items():
        for wrong in wrongs:
            assert lead.post("/assignments", body(campaign, **wrong)).json["code"] == code
    lead.post(f"/campaigns/{campaign.id}/close")
    closed = lead.post("/assignments", body(campaign, site_id=site))
    assert (closed.status_code, closed.json["code"]) == (409, "campaign-closed")
    assert lead.get("/assignments").json["items"] == []


def test_units_and_reviewers_never_see_who_goes_where(campaign, office, phone):
    setup.assignment(campaign)
    for other in (
        setup.liaison(office, campaign.unit),
        office(Role.REVIEWER),
        office(Role.APPROVER),
        office(Role.ADMINISTRATOR),
    ):
        assert other.get("/assignments").json["code"] == "not-permitted"
    assert phone("甲").call("GET", "/assignments").status_code == 403
    auditor = office(Role.AUDITOR)
    assert len(auditor.get("/assignments").json["items"]) == 1
    assert auditor.post("/assignments", {}).json["code"] == "not-permitted"


def test_assignments_are_filtered_and_paged(campaign):
    lead = campaign.lead
    first, second = setup.assignment(campaign, "甲"), setup.assignment(campaign, "乙")
    lead.post(f"/assignments/{first.id}/cancel")

    def ids(query):
        return [item["id"] for item in lead.get(f"/assignments?{query}").json["items"]]

    assert ids("state=open") == ids(f"inspector={second.inspector}") == [second.id]
    assert ids("state=done") == ids(f"campaign={campaign.unit}") == []
    page = lead.get("/assignments?limit=1").json
    rest = lead.get(f"/assignments?limit=1&cursor={page['next']}").json
    assert {page["items"][0]["id"], rest["items"][0]["id"]} == {first.id, second.id}
    assert rest["next"] is None


def test_a_phone_gets_the_open_visits_that_are_not_over_of_running_campaigns(campaign):
    visit = setup.assignment(campaign)
    other = setup.assignment(campaign, "乙")

    def open_on(day):
        with transaction(write=False):
            return [str(a.id) for a in queries.open_for(UUID(visit.inspector), day)]

    last = date.fromisoformat(setup.LAST_DAY)
    assert open_on(date(2026, 10, 1)) == open_on(last) == [visit.id]
    assert open_on(date(2027, 2, 1)) == []
    campaign.lead.post(f"/assignments/{other.id}/cancel")
    with transaction():
        service.mark_done(UUID(visit.id))
        service.mark_done(UUID(other.id))
    states = {a["id"]: a["state"] for a in campaign.lead.get("/assignments").json["items"]}
    assert states == {visit.id: "done", other.id: "cancelled"}
    assert open_on(last) == []

    third = setup.assignment(campaign)
    assert open_on(last) == [third.id]
    campaign.lead.post(f"/campaigns/{campaign.id}/close")
    assert open_on(last) == []
