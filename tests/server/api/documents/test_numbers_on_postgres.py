"""Numbers on PostgreSQL, where cases and notices really are given theirs at the same time."""

import threading
from dataclasses import replace

import pytest

from anfang.app import create_app
from anfang.installation import prepare
from anfang.kit.db import db
from anfang.kit.principal import Role
from factories import cases
from factories.documents import Desk
from support.postgres import postgres, postgres_url  # noqa: F401 -- fixtures

pytestmark = pytest.mark.slow

AT_ONCE = 5


@pytest.fixture
def app(settings, postgres_url):  # noqa: F811 -- the fixture itself
    application = create_app(replace(settings, database_url=postgres_url))
    with application.app_context():
        prepare(application)
        yield application
        db.session.remove()
        db.engine.dispose()


def at_once(calls):
    """Run calls together; returns what they answered."""
    together, answers = threading.Barrier(len(calls)), []

    def run(call):
        together.wait(20)
        answers.append(call())

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def test_cases_and_notices_that_come_together_are_numbered_without_gap_or_twin(office):
    desk = Desk.opened(office)
    leads = [office(Role.LEAD) for _ in range(AT_ONCE)]
    findings = [cases.confirmed_finding(desk.campaign) for _ in leads]
    bodies = [cases.case_body(desk.campaign, [one]) for one in findings]
    answers = at_once(
        [
            lambda lead=lead, body=body: lead.post("/cases", body)
            for lead, body in zip(leads, bodies, strict=True)
        ]
    )
    numbers = sorted(answer.json["number"][5:] for answer in answers)
    assert numbers == [f"{n:04d}" for n in range(1, AT_ONCE + 1)]

    ready = [desk.approved(desk.draft())["id"] for _ in leads]
    answers = at_once(
        [
            lambda lead=lead, notice=notice: lead.post(f"/notices/{notice}/publish")
            for lead, notice in zip(leads, ready, strict=True)
        ]
    )
    published = [answer for answer in answers if answer.status_code == 200]
    assert {answer.json["code"] for answer in answers if answer not in published} <= {
        "number-taken"
    }
    serials = sorted(answer.json["serial"] for answer in published)
    assert serials == list(range(1, len(published) + 1))
    assert len(serials) >= 2


def test_one_notice_is_published_once_however_often_it_is_asked_for(office):
    desk = Desk.opened(office)
    leads = [office(Role.LEAD) for _ in range(3)]
    notice = desk.draft()["id"]
    assert leads[0].post(f"/notices/{notice}/publish").json["code"] == "notice-not-approved"
    desk.approved({"id": notice})
    answers = at_once([lambda lead=lead: lead.post(f"/notices/{notice}/publish") for lead in leads])
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    assert desk.published()["serial"] == 2
