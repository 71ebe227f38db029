"""Two stores on PostgreSQL, where ballots of one slip really arrive at the same time."""

import threading
from dataclasses import replace

import pytest

from anfang.app import create_app
from anfang.installation import prepare
from anfang.kit.db import db
from factories import ballots, rulebooks
from support.postgres import postgres, postgres_url  # noqa: F401 -- fixtures

pytestmark = pytest.mark.slow


@pytest.fixture
def app(settings, postgres):  # noqa: F811 -- the fixture itself
    slips, box = postgres.create_database(), postgres.create_database()
    application = create_app(replace(settings, database_url=slips, ballot_box_url=box))
    with application.app_context():
        prepare(application)
        yield application
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def box(office):
    campaign = rulebooks.loaded(office, "s4-minzhu-pingyi", ends_on="2099-12-31")
    return ballots.open_box(office, ballots.judged(office, campaign), day=ballots.today())


def test_ballots_of_one_slip_that_arrive_together_are_one_ballot(box):
    codes = ballots.slips(box, 5)
    fields = ballots.marks(box.told(), "mostly")
    answers = []
    for code in codes:
        together = threading.Barrier(4)

        def vote(code=code, together=together):
            together.wait(10)
            answers.append(ballots.vote(box, code, fields).status_code)

        threads = [threading.Thread(target=vote) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join(30)
    assert sorted(answers) == [303] * 5 + [409] * 15
    assert box.sealed()["seal"]["ballots"] == 5
    tally = box.opened()
    assert {one["mean"] for one in tally["lines"] if one["count"]} == {75}
    assert box.lead.get(f"{box.path}/recount").json["same_tally"] is True
