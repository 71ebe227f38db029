"""A campaign's rulebook: loaded, refused with line and rule, frozen while a stage runs."""

import pytest

from anfang.kit.principal import Role
from factories import rulebooks, setup
from factories.setup import created

HEAD = "rulebook: 1\ncode: own\ntitle: 自拟手册\nsource: 方案\n"


@pytest.fixture
def lead(office):
    return office(Role.LEAD)


def _running(lead):
    """A started campaign without a rulebook."""
    body = setup.draft_campaign(lead, setup.unit_tree(lead), [])
    setup.file_plan(lead, body["id"])
    created(lead.post(f"/campaigns/{body['id']}/start"))
    return body["id"]


def test_a_shipped_rulebook_gives_themes_stages_and_plain_words(lead):
    campaign = rulebooks.drafted(lead, "s0-liangzheng")
    shown = created(lead.get(f"/campaigns/{campaign.id}"))
    assert [theme["code"] for theme in shown["themes"]] == [
        "style", "civic", "enterprise", "service", "city",
    ]  # fmt: skip
    told = created(lead.get(f"/campaigns/{campaign.id}/rulebook"))
    assert told["version"] == 1
    assert {one["section"] for one in told["explained"]} >= {"themes", "stages", "rule_sets"}
    stages = created(lead.get(f"/campaigns/{campaign.id}/stages"))
    assert [one["code"] for one in stages["stages"]] == [
        "survey", "mobilise", "rectify", "examples",
    ]  # fmt: skip
    assert stages["current"] is None


def test_every_fault_names_line_column_and_rule_and_nothing_is_stored(lead):
    campaign = _running(lead)
    text = HEAD + "themes:\n  - code: a\n    titel: 专题\n"
    refused = lead.put(f"/campaigns/{campaign}/rulebook", {"text": text})
    assert refused.status_code == 422
    assert refused.json["code"] == "rulebook-invalid"
    places = {one["pointer"]: one["detail"] for one in refused.json["errors"]}
    unknown = places["7:5 /properties/themes/items/additionalProperties"]
    assert "第7行第5列" in unknown
    assert "titel" in unknown
    assert "6:5 /properties/themes/items/required" in places
    assert lead.get(f"/campaigns/{campaign}/rulebook").status_code == 404


def test_a_text_can_be_looked_at_in_the_readers_language(lead):
    faulty = {"text": HEAD + "stages: nothing\n"}
    seen = created(lead.post("/rulebook-checks?lang=en", faulty))
    assert not seen["sound"]
    (fault,) = seen["faults"]
    assert (fault["line"], fault["column"], fault["code"]) == (5, 1, "type")
    assert "line 5" in fault["text"]
    sound = created(lead.post("/rulebook-checks", {"text": HEAD}))
    assert sound == {"sound": True, "faults": [], "explained": []}


def test_a_change_while_a_stage_runs_needs_a_reason_and_keeps_what_was_entered(lead):
    campaign = _running(lead)
    two = HEAD + "stages:\n  - {code: one, title: 一}\n  - {code: two, title: 二}\n"
    rulebooks.load(lead, campaign, text=two)
    rulebooks.load(lead, campaign, text=two + "# 尚未进入阶段，不必说明\n")
    assert rulebooks.enter_next(lead, campaign) == "one"

    changed = two.replace("二", "第二")
    path = f"/campaigns/{campaign}/rulebook"
    assert lead.put(path, {"text": changed}).json["code"] == "rulebook-reason-missing"
    dropped = HEAD + "stages:\n  - {code: two, title: 二}\n"
    refused = lead.put(path, {"text": dropped, "reason": "合并"})
    assert refused.json["code"] == "stages-entered-missing"
    other = {"text": changed.replace("own", "other"), "reason": "换"}
    assert lead.put(path, other).json["code"] == "rulebook-of-another"
    stale = {"text": changed, "reason": "改名", "replaces": 1}
    assert lead.put(path, stale).json["code"] == "rulebook-passed"

    made = rulebooks.load(lead, campaign, text=changed, reason="改名", replaces=2)
    assert (made["version"], made["reason"]) == (3, "改名")
    versions = created(lead.get(f"{path}/versions"))["items"]
    assert [one["version"] for one in versions] == [3, 2, 1]
    assert created(lead.get(f"{path}/versions/1"))["text"] == two


def test_the_same_text_again_is_the_same_version(lead):
    campaign = _running(lead)
    first = rulebooks.load(lead, campaign, text=HEAD)
    assert rulebooks.load(lead, campaign, text=HEAD)["id"] == first["id"]


def test_one_section_changes_and_the_rest_keeps_its_comments(lead):
    campaign = _running(lead)
    text = HEAD + (
        "# 专题\nthemes:\n  - {code: a, title: 甲}  # 旧\n\n# 规矩\nrule_sets:\n"
        "  - code: bans\n    title: 禁令\n    rules: [{code: one, text: 不准}]\n"
    )
    rulebooks.load(lead, campaign, text=text)
    themes = [{"code": "b", "title": "乙: 新"}]
    made = rulebooks.change(lead, campaign, "themes", themes)
    assert made["content"]["themes"] == themes
    assert "# 规矩" in made["text"]
    assert "旧" not in made["text"]
    assert made["content"]["rule_sets"][0]["code"] == "bans"
    codes = [one["code"] for one in created(lead.get(f"/campaigns/{campaign}"))["themes"]]
    assert codes[0] == "b"
    refused = lead.patch(
        f"/campaigns/{campaign}/rulebook", {"section": "themes", "content": [{"code": "B b"}]}
    )
    assert refused.status_code == 422


def test_only_the_lead_loads_and_a_liaison_sees_nothing(office, lead):
    campaign = rulebooks.drafted(lead, "s2-zuofeng-zhengdun")
    reader = office(Role.AUDITOR)
    path = f"/campaigns/{campaign.id}/rulebook"
    assert reader.get(path).status_code == 200
    assert reader.put(path, {"text": HEAD}).status_code == 403
    assert setup.liaison(office, campaign.unit).get(path).status_code == 403


def test_what_ships_is_listed_and_its_schema_is_published(lead):
    listed = created(lead.get("/shipped-rulebooks"))["items"]
    assert [one["code"][:2] for one in listed] == ["s0", "s1", "s2", "s3", "s4"]
    for one in listed:
        text = created(lead.get(f"/shipped-rulebooks/{one['code']}"))
        assert created(lead.post("/rulebook-checks", text))["sound"], one["code"]
    schema = created(lead.get("/rulebook-schema"))
    assert schema["$schema"].endswith("2020-12/schema")
    assert {"goals", "themes", "actors", "stages", "rule_sets", "visits"} <= set(
        schema["properties"]
    )
    assert lead.get("/shipped-rulebooks/none").status_code == 404


@pytest.mark.parametrize("body", [{}, {"text": HEAD, "shipped": "s0-liangzheng"}])
def test_a_load_names_a_text_or_a_shipped_rulebook(lead, body):
    campaign = _running(lead)
    assert lead.put(f"/campaigns/{campaign}/rulebook", body).status_code == 422
