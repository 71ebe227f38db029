"""The overview: figures of accepted visits that agree with what was filed, for the desk alone."""

import io
from uuid import UUID

import openpyxl
import pytest

from anfang.kit.principal import Role
from factories import review, setup


@pytest.fixture
def campaign(office):
    return setup.running_campaign(office)


def overview(office, **query):
    answer = office.get("/overview", query_string=query)
    assert answer.status_code == 200, answer.json
    return answer.json


def test_the_figures_are_those_of_accepted_visits(office, phone, campaign):
    inspector = phone()
    bad = review.accepted_record(office, inspector, campaign)
    answers = review.failing_answers(campaign, [])
    review.accepted_record(office, inspector, campaign, publish=None, photos=[], answers=answers)
    review.delivered_record(inspector, campaign)

    seen = overview(campaign.lead, campaign=campaign.id)
    [week] = seen["weeks"]
    assert (week["visits"], week["findings"]) == (2, len(bad.findings))
    [unit] = seen["units"]
    assert (unit["visits"], unit["findings"]) == (2, len(bad.findings))
    assert 0 < unit["mean"] < 100
    [item] = [one for one in seen["items"] if one["item"] == review.FAILED_ITEM]
    assert (item["failed"]["count"], item["failed"]["of"]) == (1, 2)
    assert item["failed"]["low"] < 0.5 < item["failed"]["high"]
    [place] = seen["places"]
    assert (place["visits"], place["findings"]) == (2, len(bad.findings))
    assert [one["cases"] for one in seen["themes"]] == [0] * len(seen["themes"])
    assert seen["tiles"] == []


def test_a_finding_taken_back_counts_no_more(office, phone, campaign):
    record = review.accepted_record(office, phone(), campaign)
    answer = record.reviewer.post(f"/review/records/{record.id}/reopen", {"reason": "看错了窗口"})
    assert answer.status_code == 204
    seen = overview(campaign.lead)
    assert (seen["weeks"], seen["units"], seen["items"], seen["places"]) == ([], [], [], [])


def test_other_days_and_other_units_are_left_out(office, phone, campaign):
    review.accepted_record(office, phone(), campaign)
    assert overview(campaign.lead, to_day="2020-01-01")["weeks"] == []
    assert overview(campaign.lead, from_day="2099-01-01")["units"] == []
    other = campaign.tree.transport
    assert overview(campaign.lead, unit=other)["places"] == []


def test_a_table_comes_as_a_workbook(office, phone, campaign):
    review.accepted_record(office, phone(), campaign)
    for table, columns in (("units", 5), ("items", 7), ("weeks", 4)):
        answer = campaign.lead.get("/overview-sheet", query_string={"table": table})
        sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
        assert (sheet.max_row >= 2, sheet.max_column) == (True, columns)
    refused = campaign.lead.get("/overview-sheet", query_string={"table": "inspectors"})
    assert refused.status_code == 422


@pytest.mark.parametrize("path", ["/overview", "/overview-sheet?table=units"])
def test_who_is_confined_to_a_unit_learns_nothing_of_visits(office, campaign, path):
    unit = campaign.tree.service_centre
    assert setup.liaison(office, unit).get(path).status_code == 403
    assert office(Role.REVIEWER, unit=UUID(unit)).get(path).status_code == 403
    assert office(Role.APPROVER).get(path).status_code == 200
