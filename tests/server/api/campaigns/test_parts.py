"""Which units play the rulebook's parts, and so lead and support its themes."""

from anfang.kit.principal import Role
from factories import rulebooks, setup
from factories.setup import created


def test_the_themes_follow_the_units_that_play_the_parts(office):
    campaign = rulebooks.loaded(office, "s0-liangzheng")
    lead, tree = campaign.lead, campaign.tree
    parts = rulebooks.assign(
        lead, campaign.id, service_centre=[tree.service_centre], transport=[tree.transport]
    )
    assert [one["id"] for one in parts["transport"]] == [tree.transport]
    themes = {t["code"]: t for t in created(lead.get(f"/campaigns/{campaign.id}"))["themes"]}
    assert [(u["unit_id"], u["role"]) for u in themes["service"]["units"]] == [
        (tree.service_centre, "lead")
    ]
    assert [u["unit_id"] for u in themes["city"]["units"]] == [tree.transport]

    rulebooks.assign(lead, campaign.id, transport=[tree.service_centre])
    themes = {t["code"]: t for t in created(lead.get(f"/campaigns/{campaign.id}"))["themes"]}
    assert themes["service"]["units"] == []
    assert [u["unit_id"] for u in themes["city"]["units"]] == [tree.service_centre]


def test_a_part_or_unit_that_nobody_knows_is_refused(office):
    campaign = rulebooks.loaded(office, "s0-liangzheng")
    path = f"/campaigns/{campaign.id}/parts"
    unknown = {"units": {"nobody": [campaign.unit]}}
    assert campaign.lead.put(path, unknown).json["code"] == "actor-unknown"
    missing = {"units": {"transport": [campaign.theme]}}
    assert campaign.lead.put(path, missing).status_code == 404


def test_without_a_rulebook_there_are_no_parts(office):
    lead = office(Role.LEAD)
    campaign = setup.draft_campaign(lead, setup.unit_tree(lead), [])["id"]
    assert created(lead.get(f"/campaigns/{campaign}/parts"))["items"] == []
    refused = lead.put(f"/campaigns/{campaign}/parts", {"units": {}})
    assert refused.json["code"] == "rulebook-missing"
