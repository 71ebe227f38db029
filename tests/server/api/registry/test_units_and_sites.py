"""The tree of units, sites, and what a liaison sees of them."""

import pytest

from anfang.kit.principal import Role
from factories import setup


def names(answer):
    return {item["name"] for item in answer.json["items"]}


def test_a_liaison_sees_its_own_subtree_and_nothing_else(office):
    lead = office(Role.LEAD)
    tree = setup.unit_tree(lead)
    places = setup.sites(lead, tree)
    liaison = setup.liaison(office, tree.transport)

    assert names(liaison.get("/units")) == {"甲市交通运输局", "甲市道路运输服务中心"}
    assert names(liaison.get("/sites")) == {"示范路一带出租汽车", "交通运输局办公楼"}
    assert names(liaison.get(f"/sites?unit={tree.city}")) == names(liaison.get("/sites"))
    assert liaison.get(f"/units/{tree.road_transport}").status_code == 200
    for foreign in (
        f"/units/{tree.city}",
        f"/units/{tree.service_centre}",
        "/sites/" + places.window,
    ):
        answer = liaison.get(foreign)
        assert (answer.status_code, answer.json["code"]) == (404, "not-found")


def test_a_liaison_without_a_unit_sees_nothing(office):
    setup.unit_tree(office(Role.LEAD))
    assert office(Role.LIAISON).get("/units").json["items"] == []


def test_only_set_up_roles_change_the_tree(office):
    lead = office(Role.LEAD)
    tree = setup.unit_tree(lead)
    body = {"name": "乙", "code": "yi", "category": "vertical"}
    for other in (office(Role.REVIEWER), setup.liaison(office, tree.city)):
        answer = other.post("/units", body)
        assert (answer.status_code, answer.json["code"]) == (403, "not-permitted")
    assert lead.get("/units?q=yi").json["items"] == []


def test_moving_a_unit_takes_its_subtree_along(office):
    lead = office(Role.LEAD)
    tree = setup.unit_tree(lead)
    moved = lead.change(f"/units/{tree.transport}", {"parent_id": tree.service_centre})
    assert (moved.status_code, moved.json["parent_id"]) == (200, tree.service_centre)
    seen = names(setup.liaison(office, tree.service_centre).get("/units"))
    assert seen == {"甲市行政服务中心", "甲市交通运输局", "甲市道路运输服务中心"}


@pytest.mark.parametrize("below", ["transport", "road_transport"])
def test_a_unit_cannot_stand_below_itself(office, below):
    lead = office(Role.LEAD)
    tree = setup.unit_tree(lead)
    answer = lead.change(f"/units/{tree.transport}", {"parent_id": getattr(tree, below)})
    assert (answer.status_code, answer.json["code"]) == (409, "unit-cycle")
    assert lead.get(f"/units/{tree.transport}").json["parent_id"] == tree.city


def test_a_code_serves_one_unit(office):
    lead = office(Role.LEAD)
    tree = setup.unit_tree(lead)
    body = {"name": "又一个", "code": "jia-fw", "category": "party_mass"}
    assert lead.post("/units", body).json["code"] == "unit-code-taken"
    renamed = lead.change(f"/units/{tree.transport}", {"code": "jia-fw"})
    assert (renamed.status_code, renamed.json["code"]) == (409, "unit-code-taken")


def test_units_are_filtered_and_paged_by_a_cursor(office):
    lead = office(Role.LEAD)
    tree = setup.unit_tree(lead)
    assert names(lead.get(f"/units?parent={tree.city}")) == {"甲市交通运输局", "甲市行政服务中心"}
    lead.change(f"/units/{tree.road_transport}", {"category": "vertical"})
    assert names(lead.get("/units?category=vertical")) == {"甲市道路运输服务中心"}
    assert names(lead.get("/units?q=行政服务")) == {"甲市行政服务中心"}
    assert lead.get("/units?q=%25").json["items"] == []

    codes, cursor = [], ""
    while cursor is not None:
        found = lead.get(f"/units?limit=3{cursor and f'&cursor={cursor}'}").json
        codes += [item["code"] for item in found["items"]]
        cursor = found["next"]
    assert codes == ["jia", "jia-fw", "jia-jt", "jia-jt-cz"]


def test_a_stale_change_is_refused(office):
    lead = office(Role.LEAD)
    site = f"/sites/{setup.sites(lead, setup.unit_tree(lead)).window}"
    etag = lead.get(site).headers["ETag"]
    changed = lead.patch(site, {"name": "二层窗口"}, headers={"If-Match": etag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] == lead.get(site).headers["ETag"]
    stale = lead.patch(site, {"name": "三层窗口"}, headers={"If-Match": etag})
    assert (stale.status_code, stale.json["code"]) == (412, "http-412")
    assert lead.patch(site, {"name": "三层窗口"}).status_code == 428
    assert lead.get(site).json["name"] == "二层窗口"


def test_capture_is_forbidden_at_private_kinds_of_places_whatever_is_asked(office):
    lead = office(Role.LEAD)
    tree = setup.unit_tree(lead)
    body = {"unit_id": tree.city, "name": "宿舍", "kind": "dormitory", "capture": "allowed"}
    site = lead.post("/sites", body).json
    assert site["capture"] == "forbidden"
    path = f"/sites/{site['id']}"
    assert lead.change(path, {"capture": "allowed"}).json["capture"] == "forbidden"

    window = f"/sites/{setup.sites(lead, tree).window}"
    assert lead.get(window).json["capture"] == "allowed"
    assert lead.change(window, {"kind": "bathroom"}).json["capture"] == "forbidden"


def test_half_a_position_is_none(office):
    lead = office(Role.LEAD)
    tree = setup.unit_tree(lead)
    body = {"unit_id": tree.city, "name": "某处", "kind": "street", "lat_e7": 297_000_000}
    answer = lead.post("/sites", body)
    assert (answer.status_code, answer.json["code"]) == (422, "site-position-incomplete")
    window = f"/sites/{setup.sites(lead, tree).window}"
    assert lead.change(window, {"radius_m": None}).json["code"] == "site-position-incomplete"
    assert lead.get(window).json["radius_m"] == setup.POSITION["radius_m"]
    off_the_globe = {**body, **setup.POSITION, "lat_e7": 900_000_001}
    assert lead.post("/sites", off_the_globe).json["code"] == "invalid-input"


def test_a_site_belongs_to_a_unit_that_exists(office):
    lead = office(Role.LEAD)
    nowhere = "00000000-0000-4000-8000-000000000000"
    body = {"unit_id": nowhere, "name": "某处", "kind": "street"}
    assert lead.post("/sites", body).status_code == 404
    unit = {"name": "乙", "code": "yi", "category": "vertical", "parent_id": nowhere}
    assert lead.post("/units", unit).status_code == 404
