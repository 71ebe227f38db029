"""What a rulebook lists of sources, classes and levels, nobody goes beyond by hand."""

import pytest
import time_machine

from factories import rulebooks, setup
from factories.setup import created

LEAF = {"title": "补岗", "holder": "值班员", "due_on": "2026-11-24", "result": "有人在岗",
        "watched_by": "督查组", "accountability": "通报"}  # fmt: skip
COMPLAINTS_AT_ONCE = {
    "sources": [{"source": "complaint"}],
    "classes": [{"class": "at_once", "title": "马上整改"}],
    "breakdown": [{"level": "unit"}, {"level": "person"}],
}


@pytest.fixture
def campaign(office):
    """A campaign whose rulebook takes complaints alone, to be put right at once."""
    with time_machine.travel("2026-11-16T03:00:00Z", tick=False):
        made = rulebooks.loaded(office, "s2-zuofeng-zhengdun")
        reason = {"reason": "缩小范围"}
        rulebooks.change(made.lead, made.id, "cases", COMPLAINTS_AT_ONCE, **reason)
        yield made


def brought(campaign, **members):
    told = {"campaign_id": campaign.id, "unit_id": campaign.unit, "title": "群众反映空岗",
            "class": "at_once", "source": "complaint"}  # fmt: skip
    return campaign.lead.post("/cases", {**told, **members})


def refused(answer, word):
    assert (answer.status_code, answer.json["code"]) == (422, "case-word-unknown"), answer.json
    assert word in answer.json["title"]


def test_a_matter_of_another_source_or_class_is_not_opened(campaign, office):
    refused(brought(campaign, source="media"), "媒体反映")
    refused(brought(campaign, **{"class": "by_date"}), "限期整改")
    own_find = {"campaign_id": campaign.id, "unit_id": campaign.unit, "title": "自查",
                "summary": "空岗", "class": "at_once"}  # fmt: skip
    desk = setup.liaison(office, campaign.unit)
    refused(desk.post("/cases/own-finds", own_find), "单位自查")
    assert created(campaign.lead.get("/cases"))["items"] == []
    words = created(brought(campaign))["words"]
    assert (words["sources"], words["levels"]) == (["complaint"], ["person", "unit"])
    assert words["classes"] == [{"code": "at_once", "title": "马上整改"}]


def test_a_case_does_not_change_into_what_is_not_listed(campaign):
    path = f"/cases/{created(brought(campaign))['id']}"
    refused(campaign.lead.change(path, {"class": "by_date"}), "限期整改")
    refused(campaign.lead.change(path, {"source": "clue"}), "问题线索")
    kept = {"class": "at_once", "source": "complaint", "title": "群众反映二号窗口空岗"}
    assert created(campaign.lead.change(path, kept))["title"] == kept["title"]


def test_a_case_is_broken_down_to_the_listed_levels_alone(campaign):
    path = f"/cases/{created(brought(campaign))['id']}/subtasks"
    tree = {"level": "unit", "title": "排班", "children": [{**LEAF, "level": "post"}]}
    refused(campaign.lead.post(path, {"subtasks": [tree]}), "岗位")
    assert created(campaign.lead.get(path.removesuffix("/subtasks")))["subtasks"] == []
    tree = {"level": "unit", "title": "排班", "children": [{**LEAF, "level": "person"}]}
    assert len(created(campaign.lead.post(path, {"subtasks": [tree]}))["subtasks"]) == 2


def test_where_nothing_is_listed_nothing_is_refused(campaign):
    reason = {"reason": "放开"}
    rulebooks.change(campaign.lead, campaign.id, "cases", {"about": "不限"}, **reason)
    found = created(brought(campaign, source="media", **{"class": "by_date"}))
    assert (found["source"], found["class"]) == ("media", "by_date")
    tasks = {"subtasks": [{**LEAF, "level": "post"}]}
    assert created(campaign.lead.post(f"/cases/{found['id']}/subtasks", tasks))["subtasks"]
