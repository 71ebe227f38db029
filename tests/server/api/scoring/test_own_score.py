"""A unit reads its own published score with its explanation, and nothing of another unit."""

import pytest
import time_machine

from anfang.kit.principal import Role
from factories import scoring, setup
from factories.scoring import computed, published, signed, visited
from factories.setup import created

MONDAY = "2026-11-16T03:00:00Z"


@pytest.fixture
def bench(office):
    with time_machine.travel(MONDAY, tick=False):
        yield scoring.bench(office)


@pytest.fixture
def below(bench):
    """A window beneath the second bureau."""
    return scoring.unit(bench.lead, "职能二局窗口", "zn-2-1", parent_id=bench.bureaus[1])


@pytest.fixture
def campaign(bench, below):
    for unit, points in zip((*bench.bureaus, below), (96, 86, 70, 80), strict=True):
        visited(bench.campaign, unit, points)
    return bench.campaign


@pytest.fixture
def unit(office, bench):
    return setup.liaison(office, bench.bureaus[1])


def own(who):
    return created(who.get("/desk-scores"))["items"]


def test_a_unit_reads_its_own_place_once_it_is_published(bench, campaign, unit):
    computed(bench.lead, campaign.id)
    signed(bench.lead, bench.approver, campaign.id)
    assert own(unit) == []
    run = published(bench.lead, bench.approver, campaign.id)
    (line,) = own(unit)
    assert (line["unit"]["name"], line["score"], line["rank"], line["ranked_of"]) == (
        "职能二局", "82.00", 2, 3
    )  # fmt: skip
    assert (line["run"]["id"], line["corrected"]) == (run["id"], False)
    published(bench.lead, bench.approver, campaign.id, corrects_id=run["id"], reason="漏记一次走访")
    assert {one["run"]["id"]: one["corrected"] for one in own(unit)}[run["id"]]


def test_its_explanation_adds_up_and_names_no_record(bench, campaign, unit):
    run = published(bench.lead, bench.approver, campaign.id)
    path = f"/units/{bench.bureaus[1]}"
    whole = created(bench.lead.get(f"/score-runs/{run['id']}{path}"))
    answer = unit.get(f"/desk-scores/{run['id']}{path}")
    told = created(answer)
    assert points(told["explanation"]) == points(whole["explanation"])
    assert {one["name"] for one in told["units"]} == {"职能二局", "职能二局窗口"}
    assert {one["label"] for one in told["targets"]} == {one["label"] for one in whole["targets"]}
    assert {one["page"] for one in told["targets"]} == {""}
    ids = {one[name] for one in whole["targets"] for name in ("object_id", "page_id")}
    assert ids
    assert not [one for one in ids if one in answer.get_data(as_text=True)]


def test_nobody_reads_anothers_place_here(office, bench, campaign, unit, below):
    draft = computed(bench.lead, campaign.id)["id"]
    run = published(bench.lead, bench.approver, campaign.id)["id"]
    for who, other in ((unit, bench.bureaus[0]), (setup.liaison(office, below), bench.bureaus[1])):
        assert who.get(f"/desk-scores/{run}/units/{other}").status_code == 404
    assert unit.get(f"/desk-scores/{draft}/units/{bench.bureaus[1]}").status_code == 404
    assert own(setup.liaison(office, below)) == []
    for path in (f"/score-runs/{run}", f"/score-runs/{run}/figures", "/score-runs"):
        assert unit.get(path).status_code == 403
    assert bench.lead.get("/desk-scores").status_code == 403
    assert office(Role.AUDITOR).get("/desk-scores").status_code == 403


def points(line):
    return line["points"], [points(one) for one in line["children"]]
