"""Campaigns: their basis, their plan, their life."""

import pytest
from flask import Flask

from anfang.campaigns.service import LARGEST_PLAN
from anfang.kit.principal import Role
from factories import setup


@pytest.fixture
def lead(office):
    return office(Role.LEAD)


@pytest.fixture
def draft(lead):
    tree = setup.unit_tree(lead)
    return setup.draft_campaign(lead, tree, [setup.published_checklist(lead, "taxi")])


def test_a_campaign_starts_only_with_its_legal_basis_and_its_plan_on_file(lead, draft):
    path = f"/campaigns/{draft['id']}"

    def refused():
        answer = lead.post(f"{path}/start")
        assert (answer.status_code, answer.json["code"]) == (409, "campaign-basis-missing")
        assert lead.get(path).json["state"] == "draft"

    refused()
    setup.created(setup.file_plan(lead, draft["id"]))
    setup.created(lead.change(path, {"legal_basis": "  "}))
    refused()
    setup.created(lead.change(path, {"legal_basis": setup.LEGAL_BASIS}))
    assert setup.created(lead.post(f"{path}/start"))["state"] == "running"


def test_the_plan_is_kept_under_its_hash_and_comes_back_as_it_was(lead, draft, office):
    filed = setup.created(setup.file_plan(lead, draft["id"]))
    assert filed["plan_name"] == "方案.txt"
    answer = office(Role.AUDITOR).get(f"/campaigns/{draft['id']}/plan")
    assert answer.get_data() == setup.PLAN
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert lead.get(f"/campaigns/{draft['id']}").json == filed


def test_a_plan_may_be_as_large_as_20_mib_and_no_larger(lead, draft):
    largest = b"x" * LARGEST_PLAN
    assert setup.file_plan(lead, draft["id"], largest).status_code == 200
    too_large = setup.file_plan(lead, draft["id"], largest + b"x")
    assert (too_large.status_code, too_large.json["code"]) == (413, "plan-too-large")
    far_too_large = setup.file_plan(lead, draft["id"], largest * 2)
    assert far_too_large.status_code == 413
    empty = setup.file_plan(lead, draft["id"], b"")
    assert (empty.status_code, empty.json["code"]) == (422, "plan-empty")


def test_a_campaign_without_a_plan_has_none_to_show(lead, draft):
    assert lead.get(f"/campaigns/{draft['id']}/plan").json["code"] == "not-found"


def test_what_a_campaign_started_with_stays(office):
    running = setup.running_campaign(office)
    lead, path = running.lead, f"/campaigns/{running.id}"
    for change in (
        {"legal_basis": "另一依据"},
        {"starts_on": "2026-12-01"},
        {"checklist_version_ids": [running.taxi]},
    ):
        answer = lead.change(path, change)
        assert (answer.status_code, answer.json["code"]) == (409, "campaign-started")
    assert setup.file_plan(lead, running.id).json["code"] == "campaign-started"
    assert lead.post(f"{path}/start").json["code"] == "campaign-started"

    more = setup.published_checklist(lead, "office")
    used = [running.taxi, running.window, more]
    changed = setup.created(
        lead.change(path, {"checklist_version_ids": used, "ends_on": "2027-02-28"})
    )
    assert {entry["id"] for entry in changed["checklists"]} == set(used)
    assert changed["ends_on"] == "2027-02-28"


def test_a_closed_campaign_no_longer_changes(office):
    running = setup.running_campaign(office)
    lead, path = running.lead, f"/campaigns/{running.id}"
    assert setup.created(lead.post(f"{path}/close"))["state"] == "closed"
    assert lead.change(path, {"name": "改名"}).json["code"] == "campaign-closed"
    assert lead.post(f"{path}/close").json["code"] == "campaign-not-running"
    assert lead.post(f"{path}/start").json["code"] == "campaign-closed"
    assert setup.file_plan(lead, running.id).json["code"] == "campaign-closed"


