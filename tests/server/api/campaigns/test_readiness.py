"""What a campaign still lacks, step by step."""

from anfang.kit.principal import Role
from factories import setup


def test_each_step_is_met_once_its_work_is_done(office, phone):
    lead = office(Role.LEAD)
    body = {"name": "整治", "starts_on": setup.FIRST_DAY, "ends_on": setup.LAST_DAY}
    campaign = setup.created(lead.post("/campaigns", body))

    def met():
        answer = setup.created(lead.get(f"/campaigns/{campaign['id']}/readiness"))
        return [one["name"] for one in answer["steps"] if one["met"]]

    assert met() == []
    tree = setup.unit_tree(lead)
    assert met() == ["units"]
    setup.sites(lead, tree)
    setup.inspector(lead)
    assert met() == ["units", "sites", "inspectors"]
    version = setup.published_checklist(lead)
    change = {"checklist_version_ids": [version], "legal_basis": setup.LEGAL_BASIS}
    setup.created(lead.change(f"/campaigns/{campaign['id']}", change))
    setup.file_plan(lead, campaign["id"])
    phone("甲")
    lacking = setup.created(lead.get(f"/campaigns/{campaign['id']}/readiness"))["steps"]
    assert [one["name"] for one in lacking if not one["met"]] == [
        "rulebook",
        "themes",
        "assignments",
    ]
    assert [one["name"] for one in lacking if one["demanded"]] == ["basis", "plan"]
    assert (
        setup.liaison(office, tree.city).get(f"/campaigns/{campaign['id']}/readiness").status_code
        == 403
    )
