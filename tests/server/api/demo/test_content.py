"""The demonstration's set-up is accepted by the product's own addresses."""

from anfang.demo.content import content
from anfang.kit.principal import Role
from factories import rulebooks, setup


def test_units_sites_campaign_and_plan_of_the_demonstration_are_accepted(office):
    lead, demo = office(Role.LEAD), content()
    units: dict[str, str] = {}
    for entry in demo.units:
        body = {"name": entry.name, "code": entry.code, "category": entry.category}
        parent = units[entry.parent] if entry.parent else None
        answer = setup.created(lead.post("/units", {**body, "parent_id": parent}))
        units[entry.code] = answer["id"]
    for site in demo.sites:
        position = {"lat_e7": site.lat_e7, "lon_e7": site.lon_e7, "radius_m": site.radius_m}
        body = {"unit_id": units[site.unit], "name": site.name, "kind": site.kind, **position}
        made = setup.created(lead.post("/sites", body))
        assert (made["capture"] == "forbidden") == (site.kind == "dormitory")
    body = {
        "name": demo.campaign.name,
        "legal_basis": demo.campaign.legal_basis,
        "starts_on": setup.FIRST_DAY,
        "ends_on": setup.LAST_DAY,
        "themes": [],
        "checklist_version_ids": [setup.published_checklist(lead, c) for c in demo.checklists],
    }
    campaign = setup.created(lead.post("/campaigns", body))
    setup.created(setup.file_plan(lead, campaign["id"], demo.plan.data))
    rulebooks.load(lead, campaign["id"], shipped=demo.ruled.rules.rulebook)
    parts = {
        actor: [units[code] for code in codes] for actor, codes in demo.ruled.rules.parts.items()
    }
    rulebooks.assign(lead, campaign["id"], **parts)
    started = setup.created(lead.post(f"/campaigns/{campaign['id']}/start"))
    assert all(theme["units"] for theme in started["themes"])
