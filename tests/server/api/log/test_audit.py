"""The audit trail: written inside the verb, read by the auditor alone."""

import pytest

from anfang.kit.principal import Role


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


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_nobody_else_reads_the_trail(office, role):
    assert office(role).get("/audit").status_code == 403
