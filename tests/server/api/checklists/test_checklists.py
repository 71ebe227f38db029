"""Checklists through their versions."""

import pytest

from anfang.checklists import service
from anfang.checklists.errors import ChecklistVersionPublished
from anfang.checklists.models import ChecklistVersion
from anfang.kit.db import db, transaction
from anfang.kit.principal import Role
from factories import setup

ITEM = {"id": "clean", "text": "干净", "kind": "yes_no", "points": 10, "photo": "on_fail"}
GRADE = {"id": "manners", "text": "态度", "kind": "grade", "min": 1, "max": 5, "scale": 0}
OPTIONS = [{"value": "a", "label": "甲"}, {"value": "b", "label": "乙"}]


def drafted(lead, items=(ITEM,), code="own"):
    body = {"code": code, "title": "自定", "items": list(items)}
    version = setup.created(lead.post("/checklists", body))["versions"][0]["id"]
    return f"/checklist-versions/{version}"


def test_a_published_version_never_changes_and_the_next_one_begins_as_its_copy(office):
    lead = office(Role.LEAD)
    first = drafted(lead)
    published = setup.created(lead.post(f"{first}/publish"))
    assert published["published_at"]

    refused = lead.change(first, {"title": "改", "items": []}, "PUT")
    assert (refused.status_code, refused.json["code"]) == (409, "checklist-version-published")
    assert lead.post(f"{first}/publish").json["code"] == "checklist-version-published"
    assert lead.get(first).json == published

    versions = f"/checklists/{published['checklist_id']}/versions"
    second = setup.created(lead.post(versions))
    assert (second["version"], second["items"]) == (2, published["items"])
    assert second["published_at"] is None
    assert lead.post(versions).json["code"] == "checklist-draft-exists"
    path = f"/checklist-versions/{second['id']}"
    changed = lead.change(path, {"title": "自定（二）", "items": [ITEM, GRADE]}, "PUT")
    assert changed.status_code == 200
    setup.created(lead.post(f"{path}/publish"))
    assert lead.get(first).json["items"] == published["items"]
    whole = lead.get(f"/checklists/{published['checklist_id']}").json
    assert [entry["version"] for entry in whole["versions"]] == [1, 2]
    assert whole["title"] == "自定（二）"


def test_the_session_itself_refuses_to_write_over_a_published_version(app, office):
    lead = office(Role.LEAD)
    setup.published_checklist(lead, "taxi")
    version = db.session.query(ChecklistVersion).one()
    with pytest.raises(ChecklistVersionPublished), transaction():
        db.session.get(ChecklistVersion, version.id).title = "悄悄改"
    with pytest.raises(ChecklistVersionPublished), transaction():
        db.session.delete(db.session.get(ChecklistVersion, version.id))


def test_items_come_back_as_the_protocol_writes_them(office):
    lead = office(Role.LEAD)
    path = drafted(lead, [ITEM, GRADE, {"id": "note", "text": "说明", "kind": "text"}])
    clean, manners, note = lead.get(path).json["items"]
    assert clean == {**ITEM, "veto": False}
    assert manners == {**GRADE, "points": 0, "veto": False, "photo": "never"}
    assert note.keys() == {"id", "text", "kind", "points", "veto", "photo"}


