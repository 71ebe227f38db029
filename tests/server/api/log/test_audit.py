"""The audit trail: written inside the verb, read by the auditor alone."""

import pytest
import time_machine

from anfang.kit.principal import Role
from factories import inspections, setup


def test_the_auditor_reads_who_did_what(office):
    lead, auditor = office(Role.LEAD), office(Role.AUDITOR)
    inspector = lead.post("/inspectors", {"alias": "甲"}).json
    listed = auditor.get(f"/audit?object_id={inspector['id']}").json["items"]
    assert [entry["action"] for entry in listed] == ["inspector.created"]
    assert listed[0]["actor_id"] == lead.get("/session").json["id"]
    assert "甲" not in auditor.get("/audit").text, "the trail holds no names"


def test_a_refused_verb_leaves_no_entry(office):
    lead, auditor = office(Role.LEAD), office(Role.AUDITOR)
    for _ in range(2):
        lead.post("/inspectors", {"alias": "甲"})
    actions = [entry["action"] for entry in auditor.get("/audit").json["items"]]
    assert actions.count("inspector.created") == 1


def test_the_trail_is_narrowed_by_role_action_and_day(office):
    with time_machine.travel("2026-11-20T15:59:00Z", tick=False):
        office(Role.LEAD).post("/inspectors", {"alias": "甲"})
    with time_machine.travel("2026-11-20T16:00:00Z", tick=False):
        office(Role.ADMINISTRATOR).post("/inspectors", {"alias": "乙"})
        auditor = office(Role.AUDITOR)

        def found(query):
            path = f"/audit?action=inspector.created&{query}"
            return [one["actor_roles"] for one in auditor.get(path).json["items"]]

        assert found("role=lead") == [["lead"]]
        assert found("from_day=2026-11-21") == [["administrator"]], "the office's day begins"
        assert found("to_day=2026-11-20") == [["lead"]]
        assert found("role=lead&from_day=2026-11-21") == []
        assert auditor.get("/audit?to_day=9999-12-31").status_code == 422


def test_the_trail_tells_no_phone_apart(office, phone, run_jobs):
    campaign = setup.running_campaign(office)
    inspections.file(phone("代号甲"), campaign)
    run_jobs()
    listed = office(Role.AUDITOR).get("/audit?limit=200").json["items"]
    phones = [one for one in listed if one["actor_kind"] == "device"]
    assert phones
    assert all(one["actor_id"] is None and one["actor_name"] is None for one in phones)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_nobody_else_reads_the_trail(office, role):
    assert office(role).get("/audit").status_code == 403
