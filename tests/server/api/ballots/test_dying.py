"""The server dies between the two stores: no ballot is lost, none is counted twice."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as asked
from hypothesis import strategies as st

from factories import ballots
from support.house import ROOT

PLACES = ("marked", "put", "done")
DYING = Path(__file__).with_name("dying.py")


@pytest.fixture
def campaign(office):
    """Running today, as the dying process does: no clock stands still."""
    loaded = ballots.rulebooks.loaded(office, "s4-minzhu-pingyi", ends_on="2099-12-31")
    return ballots.judged(office, loaded)


@pytest.fixture
def box(office, campaign):
    return ballots.open_box(office, campaign, day=ballots.today())


def die(data, code, place, fields):
    path = os.pathsep.join((str(ROOT / "server"), str(ROOT / "tests")))
    died = subprocess.run(
        [sys.executable, str(DYING), str(data), code, place, *(f"{k}={v}" for k, v in fields)],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
    )
    assert died.returncode == 9, died.stderr.decode()


@pytest.mark.parametrize("place", PLACES)
def test_a_rater_whose_server_died_casts_again_and_counts_once(box, settings, place):
    others = ballots.slips(box, 5)
    code = others.pop()
    fields = ballots.marks(box.told(), "mostly")
    die(settings.data, code, place, fields.items())
    again = ballots.vote(box, code, fields)
    # Before the ballot came into the box the second try is the first ballot; after, it is none.
    assert again.status_code == (303 if place == "marked" else 409)
    for other in others:
        ballots.cast(box, other, "mostly")
    seal = box.sealed()["seal"]
    assert (seal["ballots"], seal["used"], seal["interrupted"]) == (5, 5, 0)
    assert {one["count"] for one in box.opened()["lines"]} == {5, 0}


def test_raters_who_never_come_back_are_settled_by_the_box(box, settings):
    codes = ballots.slips(box, 4)
    fields = ballots.marks(box.told(), "mostly")
    for code, place in zip(codes, PLACES, strict=False):
        die(settings.data, code, place, fields.items())
    seal = box.sealed()["seal"]
    assert {name: seal[name] for name in seal if name != "root"} == {
        "ballots": 2,
        "issued": 4,
        "used": 2,
        "unused": 1,
        "spoilt": 0,
        "interrupted": 1,
    }
    box.opened()


@asked(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(["cast", "twice", "spoilt", "nothing"]), max_size=8))
def test_ballots_add_up_whatever_happens_to_slips(office, campaign, what):
    box = ballots.open_box(office, campaign, day=ballots.today())
    happened = Counter(what)
    for number, each in enumerate(what, start=1):
        (code,) = ballots.slips(box, 1)
        if each in {"cast", "twice"}:
            ballots.cast(box, code, "mostly")
        if each == "twice":
            fields = ballots.marks(box.told(), "satisfied")
            assert ballots.vote(box, code, fields).status_code == 409
        if each == "spoilt":
            body = {"number": number, "reason": "写错"}
            assert box.lead.post(f"{box.path}/spoilt", body).status_code == 200
    seal = box.sealed()["seal"]
    used = happened["cast"] + happened["twice"]
    assert (seal["issued"], seal["used"]) == (len(what), used)
    assert (seal["unused"], seal["spoilt"]) == (happened["nothing"], happened["spoilt"])
    assert seal["issued"] == seal["used"] + seal["unused"] + seal["spoilt"] + seal["interrupted"]
    tally = box.opened()
    assert sum(one["ballots"] for one in tally["groups"]) == seal["ballots"] == used