def test_only_published_checklists_are_used(lead):
    tree = setup.unit_tree(lead)
    body = {"code": "own", "title": "自定", "items": []}
    draft = setup.created(lead.post("/checklists", body))["versions"][0]["id"]
    campaign = {
        "name": "行动",
        "starts_on": setup.FIRST_DAY,
        "ends_on": setup.LAST_DAY,
        "checklist_version_ids": [draft],
    }
    answer = lead.post("/campaigns", campaign)
    assert (answer.status_code, answer.json["code"]) == (422, "checklist-not-published")
    assert (
        lead.post("/campaigns", {**campaign, "checklist_version_ids": [tree.city]}).status_code
        == 404
    )
    assert lead.get("/campaigns").json["items"] == []


def test_a_theme_has_leading_and_supporting_units_and_keeps_its_id(lead, draft):
    path = f"/campaigns/{draft['id']}"
    theme = draft["themes"][0]
    assert [unit["role"] for unit in theme["units"]] == ["lead", "support"]

    swapped = [
        {"unit_id": unit["unit_id"], "role": {"lead": "support", "support": "lead"}[unit["role"]]}
        for unit in theme["units"]
    ]
    themes = [
        {"code": "taxi", "title": "出租汽车整治"},
        {"code": theme["code"], "title": "窗口服务", "units": swapped},
    ]
    changed = setup.created(lead.change(path, {"themes": themes}))
    assert [entry["code"] for entry in changed["themes"]] == ["taxi", "service"]
    kept = changed["themes"][1]
    assert (kept["id"], kept["title"]) == (theme["id"], "窗口服务")
    assert kept["units"][0]["name"] == "甲市交通运输局"
    assert lead.get(path).json == changed

    twice = lead.change(path, {"themes": [themes[0], themes[0]]})
    assert (twice.status_code, twice.json["code"]) == (422, "theme-twice")
    assert setup.created(lead.change(path, {"themes": []}))["themes"] == []


def test_days_do_not_run_backwards(lead, draft):
    answer = lead.change(f"/campaigns/{draft['id']}", {"ends_on": "2026-10-01"})
    assert (answer.status_code, answer.json["code"]) == (422, "campaign-days-reversed")


def test_a_change_answers_with_the_etag_of_the_next_one(lead, draft):
    path = f"/campaigns/{draft['id']}"
    etag = lead.get(path).headers["ETag"]
    units = [
        {"unit_id": unit["unit_id"], "role": "lead"}
        for unit in reversed(draft["themes"][0]["units"])
    ]
    themes = [{"code": "service", "title": "服务", "units": units}]
    first = lead.patch(path, {"themes": themes}, headers={"If-Match": etag})
    assert first.status_code == 200
    assert lead.patch(path, {"name": "旧"}, headers={"If-Match": etag}).status_code == 412
    second = lead.patch(path, {"name": "新"}, headers={"If-Match": first.headers["ETag"]})
    assert second.status_code == 200
    assert lead.patch(path, {"name": "无"}).status_code == 428


def test_campaigns_are_listed_by_state_and_paged(office):
    running = setup.running_campaign(office)
    lead = running.lead
    later = {"name": "下一次", "starts_on": "2027-05-01", "ends_on": "2027-06-01"}
    setup.created(lead.post("/campaigns", later))
    assert [c["name"] for c in lead.get("/campaigns?state=draft").json["items"]] == ["下一次"]
    first = lead.get("/campaigns?limit=1").json
    second = lead.get(f"/campaigns?limit=1&cursor={first['next']}").json
    assert first["items"][0]["name"] == "下一次"
    assert [c["id"] for c in second["items"]] == [running.id]
    assert second["next"] is None


def test_units_and_strangers_learn_nothing_of_campaigns(app: Flask, office, lead, draft, phone):
    for other in (office(Role.LIAISON), office(Role.CUSTODIAN)):
        assert other.get("/campaigns").json["code"] == "not-permitted"
    reviewer = office(Role.REVIEWER)
    assert reviewer.get("/campaigns").status_code == 200
    assert reviewer.post(f"/campaigns/{draft['id']}/start").json["code"] == "not-permitted"
    assert setup.file_plan(reviewer, draft["id"]).json["code"] == "not-permitted"
    assert app.test_client().get("/api/v1/campaigns").status_code == 401
    assert phone().call("GET", "/campaigns").status_code == 403
