"""Units, sites and inspectors from Excel: whole or not at all, each fault with row and column."""

import io
import zipfile

import openpyxl
import pytest

from anfang.kit.principal import Role
from anfang.registry.coordinates import gcj02_of_wgs84
from factories import setup

UNITS = ["名称", "单位代码", "类别", "上级单位代码"]
SITES = ["责任单位代码", "名称", "类型", "纬度", "经度", "半径（米）"]


@pytest.fixture
def lead(office):
    return office(Role.LEAD)


def book(*rows, merge=None):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    if merge:
        made.active.merge_cells(merge)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def send(lead, kind, data, **query):
    form = {"file": (io.BytesIO(data), "表.xlsx")}
    return lead.post(f"/imports/{kind}", data=form, query_string=query)


def faults(answer):
    return {(one["row"], one["column"], one["code"]) for one in answer.json["faults"]}


def codes(lead):
    return {one["code"] for one in lead.get("/units?limit=200").json["items"]}


def test_a_tree_of_units_comes_in_whatever_their_order(lead):
    data = book(
        UNITS,
        ["甲市交通运输局", "jia-jt", "政府职能部门", "jia"],
        ["甲市", "jia", "Government department", None],
        ["甲市客运站", 1001, "政府职能部门", "jia-jt"],
    )
    shown = send(lead, "units", data)
    assert (shown.json["rows"], shown.json["faults"], shown.json["done"]) == (3, [], False)
    assert codes(lead) == set()
    assert send(lead, "units", data, apply="true").json["done"]
    found = {one["code"]: one for one in lead.get("/units").json["items"]}
    assert found["1001"]["parent_id"] == found["jia-jt"]["id"]
    assert found["jia-jt"]["parent_id"] == found["jia"]["id"]
    again = send(lead, "units", data)
    assert {code for _, _, code in faults(again)} == {"unit-code-taken"}


def test_every_bad_row_is_told_at_once_and_nothing_is_half_imported(lead):
    data = book(
        UNITS,
        ["甲市", "jia", "政府职能部门", None],
        ["无代码", None, "政府职能部门", None],
        ["怪代码", "坏 码", "政府职能部门", None],
        ["怪类别", "jia-x", "公司", None],
        ["算出来的", "=A1", "政府职能部门", None],
        ["孤儿", "jia-o", "政府职能部门", "nowhere"],
        ["重复", "jia", "政府职能部门", None],
        ["自上", "jia-a", "政府职能部门", "jia-b"],
        ["自下", "jia-b", "政府职能部门", "jia-a"],
        ["合并", "jia-m", "政府职能部门", None],
        ["合并", None, "政府职能部门", None],
        merge="B11:B12",
    )
    shown = send(lead, "units", data)
    assert faults(shown) == {
        (3, "单位代码", "import-cell-empty"),
        (4, "单位代码", "import-cell-invalid"),
        (5, "类别", "import-word-unknown"),
        (6, "单位代码", "import-cell-formula"),
        (7, "上级单位代码", "import-unit-unknown"),
        (8, "单位代码", "import-row-twice"),
        (9, "上级单位代码", "unit-cycle"),
        (10, "上级单位代码", "unit-cycle"),
        (11, "单位代码", "import-cell-merged"),
        (12, "单位代码", "import-cell-merged"),
    }
    refused = send(lead, "units", data, apply="true")
    assert (refused.status_code, refused.json["code"]) == (422, "registry-import-faulty")
    assert codes(lead) == set()


def test_coordinates_are_what_the_person_declares(lead):
    setup.unit_tree(lead)
    wgs84 = (29.7, 115.99)
    shifted = gcj02_of_wgs84(wgs84)
    plain = book(SITES, ["jia-fw", "北窗口", "窗口", *wgs84, 120])
    moved = book(SITES, ["jia-fw", "南窗口", "Service window", *shifted, None])
    mobile = book(SITES, ["jia-jt-cz", "城东出租", "出租汽车", None, None, None])
    assert faults(send(lead, "sites", plain)) == {(2, "纬度", "import-datum-undeclared")}
    assert send(lead, "sites", plain, datum="wgs84", apply="true").json["done"]
    assert send(lead, "sites", moved, datum="gcj02", apply="true").json["done"]
    assert send(lead, "sites", mobile, apply="true").json["done"]
    found = {one["name"]: one for one in lead.get("/sites").json["items"]}
    north, south = found["北窗口"], found["南窗口"]
    assert (north["lat_e7"], north["lon_e7"], north["radius_m"]) == (
        297_000_000,
        1_159_900_000,
        120,
    )
    assert abs(south["lat_e7"] - 297_000_000) <= 2
    assert abs(south["lon_e7"] - 1_159_900_000) <= 2
    assert found["城东出租"]["lat_e7"] is None


