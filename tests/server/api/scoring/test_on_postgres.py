"""Figures, ranks and what follows on PostgreSQL: its dates, JSON and aggregates are its own."""

from dataclasses import replace

import pytest
import time_machine

from anfang.app import create_app
from anfang.installation import prepare
from anfang.kit.db import db
from factories import scoring, setup, surveys
from factories.scoring import computed, places, published, visited
from factories.setup import created
from support.postgres import postgres, postgres_url  # noqa: F401 -- fixtures

pytestmark = pytest.mark.slow

MONDAY = "2026-11-16T03:00:00Z"


@pytest.fixture
def app(settings, postgres_url):  # noqa: F811 -- the fixture itself
    application = create_app(replace(settings, database_url=postgres_url))
    with application.app_context(), time_machine.travel(MONDAY, tick=False):
        prepare(application)
        yield application
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


def test_visits_are_ranked_published_and_read_by_the_unit(app, office):
    bench = scoring.bench(office)
    for unit, points in zip(bench.bureaus, (96, 86, 70), strict=True):
        visited(bench.campaign, unit, points)
    run = computed(bench.lead, bench.campaign.id)
    assert [places(run)[one][0] for one in bench.bureaus] == [1, 2, 3]
    run = published(bench.lead, bench.approver, bench.campaign.id)
    assert ("last", bench.bureaus[2]) in scoring.followed(run)
    (line,) = created(setup.liaison(office, bench.bureaus[1]).get("/desk-scores"))["items"]
    assert (line["run"]["id"], line["rank"]) == (run["id"], 2)


def test_a_round_is_answered_counted_and_closed(app, office):
    one = surveys.opened(surveys.drafted(setup.running_campaign(office)))
    created(one.lead.post(one.path("/paper-ballots"), {"group": "served", "count": 2}))
    surveys.answered(app, one, ["good"] * 3 + ["bad"] * 4)
    (group, _) = created(one.lead.get(one.path("/progress")))["groups"]
    assert (group["frame"], group["used"], group["paper"]) == (12, 7, 2)
    told = surveys.closed(one)["units"][0]["deciding"]
    assert (told["count"], told["dissatisfied"]["count"]) == (7, 4)
