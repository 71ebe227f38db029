"""Sectors side by side, before and after, the year's assessment: figures that can be recounted."""

import hashlib
import io
from uuid import UUID

import openpyxl
import pytest
import time_machine

from anfang.kit.principal import Role
from factories import cases, claims, inspections, review, setup
from factories.setup import created

ITEM = review.FAILED_ITEM


@pytest.fixture
def clock():
    with time_machine.travel(inspections.NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def campaign(clock, office):
    return setup.running_campaign(office)


def report(who, name, **query):
    return created(who.get(f"/reports/{name}", query_string=query))


def party_unit(campaign):
    """Add a party and mass organisation with a window of its own."""
    lead = campaign.lead
    body = {"name": "甲市总工会", "code": "jia-gh", "category": "party_mass",
            "parent_id": campaign.tree.city}  # fmt: skip
    unit = created(lead.post("/units", body))["id"]
    site = {"unit_id": unit, "name": "工会窗口", "kind": "window", **setup.POSITION}
    return unit, created(lead.post("/sites", site))["id"]


def test_sectors_are_compared_by_the_visits_made_in_each(office, phone, campaign):
    unit, site = party_unit(campaign)
    inspector = phone()
    claims.visits(office, inspector, campaign, good=1, bad=2)
    claims.visits(office, inspector, campaign, good=8, bad=0, unit=unit, site=site)
    found = report(campaign.lead, "benchmark", campaign=campaign.id)
    by_code = {one["code"]: one for one in found["sectors"]}
    assert by_code.keys() == {"government_functional", "party_mass"}
    assert {code: one["enough"] for code, one in by_code.items()} == {
        "government_functional": False, "party_mass": True,
    }  # fmt: skip
    faultless = by_code["government_functional"]["faultless"]
    assert (faultless["count"], faultless["of"]) == (1, 3)
    assert faultless["low"] < 1 / 3 < faultless["high"]
    [row] = [one for one in found["items"] if one["item"] == ITEM]
    cells = {one["sector"]: one for one in row["cells"]}
    assert (cells["party_mass"]["met"]["share"], cells["party_mass"]["enough"]) == (1.0, True)
    assert cells["government_functional"]["met"]["count"] == 1
    assert not cells["government_functional"]["enough"]
    assert "inspector" not in str(found)


def test_themes_are_a_campaigns_and_hold_what_lies_beneath_their_units(office, phone, campaign):
    claims.visits(office, phone(), campaign, good=1, bad=0)
    found = report(campaign.lead, "benchmark", campaign=campaign.id, by="theme")
    assert [(one["title"], one["visits"]) for one in found["sectors"]] == [("窗口服务整治", 1)]
    refused = campaign.lead.get("/reports/benchmark?by=theme")
    assert (refused.status_code, refused.json["code"]) == (422, "report-theme-needs-campaign")


def test_re_visits_are_held_against_first_visits_of_the_same_place(office, phone, clock, campaign):
    lead, inspector = campaign.lead, phone()
    sites = [campaign.sites.window] + [
        created(
            lead.post(
                "/sites",
                {"unit_id": campaign.unit, "name": f"窗口{n}", "kind": "window", **setup.POSITION},
            )
        )["id"]
        for n in range(2)
    ]
    for site in sites:
        claims.visits(office, inspector, campaign, good=0, bad=1, site=site)
    clock.shift(60)
    claims.visits(office, inspector, campaign, good=1, bad=0, site=sites[0])
    claims.visits(office, inspector, campaign, good=1, bad=0, site=sites[1])
    [row] = [
        one for one in report(lead, "outcomes", campaign=campaign.id)["items"]
        if one["item"] == ITEM
    ]  # fmt: skip
    assert (row["before"]["count"], row["before"]["of"]) == (3, 3)
    assert (row["after"]["count"], row["after"]["of"]) == (0, 2)
    assert row["change"]["value"] == -1.0
    other = next(
        one for one in report(lead, "outcomes", campaign=campaign.id)["items"]
        if one["item"] != ITEM
    )  # fmt: skip
    assert (other["before"]["count"], other["change"]["low"] < 0) == (0, True)


def test_how_cases_went_is_a_median_with_its_shares(clock, office, campaign):
    desk = setup.liaison(office, campaign.unit)
    first = cases.defended_case(campaign, desk)
    cases.opened_case(campaign, findings=[cases.confirmed_finding(campaign, item="attitude")])
    claims.later(clock, "2026-11-25T03:00:00Z", campaign.lead, desk)
    said = {"kind": "rectification", "text": "已落实顶岗制度"}
    created(desk.post(f"/cases/{first['id']}/statements", said))
    found = report(campaign.lead, "outcomes", campaign=campaign.id)["cases"]
    assert (found["cases"], found["days"]) == (2, 3.0)
    assert (found["rectified"]["count"], found["rectified"]["of"]) == (1, 2)
    assert found["answered"] is None


def test_every_number_of_the_year_names_what_it_was_computed_from(office, phone, campaign):
    claims.visits(office, phone(), campaign, good=1, bad=1)
    case = cases.opened_case(campaign)
    lines = {one["code"]: one for one in report(campaign.lead, "year-end", year=2026)["lines"]}
    assert (lines["visits"]["value"], lines["findings"]["value"]) == (3, 2)
    assert all(one["sources"] for one in lines.values())
    digest = hashlib.sha256(case["id"].encode()).hexdigest()
    assert lines["cases"]["sources"] == [
        {"kind": "case", "count": 1, "digest": digest, "page": "/cases"}
    ]
    assert (lines["rectified"]["value"], lines["rectified"]["low"]) == (0.0, 0.0)
    assert lines["satisfied"]["value"] is None
    other = {one["code"]: one for one in report(campaign.lead, "year-end", year=2025)["lines"]}
    assert other["visits"]["value"] == 0


@pytest.mark.parametrize(("form", "begins"), [("xlsx", b"PK"), ("docx", b"PK"), ("pdf", b"%PDF")])
def test_the_year_comes_as_a_file(office, campaign, form, begins):
    answer = campaign.lead.get(f"/reports/year-end-file?year=2026&form={form}")
    assert answer.data.startswith(begins)
    if form == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
        lines = report(campaign.lead, "year-end", year=2026)["lines"]
        assert sheet.max_row == 1 + len(lines)


@pytest.mark.parametrize(
    "path",
    ["benchmark", "outcomes", "year-end?year=2026", "year-end-file?year=2026"],
)
def test_a_unit_learns_nothing_of_visits(office, campaign, path):
    assert setup.liaison(office, campaign.unit).get(f"/reports/{path}").status_code == 403
    confined = office(Role.REVIEWER, unit=UUID(campaign.unit))
    assert confined.get(f"/reports/{path}").status_code == 403