@pytest.mark.parametrize(
    ("item", "pointer"),
    [
        ({**ITEM, "options": OPTIONS}, "options"),
        ({**GRADE, "max": 1}, "max"),
        ({k: v for k, v in GRADE.items() if k != "scale"}, "scale"),
        ({"id": "n", "text": "数", "kind": "number", "scale": 0, "points": 5}, "points"),
        ({"id": "n", "text": "数", "kind": "number", "scale": 0, "veto": True}, "veto"),
        ({"id": "t", "text": "话", "kind": "text", "photo": "on_fail"}, "photo"),
        ({"id": "c", "text": "选", "kind": "choice"}, "options"),
        ({"id": "c", "text": "选", "kind": "choice", "options": [OPTIONS[0]] * 2}, "options"),
        ({**ITEM, "id": "twice"}, "id"),
    ],
)
def test_an_item_that_contradicts_itself_is_refused_at_its_place(office, item, pointer):
    lead = office(Role.LEAD)
    body = {"code": "own", "title": "自定", "items": [{**ITEM, "id": "twice"}, item]}
    answer = lead.post("/checklists", body, headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.json["code"]) == (422, "checklist-item-invalid")
    assert f"/items/1/{pointer}" in [error["pointer"] for error in answer.json["errors"]]
    assert all(error["detail"].endswith(".") for error in answer.json["errors"])
    assert lead.get("/checklists").json["items"] == []


def test_an_unknown_kind_and_an_unknown_member_are_refused(office):
    lead = office(Role.LEAD)
    for item in ({**ITEM, "kind": "video"}, {**ITEM, "audio": True}, {**ITEM, "points": -1}):
        answer = lead.post("/checklists", {"code": "own", "title": "自定", "items": [item]})
        assert (answer.status_code, answer.json["code"]) == (422, "invalid-input")


def test_an_empty_checklist_is_not_published(office):
    lead = office(Role.LEAD)
    path = drafted(lead, [])
    assert lead.post(f"{path}/publish").json["code"] == "checklist-empty"


def test_a_code_serves_one_checklist(office):
    lead = office(Role.LEAD)
    drafted(lead)
    answer = lead.post("/checklists", {"code": "own", "title": "又一个"})
    assert (answer.status_code, answer.json["code"]) == (409, "checklist-code-taken")


def test_a_draft_is_changed_by_one_editor_at_a_time(office):
    lead = office(Role.LEAD)
    path = drafted(lead)
    etag = lead.get(path).headers["ETag"]
    body = {"title": "改", "items": [ITEM]}
    assert lead.put(path, body).status_code == 428
    assert lead.put(path, body, headers={"If-Match": etag}).status_code == 200
    assert lead.put(path, body, headers={"If-Match": etag}).status_code == 412


def test_the_office_reads_and_only_the_lead_writes(office):
    lead, reviewer = office(Role.LEAD), office(Role.REVIEWER)
    path = drafted(lead)
    assert reviewer.get(path).status_code == 200
    assert reviewer.post(f"{path}/publish").json["code"] == "not-permitted"
    assert office(Role.LIAISON).get("/checklists").json["code"] == "not-permitted"


def test_checklists_are_listed_by_code_found_by_title_and_paged(office):
    lead = office(Role.LEAD)
    for code in ("taxi", "office", "window"):
        setup.published_checklist(lead, code)
    first = lead.get("/checklists?limit=2").json
    second = lead.get(f"/checklists?limit=2&cursor={first['next']}").json
    assert [c["code"] for c in first["items"] + second["items"]] == ["office", "taxi", "window"]
    assert [c["code"] for c in lead.get("/checklists?q=出租").json["items"]] == ["taxi"]


def test_the_shipped_library_can_be_installed_as_it_is(office):
    lead = office(Role.LEAD)
    shipped = lead.get("/checklist-library").json["items"]
    assert [entry["code"] for entry in shipped] == ["taxi", "window", "office"]
    for entry in shipped:
        version = setup.published_checklist(
            lead, entry["code"], items=entry["items"], title=entry["title"]
        )
        assert lead.get(f"/checklist-versions/{version}").json["items"] == entry["items"]


def test_a_shipped_checklist_is_installed_as_a_draft(office):
    with transaction():
        version = service.install_shipped("taxi")
        service.publish(version)
    lead = office(Role.REVIEWER)
    assert lead.get("/checklists").json["items"][0]["title"] == "出租汽车乘车体验"
    assert lead.get(f"/checklist-versions/{version.id}").json["published_at"]
