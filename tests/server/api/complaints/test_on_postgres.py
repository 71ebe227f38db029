"""Complaints on PostgreSQL, where forms really are sent at the same moment."""

import threading
from dataclasses import replace

import pytest

from anfang.app import create_app
from anfang.installation import prepare
from anfang.kit.db import db
from factories import complaints as desk
from factories.complaints import Citizen, code_on, done
from factories.setup import created, liaison, running_campaign
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


def test_a_form_sent_many_times_at_once_is_one_complaint_and_goes_its_way(app, office):
    campaign = running_campaign(office)
    lead, citizen = campaign.lead, Citizen(app)
    form = {**citizen.form(), "kind": "complaint", "text": desk.TEXT, **desk.INFORMANT}
    together, answers = threading.Barrier(AT_ONCE), []

    def send() -> None:
        together.wait(20)
        answers.append(citizen.post("/receipt", **form))

    threads = [threading.Thread(target=send) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    (code,) = {code_on(answer) for answer in answers}
    assert len(answers) == AT_ONCE
    (line,) = created(lead.get("/complaints"))["items"]
    desk.transferred(lead, campaign, line["id"])
    desk.answered(liaison(office, campaign.unit), line["id"])
    done(lead, line["id"], "verdict", verdict="verified", reason="属实")
    done(lead, line["id"], "reply", text="已经整改。")
    assert "已经整改。" in citizen.follows(code).text