def test_what_is_wrong_with_a_site_is_told_by_row_and_column(lead):
    setup.unit_tree(lead)
    data = book(
        SITES,
        ["nowhere", "窗口", "窗口", 29.7, 115.9, 100],
        ["jia-fw", "半个位置", "窗口", 29.7, None, 100],
        ["jia-fw", "远方", "窗口", 129.7, 115.9, 100],
        ["jia-fw", "文字", "窗口", "北纬三十度", 115.9, 100],
        ["jia-fw", "太大", "窗口", 29.7, 115.9, 1_000_000],
        ["jia-fw", "同名", "窗口", 29.7, 115.9, 100],
        ["jia-fw", "同名", "窗口", 29.7, 115.9, 100],
        ["jia-fw", "卧室", "卧室", None, None, None],
    )
    assert faults(send(lead, "sites", data, datum="wgs84")) == {
        (2, "责任单位代码", "import-unit-unknown"),
        (3, "纬度", "site-position-incomplete"),
        (4, "纬度", "import-not-degrees"),
        (5, "纬度", "import-not-degrees"),
        (6, "半径（米）", "import-cell-invalid"),
        (8, "名称", "import-row-twice"),
        (9, "类型", "import-word-unknown"),
    }


def test_inspectors_come_by_alias_alone(lead):
    assert send(lead, "inspectors", book(["代号"], ["松"], ["柏"]), apply="true").json["done"]
    again = send(lead, "inspectors", book(["Alias"], ["松"], ["竹"], ["竹"], ["x" * 300]))
    assert faults(again) == {
        (2, "代号", "alias-taken"),
        (4, "代号", "import-row-twice"),
        (5, "代号", "import-cell-invalid"),
    }
    named = book(["代号", "姓名"], ["竹", "某人"])
    assert faults(send(lead, "inspectors", named)) == {(1, "", "import-heading-unknown")}


def test_templates_come_back_in_as_they_went_out(lead):
    for kind in ("units", "sites", "inspectors"):
        for language in ("zh-CN", "en"):
            empty = lead.get(f"/imports/{kind}/template?lang={language}").get_data()
            assert faults(send(lead, kind, empty)) == {(1, "", "import-empty")}
            filled = openpyxl.load_workbook(io.BytesIO(empty))
            filled.active.append(["x"])
            file = io.BytesIO()
            filled.save(file)
            found = {code for _, _, code in faults(send(lead, kind, file.getvalue()))}
            assert "import-heading-unknown" not in found
    assert lead.get("/imports/users/template").status_code == 404
    assert faults(send(lead, "units", book(["名称"], ["甲市"]))) == {
        (1, "单位代码", "import-column-missing"),
        (1, "类别", "import-column-missing"),
    }


def test_hostile_workbooks_are_refused_by_a_stable_code(lead):
    good = book(UNITS, ["甲市", "jia", "政府职能部门", None])
    entities = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'
    refusals = {
        "workbook-unreadable": b"no workbook",
        "workbook-too-large": _with_sheet(good, b" " * (130 << 20)),
        "workbook-hostile": _with_sheet(good, entities),
    }
    for code, data in refusals.items():
        refused = send(lead, "units", data, apply="true")
        assert (refused.status_code, refused.json["code"]) == (422, code)
    assert codes(lead) == set()


def _with_sheet(data, sheet):
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, sheet if "sheet1" in part else old.read(part))
    return file.getvalue()


def test_only_who_sets_up_may_import(office):
    for role in (Role.REVIEWER, Role.AUDITOR, Role.APPROVER):
        other = office(role)
        assert send(other, "units", book(UNITS)).status_code == 403
        assert other.get("/imports/units/template").status_code == 403
